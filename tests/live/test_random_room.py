"""A room where everybody does something at random, connections break and packets come twice: in the end all are equal.

The same people, the same commands, sensible and silly; in process by the dispatcher, so that many rooms can be played, and
once over real sockets. The seed stands in the test's name: what fails can be played again.
"""

from __future__ import annotations

import asyncio
import json
import random
from typing import Any

import pytest

from tests.kept_room import KeptRoom
from tests.live.lines import Room, play
from tests.live.whims import ENDING, Whims
from tests.load.client import Board, Console, Member, Refusal
from tests.load.store import BEHIND, Store
from tests.rich_room import RichRoom
from workshop import dispatch, identity, screens
from workshop.door import COMMANDS
from workshop.door.batch import carry_out_together
from workshop.door.perform import read
from workshop.extensions import db
from workshop.identity import BOARD, VISITOR, Actor
from workshop.models import JournalEntry
from workshop.rules.chain import verify
from workshop.rules.refusal import Refused

STEPS = 130


class Client:
    """A member in process: a store kept by the client's whole rule, whose packets are lost and doubled by the dice."""

    def __init__(self, actor: Actor, dice: random.Random) -> None:
        self.actor, self.dice = actor, dice
        self.store = Store()
        self.there = True
        self.ended = False
        self.sync()

    def sync(self) -> None:
        """Come back and catch up, unless one has been taken out of the room."""
        self.there = True
        try:
            while not self.store.take_sync(json.loads(json.dumps(dispatch.sync(self.actor, self.store.since())))):
                pass
        except Refused as refused:
            assert refused.code == "ended"
            self.there, self.ended = False, True

    def hear(self, delta: dict[str, Any]) -> None:
        """A push: it may never arrive, arrive twice, or find nobody there."""
        luck = self.dice.random()
        if luck < 0.08:
            self.there = self.there and luck > 0.03
            return
        for _ in range(2 if luck > 0.9 else 1):
            if self.there and self.store.take_delta(delta) == BEHIND:
                self.sync()


class Player:
    """Everybody in one room, and the feed between them."""

    def __init__(self, rich: RichRoom, seed: int) -> None:
        self.rich, self.dice = rich, random.Random(seed)
        self.sent = dict.fromkeys(screens.AUDIENCES, 0)
        seat = identity.acting_for(rich.helper, rich.ids["seat"])
        actors = [rich.author, rich.other, *rich.room.everybody[2:5], rich.chair, rich.chair, rich.helper, seat]
        actors.append(Actor(BOARD, rich.room.id))
        object.__setattr__(actors[-1], "token_id", rich.chair.token_id)
        self.clients = [Client(actor, self.dice) for actor in actors]
        self.done: dict[str, int] = {}
        self.gathered = 0
        self.refused: dict[str, int] = {}

    def step(self, number: int) -> None:
        """Somebody does something; what has changed is pushed; some come back who were away."""
        client = self.dice.choice(self.clients[:-1])
        whims = Whims(self.dice, {**self.clients[5].store.records, **client.store.records})
        whims.last_seq = self.clients[5].store.seq or 1
        name, args = whims.command(client.actor.role)
        closed = next(r for r in self.clients[5].store.records.values() if r["kind"] == "workshop")["state"] != "open"
        if closed and client.actor == self.rich.chair:
            name, args = "open_workshop", {}
        if number % 7 == 3:
            client = self.clients[5]
            name, args = whims.writing()
        if number % 50 == 7:
            client, name = Client(self.clients[-1].actor, self.dice), "join"
            client.actor = Actor(VISITOR, self.rich.room.id)
            args = {"code": self.rich.room.code, "group": "citizens", "seed": f"{number:032x}"}
        self._give(client, name, args, f"{self.dice.getrandbits(128):032x}")
        self._push()
        for other in self.clients:
            if not other.there and self.dice.random() < 0.2:
                other.sync()

    def _give(self, client: Client, name: str, args: dict[str, Any], command_id: str) -> None:
        message = json.loads(json.dumps({"id": command_id, "name": name, "args": args}))
        try:
            answers = [self._carry_out(client.actor, message) for _ in range(2 if self.dice.random() < 0.15 else 1)]
        except Refused as refused:
            self.refused[refused.code] = self.refused.get(refused.code, 0) + 1
            return
        assert {answer["seq"] for answer in answers} == {answers[0]["seq"]}, "the same id, the same answer"
        self.done[name] = self.done.get(name, 0) + 1
        client.store.take_mine(answers[-1]["seq"], answers[-1].get("mine"))

    def _carry_out(self, actor: Actor, message: dict[str, Any]) -> dict[str, Any]:
        """What is carried out together with others is, now and then: with one that is refused, and with a repeated one."""
        if not COMMANDS[message["name"]].together or self.dice.random() < 0.1:
            return dispatch.command(actor, message)
        others = [person for person in self.rich.room.everybody[5:9] if person.participant_id != actor.participant_id]
        ready = {"ready": self.dice.random() < 0.5}
        asked = [
            read(others[0], "set_ready", ready, f"{self.dice.getrandbits(128):032x}"),
            read(others[1], "cast_ballot", {"ballot": "ballot:99", "choices": {}}, f"{self.dice.getrandbits(128):032x}"),
            read(others[2], "set_ready", ready, "5" * 32),
        ]
        place = self.dice.randrange(4)
        asked.insert(place, read(actor, message["name"], message["args"], message["id"]))
        found = carry_out_together(asked)[place]
        if isinstance(found, Exception):
            raise found
        self.gathered += 1
        dispatch.add_own([(actor, found)])
        return found

    def _push(self) -> None:
        db.session.rollback()
        for audience, since in self.sent.items():
            delta = screens.changes(self.rich.room.id, since, audience)
            self.sent[audience] = delta["to"]
            for client in self.clients:
                if client.actor.audience == audience:
                    client.hear(json.loads(json.dumps(delta)))


