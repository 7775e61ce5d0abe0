"""The first acts of the rehearsal: the statements, the replayed votes, and what is published of them."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections import defaultdict
from fractions import Fraction
from typing import Any

from . import formulas, published
from .client import Refusal
from .london import GROUPS, Vote
from .room import SETTLE, Room

OPPOSITE = {"agree": "disagree", "disagree": "agree", "pass": "agree"}
CHANGES_THEIR_MIND = 3  # every third person's first vote is cast the other way round first
LOSES_THE_LINE = ("5", "14", "22")
CHANGES_PHONE = "23"


async def write_statements(room: Room) -> None:
    """Everybody writes alone, nobody sees it; the reveal shows all; the moderator's three are taken away."""
    step = (await room.order("add_step", kind="ideas", settings={"writing": "private"}))["step"]
    await room.order("start_step", step=step)
    session, checks = room.session, room.checks
    for statement in session.statements:
        answer = await room.author(statement.author).command("post_idea", text=statement.text)
        room.ideas[statement.number] = answer["result"]["idea"]
    seen = [member.me for member in room.members() if (await member.fresh()).of("idea") or member.of("idea")]
    checks.none("before the reveal nobody is sent another's statement, the facilitator neither", seen)
    await room.order("reveal_ideas")
    for statement in session.statements:
        if not statement.shown:
            await room.order("hide_idea", idea=room.ideas[statement.number], reason="Not a proposal")
    expected = {room.ideas[statement.number]: statement.text for statement in session.shown}
    for member in (*room.phones.values(), room.board):
        await member.until(lambda m: {i["id"]: i["text"] for i in m.of("idea")} == expected, SETTLE)
    checks.equal("the 36 statements are on every phone and on the board, word for word", len(expected), 36)
    hidden = [room.ideas[statement.number] for statement in session.statements if not statement.shown]
    states = [room.moderator.mine["ideas"][idea]["state"] for idea in hidden]
    checks.equal("the author of the three that were taken away is told so", states, ["hidden"] * 3)
    await room.order("remove_participant", participant=room.moderator.id)
    await _until(lambda: room.moderator.closed_because is not None)
    checks.true(
        "the moderator's phone is let go when it is taken out of the room", room.moderator.closed_because
    )


async def replay_votes(room: Room) -> str:
    """The 640 votes in time order, each cast whole, with changes of mind, lost lines and a new phone."""
    shown = [room.ideas[statement.number] for statement in room.session.shown]
    ballot: str = (await room.order("open_ballot", method="positions", options=shown, settings={}))["ballot"]
    by_person: dict[str, list[Vote]] = defaultdict(list)
    for vote in room.session.votes:
        by_person[vote.voter].append(vote)
    began = time.monotonic()
    jobs = (_vote(room, ballot, person, votes, began) for person, votes in by_person.items())
    casts = sum(await asyncio.gather(*jobs))
    took, held = time.monotonic() - began, sum(phone.counts["held_back"] for phone in room.phones.values())
    print(f"         {casts} casts in {took:.1f} s; {held} waited for the limit of their phone")
    await _compare_positions(room, ballot)
    return ballot


async def _vote(room: Room, ballot: str, person: str, votes: list[Vote], began: float) -> int:
    choices: dict[str, str] = {}
    casts = 0
    start = room.session.votes[0].at_ms
    for number, vote in enumerate(votes):
        if room.speed is not None:
            due = began + (vote.at_ms - start) / 1000 / room.speed
            await asyncio.sleep(max(0.0, due - time.monotonic()))
        idea = room.ideas[vote.statement]
        if number == 0 and int(person) % CHANGES_THEIR_MIND == 0:
            choices[idea] = OPPOSITE[vote.position]
            await room.phones[person].command("cast_ballot", ballot=ballot, choices=dict(choices))
            casts += 1
        choices[idea] = vote.position
        if number == len(votes) // 2 and person in LOSES_THE_LINE:
            room.phones[person].drop()
        if number == len(votes) // 2 and person == CHANGES_PHONE:
            await _come_back_on_another_phone(room, ballot, person)
        await room.phones[person].command("cast_ballot", ballot=ballot, choices=dict(choices))
        casts += 1
    return casts


async def _come_back_on_another_phone(room: Room, ballot: str, person: str) -> None:
    """The battery is dead: the re-entry code brings the same person to a borrowed phone, votes and all."""
    old = room.phones[person]
    before = old.mine["ballots"][ballot]
    await old.disconnect()
    new = await room.hall.reenter(room.workshop["workshop"]["code"], old.reentry_code)
    await new.connect()
    room.phones[person] = new
    same = new.id == old.id and new.mine["ballots"].get(ballot) == before
    room.checks.true("a person who comes back on another phone finds the votes cast so far", same)
    try:
        await old.fresh()
    except Refusal as refusal:
        room.checks.equal("the phone that was left is no longer let in", refusal.code, "ended")
    else:
        room.checks.true("the phone that was left is no longer let in", False)


