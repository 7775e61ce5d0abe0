"""Commands as clients send them, over HTTP and over sockets, for the tests of what they may hold."""

from __future__ import annotations

from typing import Any

import pytest

from tests.kept_room import KeptRoom
from tests.live.lines import new_id
from workshop.extensions import socketio
from workshop.rules.limits import TEXT_LIMITS

LONG = TEXT_LIMITS["idea.text"]

WAYS = pytest.mark.parametrize("way", ["http", "socket"])


def send(kept: KeptRoom, way: str, who: str, payload: Any) -> tuple[int, dict[str, Any]]:
    """A `command` message as a client sends it; the status (over HTTP) and the answer."""
    token = kept.tokens.get(who, who)
    if way == "http":
        answer = kept.app.test_client().post("/api/commands", json=payload, headers={"Authorization": f"Bearer {token}"})
        return answer.status_code, answer.get_json()
    client = socketio.test_client(kept.app, auth={"token": token})
    if not client.is_connected():
        return 0, {"ok": False, "error": {"code": "ended"}}
    try:
        return 0, client.emit("command", payload, callback=True)
    finally:
        client.disconnect()


def ask(kept: KeptRoom, way: str, who: str, name: str, /, **args: Any) -> dict[str, Any]:
    return send(kept, way, who, {"id": new_id(), "name": name, "args": args})[1]
