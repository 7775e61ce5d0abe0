"""Who is removed, or whose token has ended, hears nothing more: on the wire, by both transports, on both engines."""

from __future__ import annotations

import asyncio
import json

import pytest

from tests.live.lines import Room, play
from tests.live.raw import Polling, Raw, event, frame

#: seconds in which a delta would have come: the pump gathers for 0.1 and the ticker looks each second
LONG_ENOUGH = 2.5


async def removed_hears(room: Room, listener: Raw, person: str) -> bytes:
    """Remove the person, then let two things happen; what the listener heard after its farewell."""
    author = await room.join()
    await room.api("facilitator", "remove_participant", participant=person)
    await room.api(author, "post_idea", text="EFTER-FJERNELSEN")
    await asyncio.sleep(0.5)
    await room.api("facilitator", "set_name", name="EFTER-FJERNELSEN")
    return await asyncio.to_thread(listener.hears_for, LONG_ENOUGH)


@pytest.mark.parametrize("trick", [None, "disconnect", "connect"])
def test_a_removed_person_hears_no_byte_of_what_follows(house, trick):
    """An event named `disconnect` took the connection off the server's own list and left it in its rooms."""

    async def scene(room: Room) -> None:
        person = await room.join()
        listener = await asyncio.to_thread(Raw, room.hall.next_url(), person.token)
        if trick:
            listener.say(event(trick, number=7) + event(trick, "transport close") + event(trick, {"token": "x"}))
        listener.say(event("sync", {"since": 0}, number=1))
        await asyncio.to_thread(listener.until, b'431[{"ok":true')
        assert b"437[" not in listener.heard, "it has no answer either"
        heard = await removed_hears(room, listener, person.id)
        assert b'42["closed",{"reason":"removed"}]' in heard
        assert b"EFTER-FJERNELSEN" not in heard
        after = heard[heard.index(b'["closed"') :]
        assert b'["delta"' not in after and b'["mine"' not in after and b'["presence"' not in after
        listener.close()

    play(house, scene)


def test_a_removed_person_who_polls_gets_the_farewell_and_nothing_of_what_follows(house):
    async def scene(room: Room) -> None:
        person, author = await room.join(), await room.join()
        session = await asyncio.to_thread(Polling, room.hall.next_url(), person.token)
        assert await asyncio.to_thread(session.post, '42["disconnect"]', '421["sync",{"since":0}]') == 200
        heard = ""
        while '431[{"ok":true' not in heard:
            heard += (await asyncio.to_thread(session.get))[1]
        await room.api("facilitator", "remove_participant", participant=person.id)
        await room.api(author, "post_idea", text="EFTER-FJERNELSEN")
        heard = ""
        while True:
            status, body = await asyncio.to_thread(session.get)
            heard += body
            if status != 200:
                break
        assert '42["closed",{"reason":"removed"}]' in heard
        assert "EFTER-FJERNELSEN" not in heard
        after = heard[heard.index('["closed"') :]
        assert '["delta"' not in after and '["presence"' not in after

    play(house, scene)


@pytest.mark.parametrize("role", ["facilitator", "board", "helper"])
def test_a_replaced_link_and_the_devices_it_let_in_hear_nothing_more(house, role):
    async def scene(room: Room) -> None:
        author = await room.join()
        listener = await asyncio.to_thread(Raw, room.hall.next_url(), room.token(role))
        listener.say(event("disconnect", number=7) + event("sync", {"since": 0}, number=1))
        await asyncio.to_thread(listener.until, b'431[{"ok":true')
        await room.api("facilitator", "replace_link", role=role)
        await room.api(author, "post_idea", text="EFTER-UDSKIFTNINGEN")
        heard = await asyncio.to_thread(listener.hears_for, LONG_ENOUGH)
        assert b'42["closed",{"reason":"ended"}]' in heard
        assert b"EFTER-UDSKIFTNINGEN" not in heard
        listener.close()

    play(house, scene)


def test_events_that_nobody_handles_have_no_answer_and_change_nothing(house):
    async def scene(room: Room) -> None:
        person = await room.join()
        line = await asyncio.to_thread(Raw, room.hall.next_url(), person.token)
        names = ["connect", "disconnect", "connect_error", "message", "json", "error", "nonsense", "*", "", "__init__"]
        for number, name in enumerate(names, 100):
            line.say(event(name, {"a": 1}, number=number))
        line.say(frame_of([None]) + frame_of([1]) + frame_of([{"a": 1}]) + frame_of({}) + frame_of("sync"))
        line.say(event("sync", {"since": 0}, {"more": 1}, "more", number=1))
        heard = await asyncio.to_thread(line.until, b'431[{"ok":true')
        assert not [number for number in range(100, 110) if f"43{number}[".encode() in heard]
        line.close()

    play(house, scene)


def frame_of(data: object) -> bytes:
    return frame(b"4299" + json.dumps(data).encode())
