"""Seats over the wire: what a helper's device is told, who is here, and what happens when the person comes with a phone."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from tests.live.lines import Line, Room, play
from tests.load.client import Refusal
from tests.load.wire import NotLetIn

WAYS = pytest.mark.parametrize("way", ["light", "polling"])


async def seated(room: Room, **args: Any) -> tuple[str, Line]:
    """A seat of the helpers' link, and a connection that acts for it."""
    made = (await room.api("helper", "create_seat", group="citizens", **args))["result"]["seat"]
    return made, await room.line("helper", seat=made)


async def code_of(line: Line) -> str:
    return str((await line.sync())["me"]["reentry_code"])


def seat_in(mine: dict[str, Any], seat: str) -> dict[str, Any]:
    return next(one for one in mine["seats"] if one["id"] == seat)


@WAYS
def test_a_device_is_told_what_happens_to_its_seats(house, way):
    async def scene(room: Room) -> None:
        device = await room.line("helper")
        await device.sync()
        seat, line = await seated(room, name="Karen")
        await device.hears("mine", lambda data: data["mine"]["seats"] and data["mine"]["made"] == 1)
        idea = (await line.command("post_idea", text="En bænk"))["result"]["idea"]
        ballot = (await room.api("facilitator", "open_ballot", method="approval", options=[idea]))["result"]["ballot"]
        answer = await line.command("cast_ballot", ballot=ballot, choices={idea: 1})
        assert answer["mine"]["voted"] == {ballot: True}
        told = await device.hears("mine", lambda data: seat_in(data["mine"], seat)["voted"] == {ballot: True})
        assert idea not in json.dumps(told)
        await room.api("facilitator", "mark_seat", seat=seat, present=False)
        await device.hears("mine", lambda data: seat_in(data["mine"], seat)["present"] is False)
        await room.api("facilitator", "remove_participant", participant=seat)
        await device.hears("mine", lambda data: seat_in(data["mine"], seat)["hands"] == "gone")
        assert await line.hears("closed") == {"reason": "removed"}

    play(house, scene, way)


@WAYS
def test_the_own_phone_ends_the_helpers_connection_at_once_and_is_counted_once(house, way):
    async def scene(room: Room) -> None:
        board = await room.line("board")
        device = await room.line("helper")
        seat, line = await seated(room)
        ideas = [(await line.command("post_idea", text=f"Idé {n}"))["result"]["idea"] for n in range(2)]
        ballot = (await room.api("facilitator", "open_ballot", method="approval", options=ideas))["result"]["ballot"]
        await line.command("cast_ballot", ballot=ballot, choices={ideas[0]: 1})
        phone = await room.hall.reenter(room.code, await code_of(line))
        assert phone.id == seat
        assert await line.hears("closed") == {"reason": "ended"}
        await device.hears("mine", lambda data: seat_in(data["mine"], seat)["hands"] == "own_phone")
        with pytest.raises(NotLetIn, match="ended"):
            await room.line("helper", seat=seat)
        own = await room.line(phone)
        assert (await own.sync())["mine"]["ballots"] == {ballot: {ideas[0]: 1}}
        casts = [own.command("cast_ballot", ballot=ballot, choices={ideas[n % 2]: 1}) for n in range(6)]
        assert all(answer["ok"] for answer in await asyncio.gather(*casts))
        put = (await board.sync())["put"]
        turnout = next(record for record in put if record["id"] == ballot)["turnout"]
        assert turnout == {"voted": 1, "eligible": 1}
        await room.api("facilitator", "close_ballot", ballot=ballot)
        await room.api("facilitator", "publish_ballot", ballot=ballot)

    play(house, scene, way)


def test_seats_marked_present_are_here_and_a_helper_who_looks_is_nobody(house):
    async def scene(room: Room) -> None:
        chair = await room.line("facilitator")
        person = await room.line(await room.join("leaders"))
        seat, line = await seated(room, present=False)
        await chair.hears("presence", lambda data: (data["here"], data["joined"]) == (1, 2))
        await room.api("helper", "mark_seat", seat=seat, present=True)
        told = await chair.hears("presence", lambda data: data["here"] == 2)
        assert told["by_group"] == {"citizens": 1, "leaders": 1}
        line.wire.cut()
        await asyncio.sleep(2.5)
        assert all(data["stuck"] == 0 for data in chair.of("presence")), "who left the seat's screen is not somebody lost"
        assert chair.of("presence")[-1]["here"] == 2
        await person.close()

    play(house, scene)


def test_a_replaced_link_ends_the_device_and_every_seat_at_once(house):
    async def scene(room: Room) -> None:
        device = await room.line("helper")
        seats = [await seated(room) for _ in range(2)]
        person = await room.line(await room.join())
        await room.api("facilitator", "replace_link", role="helper")
        for line in (device, *(line for _, line in seats)):
            assert await line.hears("closed") == {"reason": "ended"}
        with pytest.raises(NotLetIn, match="ended"):
            await room.line("helper", seat=seats[0][0])
        with pytest.raises(Refusal, match="ended"):
            await room.api("helper", "create_seat", group="citizens")
        assert (await person.sync())["ok"] and person.of("closed") == []

    play(house, scene)


def test_a_helper_reads_nothing_of_a_seat_in_other_hands(house):
    async def scene(room: Room) -> None:
        _, line = await seated(room, name="Kanariefugl")
        idea = (await line.command("post_idea", text="En bænk"))["result"]["idea"]
        code = await code_of(line)
        phone = await room.line(await room.hall.reenter(room.code, code))
        device = await room.line("helper")
        await phone.command("set_name", name="Kanariefugl Holm")
        await phone.command("post_comment", on=idea, text="Og et tag", sort="builds_on")
        assert "Kanariefugl" not in json.dumps(await device.sync())
        await asyncio.sleep(0.5)
        assert "Kanariefugl" not in json.dumps(device.heard) and code.replace("-", "") not in json.dumps(device.heard)
        for name in ("board", "facilitator"):
            assert code not in json.dumps(await (await room.line(name)).sync())

    play(house, scene)
