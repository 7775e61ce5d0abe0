"""Compression without a memory for each phone, and a snapshot put together from kept parts."""

from __future__ import annotations

import json
import zlib
from typing import Any

import eventlet.websocket
import pytest
from engineio.packet import MESSAGE
from engineio.packet import Packet as EnginePacket
from socketio.packet import ACK, Packet

from workshop.live import snapshots, squeezing
from workshop.live.broadcast import COMPRESSED, TEXT, framed
from workshop.live.snapshots import framed_snapshot

BOTH = {"server_no_context_takeover": True, "client_no_context_takeover": True}


def payload(frame: bytes) -> str:
    """The text of one frame, as a phone reads it that remembers nothing of earlier messages."""
    head = {126: 4, 127: 10}.get(frame[1], 2)
    data = frame[head:]
    if frame[0] == COMPRESSED:
        data = zlib.decompressobj(wbits=-15).decompress(data + bytes.fromhex("0000ffff"))
    return data.decode()


@pytest.mark.parametrize(
    ("header", "answer"),
    [
        (None, None),
        ("permessage-deflate; client_max_window_bits", BOTH),
        ("x-other, permessage-deflate", BOTH),
        ("permessage-deflate; server_max_window_bits=10", None),
        ("permessage-deflate; server_max_window_bits=10, permessage-deflate", BOTH),
        ("permessage-deflate; server_max_window_bits=15", BOTH | {"server_max_window_bits": 15}),
        ("permessage-deflate; unheard_of", None),
        ("permessage-bzip2", None),
    ],
)
def test_each_message_is_compressed_by_itself_or_not_at_all(header: str | None, answer: dict | None) -> None:
    """The first is no offer, the second is that of Chromium and Firefox."""
    handshake = eventlet.websocket.WebSocketWSGI(None)
    assert squeezing.negotiate(handshake._parse_extension_header(header)) == answer


def test_a_large_message_is_compressed_once_for_those_who_read_it_and_a_small_one_for_nobody() -> None:
    large, small = EnginePacket(MESSAGE, "æ" * squeezing.LARGE), EnginePacket(MESSAGE, "æ")
    assert framed(large, deflates=True) is framed(large, deflates=True)
    assert framed(large, deflates=True)[0] == COMPRESSED and len(framed(large, deflates=True)) < 200
    assert payload(framed(large, deflates=True)) == payload(framed(large)) == large.encode()
    assert framed(small, deflates=True) == framed(small)
    assert framed(small)[0] == TEXT


def answer(records: list[dict[str, Any]], number: int = 7) -> Packet:
    return Packet(ACK, data=[{"ok": True, "put": records, "mine": {"æ": "ø"}}], namespace="/", id=number)


@pytest.mark.parametrize("deflates", [True, False])
@pytest.mark.parametrize("size", [51, 100, 101, 149])
def test_a_snapshot_from_kept_parts_says_the_same_as_one_made_anew(size: int, deflates: bool) -> None:
    records = [{"id": f"idea:{number}", "text": 'På tværs, \\ og "hertil"'} for number in range(size)]
    frame = framed_snapshot(answer(records), deflates)
    assert frame is not None
    heard = payload(frame)
    assert heard[:3] == "437"
    assert json.loads(heard[3:]) == [{"ok": True, "mine": {"æ": "ø"}, "put": records}]


def test_a_part_is_made_anew_only_when_one_of_its_records_has_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    dumps = snapshots._dumps
    monkeypatch.setattr(snapshots, "_dumps", lambda value: made.append(dumps(value)) or made[-1])
    records: list[dict[str, Any]] = [{"id": f"goal:{number}"} for number in range(180)]
    framed_snapshot(answer(records), True)
    assert sum(text.count('"id"') for text in made) == 180
    made.clear()
    records = [*records[:60], {"id": "goal:60", "title": "Nyt"}, *records[61:]]
    frame = framed_snapshot(answer(records), True)
    assert sum(text.count('"id"') for text in made) == 50 + 30, "its own part, and the rest that is no whole part"
    assert frame is not None and json.loads(payload(frame)[3:])[0]["put"] == records


def test_other_answers_and_messages_are_sent_as_usual() -> None:
    many = [{"id": f"idea:{number}"} for number in range(99)]
    assert framed_snapshot(answer(many[:50]), True) is None
    assert framed_snapshot(Packet(ACK, data=[], namespace="/", id=1), True) is None
    assert framed_snapshot(Packet(data=["delta", {"put": many}], namespace="/"), True) is None
