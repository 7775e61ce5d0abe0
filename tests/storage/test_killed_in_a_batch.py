"""The server is killed while posts, votes and joins are carried out together: what was acknowledged is stored, nothing is
there twice, and the journal has no gap."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

from tests.apart import run
from tests.live.lines import House, Room, open_room
from tests.load.client import Phone
from tests.load.server import Server
from tests.storage.test_recovery import kill
from workshop.rules.chain import START

PHONES, ROUNDS = 16, 3


def stored(folder: Path) -> tuple[set[str], list[tuple[int, str, str]]]:
    """The texts of the ideas, each once, and the journal: number, hash, hash before. Read as a stopped server left them."""
    with sqlite3.connect(folder / "rundbord.sqlite") as database:
        texts = [text for (text,) in database.execute("SELECT text FROM idea")]
        journal = database.execute("SELECT seq, hash, previous_hash FROM journal_entry ORDER BY seq").fetchall()
        (clock,) = database.execute("SELECT clock FROM workshop").fetchone()
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    database.close()
    assert len(texts) == len(set(texts)), "an idea is there twice"
    assert [seq for seq, _, _ in journal] == list(range(1, clock + 1)), "the journal has a gap"
    assert [before for _, _, before in journal] == [START, *(link for _, link, _ in journal[:-1])]
    return set(texts), journal


def test_killed_while_commands_are_carried_out_together(tmp_path: Path):
    async def scene(server: Server, room: Room) -> None:
        people = [await room.join(("citizens", "leaders")[n % 2]) for n in range(PHONES)]
        await asyncio.gather(*(person.connect() for person in people))
        option = (await people[0].command("post_idea", text="Først"))["result"]["idea"]
        ballot = (await room.api("facilitator", "open_ballot", method="approval", options=[option]))["result"]["ballot"]
        await people[0].until(lambda phone: ballot in phone.records)
        acknowledged: dict[str, int] = {"Først": 1}
        came: list[Phone] = []

        async def act(person: Phone, text: str) -> None:
            # The client sends again, with the same id, until it is answered.
            acknowledged[text] = (await person.command("post_idea", text=text))["seq"]
            await person.command("cast_ballot", ballot=ballot, choices={option: 1})

        async def arrive() -> None:
            came.append(await room.join())

        for turn in range(ROUNDS):
            texts = [f"Idé {turn} {number}" for number in range(PHONES)]
            jobs = [asyncio.create_task(act(*pair)) for pair in zip(people, texts, strict=True)]
            jobs += [asyncio.create_task(arrive()) for _ in range(PHONES // 2)]
            enough = len(acknowledged) + PHONES * (turn + 1) // (ROUNDS + 2)
            while len(acknowledged) < enough:
                await asyncio.sleep(0)
            kill(server)
            before = dict(acknowledged)
            texts_stored, journal = await asyncio.to_thread(stored, tmp_path)
            assert before.keys() <= texts_stored, "acknowledged and lost"
            assert max(before.values()) <= len(journal)
            await asyncio.to_thread(server.start)
            await asyncio.gather(*jobs)
        fresh = await people[0].fresh()
        here = {record["text"] for record in fresh.of("idea")}
        assert here == acknowledged.keys() and len(here) == 1 + PHONES * ROUNDS
        assert next(record for record in fresh.of("turnout"))["turnout"] == {"voted": PHONES, "eligible": PHONES + len(came)}
        assert len({person.id for person in came}) == ROUNDS * (PHONES // 2)

    async def both() -> None:
        with Server(tmp_path) as server:
            async with open_room(House.open(server), "light") as room:
                await scene(server, room)
        stored(tmp_path)

    run(both())