def check(player: Player) -> None:
    """Everybody equals a fresh snapshot; so does the kept one; the journal holds; nothing but JSON."""
    number = player.rich.room.id
    for audience in screens.AUDIENCES:
        db.session.rollback()
        fresh = screens.changes(number, 0, audience)
        json.dumps(fresh, allow_nan=False)
        kept = screens.snapshot(number, audience)
        by_id = {record["id"]: record for record in fresh["put"]}
        assert {record["id"]: record for record in kept["put"]} == by_id, audience
        assert (kept["epoch"], kept["to"]) == (fresh["epoch"], fresh["to"])
        for client in player.clients:
            if client.actor.audience != audience:
                continue
            client.sync()
            if not client.ended:
                assert client.store.records == by_id, (client.actor.pseudonym, audience)
                assert client.store.mine == screens.mine(client.actor)
    rows = db.session.query(JournalEntry).filter_by(workshop_id=number).order_by(JournalEntry.seq)
    assert verify(row.as_entry() | {"hash": row.hash} for row in rows).holds


@pytest.mark.parametrize("seed", range(3))
def test_whatever_a_room_does_in_the_end_all_clients_are_equal(kept: KeptRoom, seed: int):
    player = Player(kept.rich, seed)
    for number in range(STEPS):
        player.step(number)
        if number % 50 == 49:
            check(player)
    check(player)
    assert player.done.get("edit_goal", 0) + player.done.get("edit_agreement", 0) > 3, "nobody has written"
    assert player.gathered > 2, "nothing was carried out together"
    assert len(player.done) > 20 and sum(player.done.values()) > STEPS / 5, (player.done, player.refused)


def test_the_same_over_real_sockets(house):
    async def scene(room: Room) -> None:
        chair, board = Console(room.hall, room.token("facilitator")), Board(room.hall, room.token("board"))
        ways = ("light", "light", "websocket", "polling", "light")
        people = [await room.join(("citizens", "leaders")[n % 2], wire=way) for n, way in enumerate(ways)]
        everybody: list[Member] = [chair, board, *people]
        await asyncio.gather(*(member.connect() for member in everybody))
        for record in chair.of("step")[:1]:
            await chair.command("start_step", step=record["id"])

        async def live(number: int, member: Member, role: str) -> None:
            # Everybody has own dice: what one does must not depend on how fast the others are answered.
            dice = random.Random(20271231 + number)
            breaks_at = dice.randrange(3, 9)
            for turn in range(12):
                whims = Whims(dice, {**chair.records, **member.records})
                whims.last_seq = chair.store.seq or 1
                name, args = whims.command(role)
                if name in ENDING:
                    continue
                try:
                    await member.command(name, **{key: value for key, value in args.items() if key != "id"})
                except Refusal as refusal:
                    assert refusal.code != "broken"
                if turn == breaks_at and member.wire_name != "polling":
                    member.drop()
                await asyncio.sleep(dice.random() * 0.05)

        live_people = (live(number, person, "participant") for number, person in enumerate(people, 1))
        await asyncio.gather(live(0, chair, "facilitator"), *live_people)
        for member in everybody:
            fresh = await member.fresh()
            # Not by the clock: a last change that only facilitators see is nothing to tell the room of.
            await member.until(lambda m, end=fresh: m.records == end.records, what="the end")
        await asyncio.sleep(0.5)
        for member in everybody:
            fresh = await member.fresh()
            assert member.records == fresh.records, member.me
            assert member.mine == fresh.mine, member.me
        assert sum(member.counts["lost"] for member in everybody) > 0, "nobody was dropped"

    play(house, scene, template="collaboration")
