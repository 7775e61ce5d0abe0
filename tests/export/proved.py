"""A programme with everything a proof can hold, played once; and what somebody could do to its file afterwards."""

from __future__ import annotations

import json
import pickle
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import select

from tests.commands.voting import AGREEMENT, GOAL, Room
from tests.export.conftest import kept, opened, opened_again
from workshop.door import perform
from workshop.export import export
from workshop.export.checking.core import START, fingerprint, link
from workshop.export.checking.named import SEALED
from workshop.export.checking.program import check
from workshop.extensions import db
from workshop.models import Group, Workshop

Document = dict[str, Any]

#: each is cast by three of each group, so that every group is counted and nobody's paper is alone
ALIKE = ((0, 1), (1, 2), (2, 3), (0, 3))
#: each is cast by two of each group: every group is counted, but a paper would be somebody's other vote
PAIRS = ((0, 1), (1, 2), (2, 3), (0, 3), (0, 2), (1, 3))
SECRETS = ("En privat tanke", "En skjult idé", "skriv@parterne.example", "Bo Hemmelig")


@contextmanager
def room() -> Iterator[Room]:
    """A room of twelve citizens and twelve politicians, with an application around it."""
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder)):
        yield _empty()


def _empty() -> Room:
    return Room(
        {"citizens": 12, "politicians": 12, "leaders": 0},
        groups=[{"key": key, "required": False} for key in ("citizens", "politicians", "leaders")],
        receiving_body="Byrådet", response_due="2030-01-01", decision_level="agreement",
    )  # fmt: skip


def vote(room: Room, method: str, options: list[str], put: Callable[[int], dict[str, Any]], **settings: Any) -> str:
    """A ballot cast by everybody (`put` by the number of the person), closed and published."""
    ballot = room.ballot(options, method, settings=settings)
    for number, person in enumerate(room.everybody):
        room.cast(person, ballot, choices=put(number))
    room.do(room.chair, "close_ballot", ballot=ballot)
    room.do(room.chair, "publish_ballot", ballot=ballot)
    return ballot


def play(room: Room) -> None:
    """Ballots of every method, with and without printed papers; texts with versions; decisions of every ending."""
    author = room.everybody[0]
    ideas = room.ideas(4)
    hidden = room.do(author, "post_idea", text=SECRETS[1])["idea"]
    room.do(room.chair, "hide_idea", idea=hidden, reason="Den nævner en person")
    perform(author, "set_name", {"name": SECRETS[3]})

    def alike(number: int) -> dict[str, int]:
        return {ideas[place]: 1 for place in ALIKE[number % 4]}

    def nine_of(choices: dict[str, int], number: int) -> dict[str, int]:
        return choices if number % 12 < 9 else {}

    vote(room, "approval", ideas, alike, seats=2, choices=2)
    vote(room, "dots", ideas[:2], lambda number: nine_of({ideas[number % 2]: 3, ideas[0]: 2}, number), dots=5, seats=1)
    vote(room, "approval", ideas[:3], lambda number: {ideas[number % 3]: 1}, seats=3, choices=3, weights="per_group")
    vote(room, "positions", ideas[:1], lambda number: {ideas[0]: ("agree", "pass", "disagree")[number % 3]})
    room.ballot(ideas[:2])
    vote(room, "approval", ideas, lambda number: {ideas[place]: 1 for place in PAIRS[number % 6]}, seats=2, choices=2)
    _texts(room)


