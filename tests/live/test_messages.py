"""The messages of docs/protocol.md between the real server and raw connections, on both engines, by both transports."""

from __future__ import annotations

import asyncio

import pytest

from tests.live.lines import Room, new_id, play, record
from tests.load.wire import Lost, NotLetIn

WAYS = pytest.mark.parametrize("way", ["websocket", "polling"])


@WAYS
def test_who_joins_reads_everything_and_then_hears_each_change(house, way):
    async def scene(room: Room) -> None:
        author, reader = await room.join(), await room.join()
        line = await room.line(reader)
        first = await line.sync()
        assert first["ok"] and first["from"] == 0 and first["gone"] == []
        assert {"workshop", "group", "board"} <= {found["kind"] for found in first["put"]}
        assert first["version"] == first["to"] and first["me"]["id"] == reader.id
        posted = await room.api(author, "post_idea", text="Et fælles budget 🌱")
        delta = await line.hears("delta", lambda delta: delta["to"] >= posted["seq"])
        assert delta["epoch"] == first["epoch"] and delta["from"] <= first["to"] and delta["now"].endswith("Z")
        assert record(delta, posted["result"]["idea"])["text"] == "Et fælles budget 🌱"

    play(house, scene, way)


@WAYS
def test_who_comes_back_gets_only_what_was_missed_and_what_went(house, way):
    async def scene(room: Room) -> None:
        author, reader = await room.join(), await room.join()
        kept = (await room.api(author, "post_idea", text="Bliver"))["result"]["idea"]
        gone = (await room.api(author, "post_idea", text="Går"))["result"]["idea"]
        line = await room.line(reader)
        first = await line.sync()
        await line.close()
        await room.api(author, "withdraw_idea", idea=gone)
        new = (await room.api(author, "post_idea", text="Ny"))["result"]["idea"]
        missed = await (await room.line(reader)).sync(first["to"], first["epoch"])
        assert missed["from"] == first["to"]
        assert missed["gone"] == [gone]
        assert record(missed, new) and not record(missed, kept)

    play(house, scene, way)


@WAYS
def test_another_epoch_or_a_clock_from_the_future_starts_from_nothing(house, way):
    async def scene(room: Room) -> None:
        reader = await room.join()
        line = await room.line(reader)
        first = await line.sync()
        for since, epoch in ((first["to"], "another life"), (first["to"], None), (first["to"] + 1000, first["epoch"])):
            again = await line.sync(since, epoch)
            assert again["from"] == 0 and again["put"] == first["put"], (since, epoch)
        same = await line.sync(first["to"], first["epoch"])
        assert same["from"] == first["to"] and same["put"] == []

    play(house, scene, way)


@WAYS
def test_the_same_command_id_is_carried_out_once_and_answered_alike(house, way):
    async def scene(room: Room) -> None:
        author = await room.join()
        one, two = await room.line(author), await room.line(author)
        command = {"id": new_id(), "name": "post_idea", "args": {"text": "Kun én gang"}}
        answers = await asyncio.gather(*(line.say("command", command) for line in (one, two, one, two)))
        answers.append(await room.hall.ask("POST", "/api/commands", command, author.token))
        assert {answer["seq"] for answer in answers} == {answers[0]["seq"]}
        assert all(answer["result"] == answers[0]["result"] for answer in answers)
        assert len([r for r in (await one.sync())["put"] if r["kind"] == "idea"]) == 1
        reused = await one.say("command", {**command, "name": "set_ready", "args": {"ready": True}})
        assert reused == {"ok": False, "error": {"code": "malformed", "field": "id"}}

    play(house, scene, way)


def test_a_command_whose_answer_was_lost_is_sent_again_and_counts_once(house):
    async def scene(room: Room) -> None:
        author = await room.join()
        for number in range(10):
            line = await room.line(author)
            id, text = new_id(), f"Idé {number}"
            sent = asyncio.create_task(line.command("post_idea", id, text=text))
            await asyncio.sleep(0.002 * number)
            line.wire.cut()
            await asyncio.gather(sent, return_exceptions=True)
            answer = await (await room.line(author)).command("post_idea", id, text=text)
            assert answer["ok"] and answer["mine"]["ideas"][answer["result"]["idea"]]["text"] == text
        texts = [r["text"] for r in (await author.fresh()).of("idea")]
        assert sorted(texts) == [f"Idé {number}" for number in range(10)]

    play(house, scene)


