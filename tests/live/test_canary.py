"""Every byte that leaves the server in a whole programme, over pages and sockets, and its log: no canary is in it.

What is private, hidden or unpublished carries words and numbers that stand nowhere else. The members read raw text, so that
nothing can be overlooked by looking at the wrong field.
"""

from __future__ import annotations

import asyncio
import json
import re
import secrets
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.commands.voting import AGREEMENT, GOAL
from tests.live.lines import Line, Room, play
from tests.load.client import Phone

GROUPS = [{"key": "citizens"}, {"key": "leaders"}]
#: dots that stand on no other paper and are no other number of the room
DOTS = (977, 883)
OPEN_DOTS = 941


def canary(what: str) -> str:
    return f"kanarie-{what}-{secrets.token_hex(6)}"


def within(secret: str | int, text: str) -> bool:
    """Whether the text holds the word, or the number as a value of JSON (moments hold digits too)."""
    return secret in text if isinstance(secret, str) else bool(re.search(rf":\s*{secret}\s*[,}}\]]", text))


@dataclass
class Ears:
    """Somebody who reads along: a raw line, and pages fetched with the same token. `bytes` is all of it."""

    name: str
    line: Line
    token: str
    pages: list[str] = field(default_factory=list)
    latest: str = ""

    @property
    def bytes(self) -> str:
        return json.dumps([data for _, data in self.line.heard], ensure_ascii=False) + "".join(self.pages)

    async def read(self, room: Room) -> None:
        """Everything there is to read, from nothing, over socket and HTTP, and the pages that are for everybody."""
        self.pages.append(json.dumps(await self.line.sync(), ensure_ascii=False))
        number = room.made["workshop"]["id"]
        role = self.name if self.name in ("board", "facilitator") else "participant"
        headers = {"Authorization": f"Bearer {self.token}", "Cookie": f"rundbord_{role}_{number}={self.token}"}
        paths = ["/api/sync?since=0", f"/j/{room.code}", "/"]
        paths += [f"/api/versions?on={text}" for text in sorted(set(re.findall(r'"id": ?"(goal:\d+)"', self.bytes)))]
        paths += {
            "participant": [f"/room/{room.code}", "/api/me/trail"],
            "board": [f"/workshops/{number}/board"],
            "facilitator": [
                f"/workshops/{number}/console",
                f"/api/workshops/{number}/attendance",
                *(f"/api/workshops/{number}/export/{format}" for format in ("json", "md")),
            ],
        }[role]
        before = len(self.pages)
        for path in paths:
            self.pages.append(await self._page(room, path, headers))
        if role == "participant":
            async with room.hall.session.post(
                room.hall.next_url() + "/api/seen", headers=headers, json={"of": "ideas"}
            ) as answer:
                assert answer.status == 200
                self.pages.append(await answer.text())
        self.latest = "".join(self.pages[before:])

    @staticmethod
    async def _page(room: Room, path: str, headers: dict[str, str]) -> str:
        """What an address answers; whoever is told to wait waits."""
        for _ in range(5):
            async with room.hall.session.get(room.hall.next_url() + path, headers=headers) as answer:
                if answer.status != 429:
                    assert answer.status in (200, 302), path
                    return await answer.text()
                await asyncio.sleep(float(answer.headers["Retry-After"]))
        raise AssertionError(f"{path}: not answered")


@dataclass
class Play:
    """The room of the programme: people with phones, and those who listen."""

    room: Room
    people: list[Phone]
    ears: dict[str, Ears]
    chair: str = "facilitator"

    async def do(self, who: Phone | str, name: str, /, **args: Any) -> dict[str, Any]:
        answer = await self.room.api(who, name, **args)
        return answer.get("result") or {}

    async def step(self, kind: str, **settings: Any) -> None:
        made = await self.do(self.chair, "add_step", kind=kind, **settings)
        await self.do(self.chair, "start_step", step=made["step"])

    async def nobody_knows(self, secret: str | int | list[str | int], but: tuple[str, ...] = ()) -> None:
        """Let everybody read everything, and find none of the secrets with any but the named."""
        last = await self.do(self.people[-1], "set_ready", ready=True)
        assert last == {}
        await asyncio.gather(*(ears.read(self.room) for ears in self.ears.values()))
        await asyncio.sleep(0.5)
        for ears in self.ears.values():
            for word in secret if isinstance(secret, list) else [secret]:
                assert ears.name in but or not within(word, ears.bytes), f"{ears.name} has read {word}"

    async def everybody_knows(self, word: str | int) -> None:
        await asyncio.gather(*(ears.read(self.room) for ears in self.ears.values()))
        for ears in self.ears.values():
            assert within(word, ears.latest), f"{ears.name} has not read {word}"