def _texts(room: Room) -> None:
    do = room.do
    goal = do(room.chair, "draft_goal", **GOAL)["goal"]
    do(room.chair, "edit_goal", goal=goal, version=1, title="15 procent mere økologi i skolemaden")
    answer = perform(room.chair, "draft_goal", {**GOAL, "title": "Fortrudt"})
    perform(room.chair, "undo", {"seq": answer["seq"]})
    dropped = do(room.chair, "draft_goal", **GOAL)["goal"]
    do(room.chair, "drop_text", on=dropped)
    gives = [{"party": "Kommunen", "what": "Et køkken", "contact": SECRETS[2]}, {"party": "Foreningen", "what": "Hænder"}]
    open_to_all = {
        **AGREEMENT,
        "contributions": gives,
        "goals": [goal],
        "openness": "public",
        "disagreement": "Vi mødes igne",
    }
    agreement = do(room.chair, "draft_agreement", **open_to_all)["agreement"]
    private = do(room.chair, "draft_agreement", **{**open_to_all, "openness": "parties_only"})["agreement"]
    ended = room.decision(goal, version=2)
    room.stance(room.everybody[0], ended, "for")
    do(room.chair, "edit_goal", goal=goal, version=2, title="20 procent mere økologi i skolemaden")
    for on, version, for_all in ((goal, 3, False), (agreement, 1, True), (private, 1, False)):
        decision = room.decision(on, version=version)
        for number, person in enumerate(room.everybody):
            if for_all and number % 12 > 8:
                continue
            kinds = ("for",) if for_all else ("for", "for", "reservation", "for", "for", "against", "for", "blank")
            stance = kinds[number % len(kinds)] if number % 12 not in (1, 3) or for_all else "against"
            room.stance(person, decision, stance, "Kun i år" if stance == "reservation" else None)
        do(room.chair, "close_decision", decision=decision)
    room.correct(agreement, "disagreement", "Vi mødes igen.", 1)


@cache
def _played() -> tuple[bytes, Room]:
    def played() -> Room:
        play(room := _empty())
        return room

    return kept(played)


@contextmanager
def played_room() -> Iterator[Room]:
    """The room in which everything was played, with an application around it."""
    with opened_again(_played()) as played:
        yield played


@cache
def documents() -> tuple[Document, Document]:
    """The JSON file of a played programme: the organiser's and the public one."""
    with played_room() as played:
        workshop = db.session.get_one(Workshop, played.id)
        whole, public = (json.loads(export(workshop, "json", public=public)[2]) for public in (False, True))
    return whole, public


@cache
def _written(public: bool) -> bytes:
    return pickle.dumps(documents()[public])


def copied(written: bytes) -> Document:
    """A copy of a pickled document: reading it takes a tenth of the time of `copy.deepcopy`, and tests take hundreds."""
    found: Document = pickle.loads(written)
    return found


def document(public: bool = False) -> Document:
    """A copy to do something to."""
    return copied(_written(public))


def play_openly(room: Room) -> None:
    """Votes in which politicians vote by name because it was said, researchers because all of them agreed, and everybody;
    with the papers of the citizens printed and withheld; and one politician whose name and words were erased."""
    ideas, goals = room.ideas(4), [room.do(room.chair, "draft_goal", **GOAL)["goal"] for _ in range(3)]
    for group in ("politicians", "researchers", "citizens"):
        for number, person in enumerate(room.people[group]):
            perform(person, "set_name", {"name": f"{group.capitalize()} {number:02}"})
    _step(room, openness="some_open", open_groups=["politicians"])
    _all_agree(room, "researchers")
    vote(room, "approval", ideas, lambda number: {ideas[place]: 1 for place in ALIKE[number % 4]}, seats=2, choices=2)
    _all_agree(room, "researchers")
    vote(room, "dots", ideas[:2], lambda number: {ideas[0]: 2, ideas[1]: number % 2}, dots=5, seats=1)
    _decide(room, goals[0], lambda number: ("for", "reservation", "for", "against")[number % 4])
    _decide(room, goals[1], lambda number: "against" if number == 13 else "for")
    _step(room, openness="open")
    vote(room, "positions", ideas[:2], lambda number: {ideas[0]: ("agree", "pass", "disagree")[number % 3]})
    _decide(room, goals[2], lambda number: ("blank", "for")[number % 2])
    perform(room.people["politicians"][1], "erase_me", {})


def _step(room: Room, **settings: Any) -> None:
    step = room.do(room.chair, "add_step", kind="decisions", settings=settings)["step"]
    room.do(room.chair, "start_step", step=step)


def _all_agree(room: Room, key: str) -> None:
    wanted = select(Group).where(Group.workshop_id == room.id, Group.key == key)
    group = db.session.scalars(wanted).one().record_id
    room.do(room.chair, "ask_open_vote", group=group)
    for person in room.people[key]:
        room.do(person, "answer_open_vote", group=group, agree=True)


