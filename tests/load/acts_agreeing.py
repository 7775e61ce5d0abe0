"""The later acts of the rehearsal: shortlist, two goals, an agreement, decisions, commitments, the close."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from tests.load import formulas, published
from tests.load.client import Phone
from tests.load.room import GROUP_NAMES, SETTLE, Room

WINNERS = 4
STANCES = {"agree": "for", "pass": "blank", "disagree": "against"}
PURPOSE = "Example: young Londoners and the police meet four times a year and answer each other."
FIRST_GOAL = "Example: 8 of 32 local scrutiny panels have two members under 25"
SECOND_GOAL = "Example: 12 public debates between young people and officers a year"


def _in_days(days: int) -> str:
    return (date.today() + timedelta(days=days)).isoformat()


async def shortlist(room: Room) -> list[str]:
    """Everybody approves up to six of the participants' own statements they agreed with; four are chosen."""
    own = [statement for statement in room.session.shown if statement.author in room.phones]
    options = [room.ideas[statement.number] for statement in own]
    limit = min(7, len(options) // 4)
    approved: dict[str, frozenset[str]] = {}
    for person in room.phones:
        liked = [s.number for s in own if room.session.final.get((person, s.number)) == "agree"]
        approved[person] = frozenset(room.ideas[number] for number in liked[:limit])
    settings = {"choices": limit, "seats": WINNERS}
    ballot = (await room.order("open_ballot", method="approval", options=options, settings=settings))["ballot"]
    await asyncio.gather(
        *(
            room.phones[person].command("cast_ballot", ballot=ballot, choices=dict.fromkeys(sorted(chosen), 1))
            for person, chosen in approved.items()
        )
    )
    await room.order("close_ballot", ballot=ballot)
    await room.order("publish_ballot", ballot=ballot)
    result = await room.result(ballot)
    _check_shortlist(room, result, {p: chosen for p, chosen in approved.items() if chosen}, options)
    winners: list[str] = list(result["shortlist"]["winners"])
    return winners


def _check_shortlist(room: Room, result: dict[str, Any], ballots: dict[str, frozenset[str]], options: list[str]) -> None:
    supporters = {o: frozenset(p for p, chosen in ballots.items() if o in chosen) for o in options}
    checks, found = room.checks, result["shortlist"]
    checks.equal("the shortlist counts the non-empty ballots", result["turnout"]["voted"], len(ballots))
    faults = published.shortlist_faults(found, supporters, len(ballots), WINNERS)
    prices = ", ".join(str(step["price"]) for step in found["steps"])
    checks.none(f"each step of the shortlist is the cheapest at its price ({prices})", faults)
    wrong = [
        (option["id"], option["total"], len(supporters[option["id"]]))
        for option in result["options"]
        if isinstance(option["total"], int) and option["total"] != len(supporters[option["id"]])
    ]
    checks.none("every published number of approvals is true", wrong)
    for group, shown in (found["coverage"] or {}).items():
        people = {p: chosen for p, chosen in ballots.items() if room.session.groups[p] == group}
        expected = published.coverage_of(found["winners"], people)
        checks.equal(f"coverage of {group} is {expected}", Fraction(shown), expected)


async def draft(room: Room, winners: list[str]) -> tuple[list[str], str]:
    """Two goals and one agreement with every field a vote needs; the checks hold them back until then."""
    numbers = {idea: number for number, idea in room.ideas.items()}
    goals = [
        (await room.order("draft_goal", title=FIRST_GOAL, from_ideas=winners))["goal"],
        (await room.order("draft_goal", title=SECOND_GOAL, from_ideas=[room.ideas["22"]]))["goal"],
    ]
    held = await room.refusal(room.console, "open_decision", on=goals[0], version=await _version(room, goals[0]))
    room.checks.equal("a goal without indicator, target and deadline cannot be decided", held, "checks_open")
    for goal in goals:
        await room.order("edit_goal", goal=goal, version=await _version(room, goal), **_goal_fields())
    old = await _version(room, goals[0]) - 1
    stale = await room.refusal(room.console, "edit_goal", goal=goals[0], version=old, challenge="old text")
    room.checks.equal("an edit of an old version overwrites nothing", stale, "conflict")
    agreement = (await room.order("draft_agreement", purpose=PURPOSE, goals=[goals[0]]))["agreement"]
    fields = _agreement_fields()
    await room.order("edit_agreement", agreement=agreement, version=await _version(room, agreement), **fields)
    blocking = [
        (subject, check["code"])
        for subject in (*goals, agreement)
        for check in (await room.console.fresh()).records[subject]["checks"]
        if check["severity"] == "B"
    ]
    room.checks.none("no check blocks the two goals and the agreement any more", blocking)
    author = next(s.author for s in room.session.shown if s.number == numbers[winners[0]])
    trail = (await room.author(author).fresh()).mine["ideas"][winners[0]]["became"]
    room.checks.equal("an author sees what became of the idea", trail, [goals[0], agreement])
    return goals, agreement


async def _version(room: Room, subject: str) -> int:
    await room.console.until(lambda c: subject in c.records, SETTLE)
    version: int = (await room.console.fresh()).records[subject]["version"]
    return version


def _goal_fields() -> dict[str, Any]:
    return {
        "challenge": "Scrutiny happens about young people, not with them.",
        "target_group": "Londoners between 15 and 25",
        "indicator": "Panels with two members under 25",
        "unit": "panels",
        "data_source": "The panels' own yearly list of members",
        "baseline": "2",
        "baseline_date": _in_days(-30),
        "target": "8",
        "direction": "up",
        "deadline": _in_days(700),
        "owner": "The office for policing",
        "owner_group": "group_1",
        "contributors": "Youth clubs",
        "decision_level": "recommendation",
        "first_step": "Write to all 32 panels",
        "first_step_due": _in_days(30),
    }


def _agreement_fields() -> dict[str, Any]:
    first, second = GROUP_NAMES["group_1"][1], GROUP_NAMES["group_0"][1]
    given = {"how_much": "2 hours a month", "by_when": _in_days(90), "contact": "post@example.org"}
    return {
        "parties": [{"name": first, "group": "group_1"}, {"name": second, "group": "group_0"}],
        "contributions": [
            {"party": first, "what": "Members for the panels", **given},
            {"party": second, "what": "Training of new members", **given},
        ],
        "mandates": [
            {"party": first, "kind": "personal"},
            {"party": second, "kind": "must_ask", "ask_whom": "The board", "by_when": _in_days(60)},
        ],
        "decision_rule": "Both parties say yes",
        "disagreement": "We meet within two weeks with somebody neither of us employs.",
        "openness": "public",
        "review_date": _in_days(180),
        "end_date": _in_days(720),
        "exit_terms": "In writing, with the reason",
        "notice_days": 30,
    }


async def decide(room: Room, subject: str, statement: str, expected: str) -> None:
    """One decision: everybody's stance is what they thought of a statement; it must give `expected`."""
    version = await _version(room, subject)
    decision = (await room.order("open_decision", on=subject, version=version))["decision"]
    await asyncio.gather(*(p.until(lambda p: decision in p.records, SETTLE) for p in room.phones.values()))
    stances: dict[str, list[str]] = {group: [] for group in room.session.sizes}
    for person, phone in room.phones.items():
        position = room.session.final.get((person, statement))
        if position is not None:
            stances[room.session.groups[person]].append(await _take(phone, person, decision, position))
    eligible = room.session.sizes
    outcome, blocking = formulas.outcome(stances, eligible)
    await room.order("close_decision", decision=decision)
    result = await room.result(decision)
    checks = room.checks
    checks.equal(f"the formula gives {expected} for {subject}", outcome, expected)
    checks.equal(f"the decision on {subject} comes out as the formula says", result["outcome"], outcome)
    checks.equal(f"so do the groups that block {subject}", sorted(result["blocked_by"]), [[g] for g in blocking])
    _check_stances(room, subject, result, stances, eligible)
    state = "agreed" if outcome == "ratified" else "not_agreed"
    await room.board.until(lambda b: b.records.get(subject, {}).get("state") == state, SETTLE, f"{subject} being {state}")


async def _take(phone: Phone, person: str, decision: str, position: str) -> str:
    """Participant 11 agrees with a reservation; everybody against says why."""
    stance = "reservation" if person == "11" and position == "agree" else STANCES[position]
    words = {"reservation": "If the panels are paid.", "against": "It has been tried."}.get(stance)
    reason: dict[str, Any] = {"reason": words} if words else {}
    await phone.command("take_stance", decision=decision, stance=stance, **reason)
    if phone.mine["stances"].get(decision, {}).get("stance") != stance:
        raise AssertionError(f"{phone.id} took {stance}, its phone shows {phone.mine['stances']}")
    return stance


def _check_stances(
    room: Room, subject: str, result: dict[str, Any], stances: dict[str, list[str]], eligible: dict[str, int]
) -> None:
    faults = []
    for group in result["groups"]:
        cast = [stance for key in group["keys"] for stance in stances[key]]
        people = sum(eligible[key] for key in group["keys"])
        faults.append(published.fault_in(group["counts"], _tally(cast, people), len(cast)))
    everybody = [stance for cast in stances.values() for stance in cast]
    faults.append(published.fault_in(result["overall"]["counts"], _tally(everybody, 26), len(everybody)))
    room.checks.none(f"every published count on {subject} is true, no small group's is shown", [f for f in faults if f])
    reservations = ["If the panels are paid."] if "reservation" in everybody else []
    room.checks.equal(f"the reservations to {subject} are word for word", result["reservations"], reservations)


def _tally(cast: list[str], people: int) -> dict[str, int]:
    counted = {stance: cast.count(stance) for stance in ("for", "reservation", "against", "blank")}
    return {**counted, "cast": len(cast), "eligible": people}


async def commit_and_close(room: Room, agreement: str) -> None:
    """Five people stand behind the agreement by name; the workshop closes once somebody will answer."""
    for person in ("1", "2", "3", "4", "5"):
        await room.phones[person].command("set_name", name=f"Participant {person}")
        await room.phones[person].command("make_commitment", on=agreement, standing="behind", words="I will come.")
    await room.board.until(lambda b: len(b.of("commitment")) == 5, SETTLE)
    names = sorted(commitment["name"] for commitment in room.board.of("commitment"))
    room.checks.equal("five commitments by name are on the board", names, [f"Participant {n}" for n in range(1, 6)])
    unanswered = await room.refusal(room.console, "close_workshop")
    room.checks.equal("the workshop does not close while nobody is to answer", unanswered, "checks_open")
    await room.order(
        "edit_workshop",
        commissioning_body="The youth council",
        receiving_body="The mayor's office",
        response_due=_in_days(60),
    )
    await room.everyone_equals_a_fresh_snapshot("before the close")
    await room.order("close_workshop")
    closed = await room.refusal(room.phones["1"], "post_idea", text="Too late")
    room.checks.equal("nothing can be posted after the close", closed, "closed")


async def take_home(room: Room, goals: list[str], agreement: str) -> None:
    """The JSON export holds the agreed wording, the outcome, and every statement the room saw."""
    number = room.workshop["workshop"]["id"]
    path = f"{room.hall.next_url()}/api/workshops/{number}/export/json"
    headers = {"Authorization": f"Bearer {room.console.token}"}
    async with room.hall.session.get(path, headers=headers) as response:
        text = await response.text()
        document = await response.json(content_type=None) if response.status == 200 else None
    room.checks.equal("the export is answered", response.status, 200)
    if document is None:
        return
    found = set(_texts(document))
    wanted = [PURPOSE, FIRST_GOAL, SECOND_GOAL, room.session.question, *(s.text for s in room.session.shown)]
    missing = [words for words in wanted if not any(words in entry for entry in found)]
    room.checks.none("the export holds the question, the wording and the 36 statements", missing)
    leaked = [s.text for s in room.session.statements if not s.shown and s.text in text]
    room.checks.none("nothing that was taken away is in the export", leaked)
    room.checks.true("the export says what was carried and what was not", {"ratified", "blocked_by_group"} <= found)


def _texts(part: Any) -> list[str]:
    if isinstance(part, dict):
        return [text for value in part.values() for text in _texts(value)]
    if isinstance(part, list):
        return [text for value in part for text in _texts(value)]
    return [part] if isinstance(part, str) else []