async def seated(room: Room) -> Play:
    """Six citizens and five leaders; the first person, another, the board and the facilitator listen."""
    people = [await room.join("citizens", name=f"Navn{n}" if n == 0 else None) for n in range(6)]
    people += [await room.join("leaders") for _ in range(5)]
    ears = {}
    for name, who in (("author", people[0]), ("other", people[7]), ("board", "board"), ("facilitator", "facilitator")):
        token = room.token(who) if isinstance(who, str) else who.token
        ears[name] = Ears(name, await room.line(who), token)
    await asyncio.gather(*(found.line.sync() for found in ears.values()))
    return Play(room, people, ears)


async def ideas(play: Play) -> list[str]:
    """Private, revealed, hidden and withdrawn; nobody learns who wrote what."""
    author = play.people[0]
    await play.step("ideas", settings={"writing": "private"})
    words = [canary(f"privat{n}") for n in range(4)]
    posted = [(await play.do(author, "post_idea", text=word, why=canary("hvorfor")))["idea"] for word in words]
    await play.nobody_knows(words, but=("author",))
    withdrawn = canary("fortrudt")
    gone = (await play.do(author, "post_idea", text=withdrawn))["idea"]
    await play.do(author, "withdraw_idea", idea=gone)
    await play.do(play.chair, "reveal_ideas")
    await play.everybody_knows(words[0])
    await play.nobody_knows(withdrawn, but=("author",))
    for ears in play.ears.values():
        ideas = [line for line in ears.bytes.split('{"by_helper"') if words[0] in line]
        assert ideas and not any(author.id in found.partition("}")[0] for found in ideas), "an idea names its author"
    late = canary("sent")
    hidden = (await play.do(author, "post_idea", text=late))["idea"]
    await play.do(play.chair, "hide_idea", idea=hidden, reason="Nævner en person")
    fresh = await Phone(play.room.hall, author.joined, "light").fresh()
    assert fresh.mine["ideas"][hidden]["hidden_reason"] == "Nævner en person"
    for name in ("other", "board"):
        ears = play.ears[name]
        await ears.read(play.room)
        assert late not in ears.latest, f"{name} still reads what was hidden"
    return posted


async def ballots(play: Play, posted: list[str]) -> None:
    """Nobody reads a paper that is not the own, and nobody a count before it is published."""
    settings = {"dots": 1000, "per_option": 1000}
    opened = await play.do(play.chair, "open_ballot", method="dots", options=posted, settings=settings)
    ballot = opened["ballot"]
    for number, person in enumerate(play.people):
        choices = {posted[0]: DOTS[number % 2]} if number < 2 else {posted[1]: 1}
        await play.do(person, "cast_ballot", ballot=ballot, choices=choices)
    total = sum(DOTS)
    await play.nobody_knows([DOTS[1], total])
    await play.nobody_knows(DOTS[0], but=("author",))
    await play.do(play.chair, "close_ballot", ballot=ballot)
    await play.nobody_knows([DOTS[1], total])
    assert (await play.people[0].fresh()).mine["ballots"] == {}
    await play.do(play.chair, "publish_ballot", ballot=ballot)
    await play.everybody_knows('"published"')
    await play.nobody_knows(DOTS[1])  # groups of six and five: the room's count alone


async def drafts(play: Play) -> None:
    """What is being written in a text is read by the console and the board, and by no phone before it is shown."""
    goal = (await play.do(play.chair, "draft_goal", **GOAL))["goal"]
    words = [canary("kladde"), canary("vist")]
    for version, word in enumerate(words, 1):
        await play.do(play.chair, "edit_goal", goal=goal, version=version, title=word, draft=True)
        await play.nobody_knows(word, but=("facilitator", "board"))
    await play.do(play.chair, "show_text", on=goal)
    await play.everybody_knows(words[1])


async def decision(play: Play) -> None:
    """The words of a stance are read by nobody until the decision closes, and then without their author."""
    goal = (await play.do(play.chair, "draft_goal", **GOAL))["goal"]
    await play.do(play.chair, "draft_agreement", **{**AGREEMENT, "parties": [
        {"name": "Foreningen", "group": "citizens"}, {"name": "Kommunen", "group": "leaders"}]}, goals=[goal])  # fmt: skip
    made = (await play.do(play.chair, "open_decision", on=goal, version=1))["decision"]
    words = [canary("forbehold"), canary("imod")]
    await play.do(play.people[0], "take_stance", decision=made, stance="reservation", reason=words[0])
    await play.do(play.people[8], "take_stance", decision=made, stance="against", reason=words[1])
    for person in play.people[1:8]:
        await play.do(person, "take_stance", decision=made, stance="for")
    await play.nobody_knows(words[0], but=("author",))
    await play.nobody_knows([words[1], '"against":', '"reservation":'])
    await play.do(play.chair, "close_decision", decision=made)
    await play.everybody_knows(words[0])