def _decide(room: Room, on: str, stance_of: Callable[[int], str]) -> None:
    decision = room.decision(on)
    for number, person in enumerate(room.everybody):
        stance = stance_of(number)
        room.stance(person, decision, stance, f"Ord {number}" if stance in ("reservation", "against") else None)
    room.do(room.chair, "close_decision", decision=decision)


@cache
def _played_openly() -> tuple[bytes, Room]:
    names = {"citizens": ("Borgere", 12), "politicians": ("Byråd", 8), "researchers": ("Forskere", 3)}

    def play() -> Room:
        groups = [{"key": key, "name": {"da": name, "en": key.capitalize()}} for key, (name, _) in names.items()]
        room = Room({key: size for key, (_, size) in names.items()}, groups=groups)
        play_openly(room)
        return room

    return kept(play)


@contextmanager
def open_room() -> Iterator[Room]:
    """The room in which some voted openly, with an application around it."""
    with opened_again(_played_openly()) as played:
        yield played


@cache
def _open_document() -> bytes:
    with open_room() as played:
        return pickle.dumps(json.loads(export(db.session.get_one(Workshop, played.id), "json")[2]))


def open_document() -> Document:
    """A copy of the JSON file of a room in which some voted openly."""
    return copied(_open_document())


def stamped(document: Document) -> Document:
    """The file with its own fingerprint made anew, as somebody who knows the program would."""
    proof = {name: value for name, value in document["proof"].items() if name != "file_hash"}
    return {**document, "proof": {**proof, "file_hash": fingerprint({**document, "proof": proof})}}


def chained(document: Document) -> Document:
    """The file with the whole journal made anew too: what the journal says of texts and results fits what stands there."""
    proof = document["proof"]
    for text in proof["versions"]:
        if text["content"] is not None:
            text["text_hash"] = fingerprint(text["content"])
    texts = {(text["subject"], text["version"]): text for text in proof["versions"]}
    votes = {vote["id"]: vote for vote in (*proof["ballots"], *proof["decisions"])}
    previous = START
    for entry in proof["journal"]["entries"]:
        told = entry["proof"]
        for text in told.get("texts", ()):
            printed = texts.get((text["subject"], text["version"]), {})
            text |= {name: printed[name] for name in text.keys() & printed.keys()}
        _retold(told, votes.get(told.get("ballot") or told.get("decision")))
        if "lot_seed" in told:
            told["lot_seed"] = proof["lot_seed"]
        previous = entry["hash"] = link(previous, entry)
    proof["journal"]["last_hash"] = document["provenance"]["journal_hash"] = previous
    proof["journal"]["count"] = document["provenance"]["journal_entries"] = len(proof["journal"]["entries"])
    return stamped(document)


def _retold(told: Document, vote: Document | None) -> None:
    if vote is None or vote["terms"] is None:
        return
    if "terms" in told:
        told["terms"] = {**vote["terms"], **({"eligible": None} if told["terms"]["eligible"] is None else {})}
    if "named_hash" in told:
        sealed = [{name: one for name, one in paper.items() if name not in SEALED} for paper in vote["named_papers"]]
        told["named_hash"] = fingerprint(sealed)
    if "result_hash" in told:
        told["result_hash"] = fingerprint(vote["result"])
    if "papers_hash" in told and vote["papers"] is not None:
        told["papers_hash"] = fingerprint(vote["papers"])


def faults(document: Any, **known: Any) -> set[str]:
    """The keys of all faults that the checker finds."""
    return {key for kind, key, _ in check(document, **known).lines if kind == "fault"}


def assert_found(changed: Document, expected: set[str]) -> None:
    """A change is found though the file is stamped anew: by one of the expected faults, and not by the file's fingerprint."""
    keys = faults(stamped(changed))
    assert "file.hash" not in keys
    assert keys & expected, keys


def said(document: Any, kind: str) -> set[tuple[str, str]]:
    """What the checker says of that kind, with the record it is about."""
    return {(key, str(facts.get("id", ""))) for one, key, facts in check(document).lines if one == kind}
