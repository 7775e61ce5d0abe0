"""How much a phone fetches before its first screen stands."""

from __future__ import annotations

import zlib

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import PHONE
from tests.browser.hall import Hall
from tests.browser.phones import come_into

#: what a phone may fetch, bytes, when it comes into the middle of something
MOST = 100_000


def on_the_wire(payload: str) -> int:
    """Bytes of a frame as it comes: the browser tells what was in it, and the engine sends it deflated."""
    deflate = zlib.compressobj(wbits=-15)
    return len(deflate.compress(payload.encode()) + deflate.flush(zlib.Z_SYNC_FLUSH))


@pytest.mark.parametrize("step", [
    "welcome", "frame", "rules", "ideas", "themes", "approval", "positions", "shortlist", "goals", "agreements", "decision",
    "outcome", "commitments", "closing"])  # fmt: skip
def test_a_first_visit_is_small(hall: Hall, browser: Browser, step: str):
    come_into(hall, step)
    context = browser.new_context(viewport=PHONE, locale="da-DK")  # type: ignore[arg-type]
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    asked: dict[str, str] = {}
    bytes_of: dict[str, float] = {}
    wire.on("Network.requestWillBeSent", lambda e: asked.update({e["requestId"] + e["request"]["url"]: e["request"]["url"]}))
    wire.on("Network.requestServedFromCache", lambda e: bytes_of.pop(e["requestId"], None))
    wire.on("Network.loadingFinished", lambda e: bytes_of.update({e["requestId"]: e["encodedDataLength"]}))
    agreed: list[str] = []
    wire.on(
        "Network.webSocketHandshakeResponseReceived",
        lambda e: agreed.append({k.lower(): v for k, v in e["response"]["headers"].items()}["sec-websocket-extensions"]),
    )
    wire.on(
        "Network.webSocketFrameReceived",
        lambda e: bytes_of.update({"socket": bytes_of.get("socket", 0) + on_the_wire(e["response"]["payloadData"])}),
    )
    page.goto(hall.url(f"/j/{hall.code}"))
    page.locator("input[value=citizens]").check()
    page.locator("button[form=come-in]").click()
    expect(page.locator(".link.on")).to_be_visible()
    expect(page.locator("main h1, main .sheet").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    sent = [url for url in asked.values() if not url.startswith("data:")]
    from_here = [url for url in sent if url.startswith(hall.server.url)]
    context.close()
    assert sent == from_here, "a request to somebody else"
    # The sheet and the font stand on both pages and come once.
    again = 2
    assert len(sent) - again <= 25, "\n".join(sent)
    print(f"{step}: {sum(bytes_of.values()) / 1000:.0f} kB in {len(sent) - again} requests")
    assert sum(bytes_of.values()) <= MOST, sum(bytes_of.values())
    assert agreed and all("permessage-deflate" in one for one in agreed), "frames come deflated"
    assert any("socket.io" in url for url in sent) and bytes_of["socket"] > 1000, "measured before it was in the room"