async def open_votes(play: Play, posted: list[str]) -> None:
    """Leaders vote by name: open is on record afterwards, and nobody reads a vote of theirs before it is published."""
    leader, name, words = play.people[8], canary("navn"), [canary("oprigtigt"), canary("fortsat")]
    await play.step("decisions", settings={"openness": "some_open", "open_groups": ["leaders"]})
    await play.do(leader, "set_name", name=name)
    settings = {"dots": 1000, "per_option": 1000}
    ballot = (await play.do(play.chair, "open_ballot", method="dots", options=posted, settings=settings))["ballot"]
    goal = (await play.do(play.chair, "draft_goal", **GOAL))["goal"]
    decision = (await play.do(play.chair, "open_decision", on=goal, version=1))["decision"]
    await play.do(leader, "cast_ballot", ballot=ballot, choices={posted[0]: OPEN_DOTS})
    for word in words:
        await play.do(leader, "take_stance", decision=decision, stance="reservation", reason=word, keep=True)
    for person in (*play.people[:8], *play.people[9:]):
        if person.joined["participant"]["group"] == "leaders":
            await play.do(person, "set_name", name="En leder")
        await play.do(person, "take_stance", decision=decision, stance="for")
    await play.nobody_knows([*words, OPEN_DOTS])
    await play.nobody_knows(name, but=("facilitator",))
    await play.do(play.chair, "close_ballot", ballot=ballot)
    await play.nobody_knows([OPEN_DOTS])
    await play.nobody_knows(name, but=("facilitator",))
    await play.do(play.chair, "publish_ballot", ballot=ballot)
    await play.do(play.chair, "close_decision", decision=decision)
    for known in (name, OPEN_DOTS, words[1]):
        await play.everybody_knows(known)
    await play.nobody_knows(words[0])


#: an idea or a comment with the name of a group on it, in raw JSON with its fields in the order of their names
LABELLED = r'"group": ?"(citizens|leaders|researchers)"[^{}]*"kind": ?"(idea|comment)"'


def test_no_byte_names_a_group_on_a_text_where_the_only_text_without_one_would_be_one_persons(house):
    """Eight citizens, six leaders and one researcher: nobody is sent a label, on any path; with five researchers they are."""

    async def scene(room: Room) -> None:
        people = [await room.join("citizens") for _ in range(8)] + [await room.join("leaders") for _ in range(6)]
        one = await room.join("researchers")
        ears = {
            name: Ears(name, await room.line(who), room.token(who) if isinstance(who, str) else who.token)
            for name, who in (("other", people[0]), ("board", "board"), ("facilitator", "facilitator"))
        }
        await asyncio.gather(*(found.line.sync() for found in ears.values()))
        heard = Play(room, people, ears)
        await heard.step("ideas", settings={"writing": "open"})
        for who in (people[0], people[8], one):
            idea = (await heard.do(who, "post_idea", text=canary("idé")))["idea"]
            await heard.do(who, "post_comment", on=idea, text="En tanke", sort="question")
        await asyncio.gather(*(found.read(room) for found in ears.values()))
        await asyncio.sleep(0.5)
        for found in ears.values():
            assert not re.search(LABELLED, found.bytes), f"{found.name} has read the name of a group on a text"
        for _ in range(4):
            await room.join("researchers")
        await asyncio.gather(*(found.read(room) for found in ears.values()))
        for found in ears.values():
            assert re.search(LABELLED, found.latest), f"{found.name} reads no label although every group has five"

    play(house, scene, groups=[*GROUPS, {"key": "researchers"}])


def test_no_canary_is_in_anything_that_leaves_the_server(house):
    async def scene(room: Room) -> None:
        play = await seated(room)
        posted = await ideas(play)
        await ballots(play, posted)
        await drafts(play)
        await decision(play)
        await open_votes(play, posted)
        for name in ("other", "board"):
            heard = play.ears[name].bytes
            assert "Navn0" not in heard, f"{name} has read a name that was never put to a commitment"
            assert "participant:" not in heard.replace(play.people[7].id, ""), f"{name} has read who somebody is"
            for secret in [person.reentry_code for person in play.people if person is not play.people[7]]:
                assert secret not in heard
            for token in [person.token for person in play.people] + [room.token("facilitator")]:
                assert token not in heard
        _not_in_the_log(house, play)

    play(house, scene, groups=GROUPS)


def _not_in_the_log(house: Any, play: Play) -> None:
    """At the level `debug` too the log holds no words of people, no token, no code and no vote."""
    log = house.server.log.read_text(errors="replace")
    assert "kanarie" not in log and "Navn0" not in log
    assert not any(within(number, log) for number in (*DOTS, OPEN_DOTS))
    for person in play.people:
        assert person.token not in log and person.reentry_code not in log and person.reentry_code.replace("-", "") not in log
    for role in ("facilitator", "board"):
        assert play.room.token(role) not in log


@pytest.mark.parametrize("way", ["polling"])
def test_nor_by_long_polling(house, way):
    async def scene(room: Room) -> None:
        play = await seated(room)
        await ideas(play)

    play(house, scene, way, groups=GROUPS)