@WAYS
def test_what_is_mine_reaches_my_other_connection_and_nobody_else(house, way):
    async def scene(room: Room) -> None:
        author, stranger = await room.join(), await room.join()
        chair = await room.line("facilitator")
        step = (await room.api("facilitator", "add_step", kind="ideas"))["result"]["step"]
        await room.api("facilitator", "start_step", step=step)
        phone, tablet, other = await room.line(author), await room.line(author), await room.line(stranger)
        for line in (phone, tablet, other, chair):
            await line.sync()
        answer = await phone.command("post_idea", text="Hemmelig endnu")
        idea = answer["result"]["idea"]
        assert answer["mine"]["ideas"][idea]["state"] == "private"
        told = await tablet.hears("mine", lambda data: idea in data["mine"]["ideas"])
        assert told["seq"] == answer["seq"]
        await room.api("facilitator", "set_name", name="Ordstyreren")  # a later change that everybody hears of
        for line in (phone, other, chair):
            await line.hears("delta", lambda delta: delta["to"] > answer["seq"])
        assert "Hemmelig" not in repr(other.heard) + repr(chair.heard) and other.of("mine") == []
        assert phone.of("mine") == [], "the sender has had it with the answer"

    play(house, scene, way)


@WAYS
def test_presence_counts_people_once_and_leaves_small_groups_out_for_the_room(house, way):
    async def scene(room: Room) -> None:
        citizens = [await room.join() for _ in range(5)]
        leaders = [await room.join("leaders") for _ in range(2)]
        lines = [await room.line(person, "light") for person in (*citizens, *leaders)]
        await room.line(citizens[0], "light")  # a second tab is the same person
        board, chair = await room.line("board"), await room.line("facilitator")
        there = {"here": 7, "joined": 7}
        told = await board.hears("presence", lambda data: there.items() <= data.items())
        assert told["by_group"] == {"citizens": 5} and "stuck" not in told
        told = await chair.hears("presence", lambda data: there.items() <= data.items())
        assert told["by_group"] == {"citizens": 5, "leaders": 2}
        lines[-1].wire.cut()
        told = await chair.hears("presence", lambda data: data["here"] == 6)
        assert told["stuck"] == 1 and told["by_group"]["leaders"] == 1
        await asyncio.sleep(1.5)
        moments = [data["now"] for data in chair.of("presence")]
        assert len(moments) == len(set(moments)) < 12

    play(house, scene, way)


@WAYS
def test_who_is_removed_is_told_and_let_in_no_more(house, way):
    async def scene(room: Room) -> None:
        person, other = await room.join(), await room.join()
        line, theirs = await room.line(person), await room.line(other)
        await room.api("facilitator", "remove_participant", participant=person.id)
        assert await line.hears("closed") == {"reason": "removed"}
        await asyncio.wait_for(line.ended.wait(), 10)
        with pytest.raises(NotLetIn, match="ended"):
            await room.line(person)
        assert (await theirs.sync())["ok"] and theirs.of("closed") == []

    play(house, scene, way)


@WAYS
def test_a_replaced_link_ends_its_connections_at_once_and_no_others(house, way):
    async def scene(room: Room) -> None:
        board, chair = await room.line("board"), await room.line("facilitator")
        assert (await chair.command("replace_link", role="board"))["ok"]
        assert await board.hears("closed") == {"reason": "ended"}
        await asyncio.wait_for(board.ended.wait(), 10)
        with pytest.raises(NotLetIn, match="ended"):
            await room.line("board")
        assert (await chair.sync())["ok"]

    play(house, scene, way)


@WAYS
def test_the_earlier_token_ends_when_somebody_comes_back_by_code(house, way):
    async def scene(room: Room) -> None:
        person = await room.join()
        line = await room.line(person)
        again = await room.hall.reenter(room.code, person.reentry_code)
        assert again.id == person.id and again.token != person.token
        assert await line.hears("closed") == {"reason": "ended"}
        assert (await (await room.line(again)).sync())["me"]["id"] == person.id
        assert len((await room.hall.ask("GET", "/api/sync", token=room.token("facilitator")))["put"]) > 0

    play(house, scene, way)


@WAYS
def test_somebody_without_a_token_is_not_let_in(house, way):
    async def scene(room: Room) -> None:
        for token in ("", "no such token", "\ud800", "æ" * 5000):
            room.made["tokens"]["nobody"] = token
            with pytest.raises((NotLetIn, Lost), match="ended"):
                await room.line("nobody")

    play(house, scene, way)
