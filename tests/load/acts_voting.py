"""The first acts of the rehearsal: the statements, the replayed votes, and what is published of them."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from typing import Any

from tests.load import formulas, published
from tests.load.client import Member, Refusal
from tests.load.london import Vote
from tests.load.room import PRIVACY_MINIMUM, SETTLE, Room

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
    await room.moderator.until(lambda m: _states(m, hidden) == {"hidden"}, SETTLE, "being told")
    checks.equal("the author of the three that were taken away is told so", _states(room.moderator, hidden), {"hidden"})
    await room.order("remove_participant", participant=room.moderator.id)
    await _until(lambda: room.moderator.closed_because is not None)
    checks.true("the moderator's phone is let go when it is taken out of the room", room.moderator.closed_because)


def _states(member: Member, ideas: list[str]) -> set[str]:
    return {member.mine["ideas"][idea]["state"] for idea in ideas}


async def cast_final_positions(room: Room) -> str:
    """Everybody casts the final positions of the data at once."""
    shown = [room.ideas[statement.number] for statement in room.session.shown]
    ballot: str = (await room.order("open_ballot", method="positions", options=shown, settings={}))["ballot"]
    choices: dict[str, dict[str, str]] = defaultdict(dict)
    for (person, number), position in room.session.final.items():
        choices[person][room.ideas[number]] = position
    casts = (p.command("cast_ballot", ballot=ballot, choices=choices[person]) for person, p in room.phones.items())
    await asyncio.gather(*casts)
    return ballot


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
    checks.equal(f"the stored positions equal participants-votes.csv in all {total} cells", stored, session.final)
    checks.equal("so do the positions that the phones hold", held, session.final)
    turnout = {"voted": 26, "eligible": 26}
    await room.board.until(lambda _: _turnout(room, ballot).get("voted") == 26, SETTLE, "26 votes")
    checks.equal("the board shows the turnout with its denominator", _turnout(room, ballot), turnout)
    early = [member.me for member in room.members() if member.records.get(ballot, {}).get("result")]
    checks.none("nobody is sent a result before it is published", early)


def _turnout(room: Room, ballot: str) -> dict[str, int]:
    turnout = room.board.records.get(ballot, {}).get("turnout", {})
    return {name: turnout[name] for name in ("voted", "eligible") if name in turnout}


async def publish_positions(room: Room, ballot: str) -> None:
    """Close and publish; every figure published must be true, and common ground must equal the formula."""
    await room.order("close_ballot", ballot=ballot)
    late = await room.refusal(room.phones["1"], "cast_ballot", ballot=ballot, choices={})
    room.checks.equal("a vote after the close is refused", late, "closed")
    await room.order("publish_ballot", ballot=ballot)
    result = await room.result(ballot)
    number_of = {idea: number for number, idea in room.ideas.items()}
    faults, exact = [], 0
    for option in result["options"]:
        counts = room.session.counts(number_of[option["id"]])
        whole = {name: sum(group[name] for group in counts.values()) for name in ("agree", "pass", "disagree")}
        figures = [(option["total"], whole, sum(whole.values()))]
        figures += [(shown, counts[key], sum(counts[key].values())) for key, shown in option["by_group"].items()]
        faults += [f for f in (published.fault_in(*figure, 2 * PRIVACY_MINIMUM) for figure in figures) if f]
        exact += sum(published.exact_figures(shown) for shown, _, _ in figures)
    room.checks.equal("every statement is in the published result", len(result["options"]), 36)
    room.checks.none(f"every published count of positions is true ({exact} exact), no small group's shown", faults)
    _compare_common_ground(room, result, number_of)


def _compare_common_ground(room: Room, result: dict[str, Any], number_of: dict[str, str]) -> None:
    session, checks = room.session, room.checks
    truth = {s.number: session.counts(s.number) for s in session.shown}
    ranked = {number for number, counts in truth.items() if formulas.is_ranked(counts, session.sizes)}
    rows = {number_of[row["id"]]: row for row in result["common_ground"]}
    checks.equal("common ground ranks what enough people of every group have answered", set(rows), ranked)
    faults, exact, order = [], 0, []
    for number, row in rows.items():
        whole = float(formulas.common_ground(truth[number])) ** (1 / len(session.sizes))
        figures = [("everybody", row["value"], whole)]
        figures += [(k, v, float(formulas.agreement_in(truth[number][k]))) for k, v in row["by_group"].items()]
        for name, shown, expected in figures:
            exact += published.as_number(shown) is not None
            fault = published.value_fault(shown, expected)
            faults += [f"statement {number}, {name}: {fault}"] if fault else []
        order.append(formulas.common_ground(truth[number]))
    checks.none(f"the published common-ground figures equal the formula ({exact} numbers)", faults)
    checks.equal("common ground stands in its true order", order, sorted(order, reverse=True))


async def _until(true: Any, seconds: float = SETTLE) -> None:
    deadline = time.monotonic() + seconds
    while not true() and time.monotonic() < deadline:
        await asyncio.sleep(0.05)