async def _compare_positions(room: Room, ballot: str) -> None:
    session = room.session
    number_of = {idea: number for number, idea in room.ideas.items()}
    stored: dict[tuple[str, str], Any] = {}
    held: dict[tuple[str, str], Any] = {}
    for person, phone in room.phones.items():
        fresh = await phone.fresh()
        for cells, mine in ((stored, fresh.mine), (held, phone.mine)):
            choices = mine["ballots"].get(ballot, {})
            cells.update({(person, number_of[idea]): choice for idea, choice in choices.items()})
    total = len(session.people) * len(session.shown)
    checks = room.checks
    checks.equal(
        f"the stored positions equal participants-votes.csv in all {total} cells", stored, session.final
    )
    checks.equal("so do the positions that the phones hold", held, session.final)
    turnout = {"voted": 26, "eligible": 26}
    await room.board.until(lambda b: b.records[ballot]["turnout"]["voted"] == 26, SETTLE)
    checks.equal("the board shows the turnout with its denominator", _turnout(room, ballot), turnout)
    early = [member.me for member in room.members() if member.records[ballot]["result"] is not None]
    checks.none("nobody is sent a result before it is published", early)


def _turnout(room: Room, ballot: str) -> dict[str, int]:
    turnout = room.board.records[ballot]["turnout"]
    return {"voted": turnout["voted"], "eligible": turnout["eligible"]}


async def publish_positions(room: Room, ballot: str) -> None:
    """Close and publish; every figure published must be true, and the common ground must equal the formula."""
    await room.order("close_ballot", ballot=ballot)
    late = await room.refusal(room.phones["1"], "cast_ballot", ballot=ballot, choices={})
    room.checks.equal("a vote after the close is refused", late, "closed")
    await room.order("publish_ballot", ballot=ballot)
    await asyncio.gather(*(m.until(lambda m: m.records[ballot]["result"], SETTLE) for m in room.members()))
    result = room.board.records[ballot]["result"]
    number_of = {idea: number for number, idea in room.ideas.items()}
    faults, exact = [], 0
    for option in result["options"]:
        counts = room.session.counts(number_of[option["id"]])
        whole = {
            name: sum(group[name] for group in counts.values()) for name in ("agree", "pass", "disagree")
        }
        figures = [(option["total"], whole, 26)]
        figures += [(shown, counts[key], _size(room, key)) for key, shown in option["by_group"].items()]
        faults += [f for f in (published.fault_in(*figure) for figure in figures) if f]
        exact += sum(published.exact_figures(shown) for shown, _, _ in figures)
    room.checks.equal("every statement is in the published result", len(result["options"]), 36)
    room.checks.none(
        f"every published count of positions is true ({exact} exact), no small group's shown", faults
    )
    _compare_common_ground(room, result, number_of)


def _size(room: Room, group: str) -> int:
    return sum(key == group for key in room.session.groups.values())


def _compare_common_ground(room: Room, result: dict[str, Any], number_of: dict[str, str]) -> None:
    session, checks = room.session, room.checks
    sizes = {group: _size(room, group) for group in GROUPS}
    truth = {s.number: session.counts(s.number) for s in session.shown}
    ranked = {number for number, counts in truth.items() if formulas.is_ranked(counts, sizes)}
    rows = {number_of[row["id"]]: row for row in result["common_ground"]}
    checks.equal("common ground ranks what enough people of every group have answered", set(rows), ranked)
    faults, compared = [], 0
    for number, row in rows.items():
        whole = float(formulas.common_ground(truth[number])) ** (1 / len(GROUPS))
        wanted = {key: formulas.agreement_in(counts) for key, counts in truth[number].items()}
        for name, shown, expected in [("all", row["value"], whole)] + [
            (key, shown, wanted[key]) for key, shown in row["by_group"].items()
        ]:
            figure = published.as_number(shown)
            if figure is not None:
                compared += 1
                if abs(figure - float(Fraction(expected))) > published.FRACTION_TOLERANCE:
                    faults.append(f"statement {number}, {name}: {shown} instead of {float(expected):.6f}")
    checks.true("common-ground figures are published", compared, "every one of them is withheld")
    checks.none(f"the {compared} published common-ground figures equal the formula", faults)
    _compare_order(room, list(rows), truth)


def _compare_order(room: Room, order: list[str], truth: dict[str, dict[str, dict[str, int]]]) -> None:
    values = [formulas.common_ground(truth[number]) for number in order]
    falling = all(first >= second for first, second in itertools.pairwise(values))
    room.checks.true("common ground comes first where it is largest", falling, [float(v) for v in values])


async def _until(true: Any, seconds: float = SETTLE) -> None:
    deadline = time.monotonic() + seconds
    while not true() and time.monotonic() < deadline:
        await asyncio.sleep(0.05)
