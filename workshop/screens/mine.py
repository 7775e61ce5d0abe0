"""`mine`: what one person sees as the own, always whole and small (docs/protocol.md)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, exists, select

from .. import identity, secrecy
from ..extensions import db
from ..identity import Actor
from ..models import (
    Agreement,
    Amendment,
    Ballot,
    Comment,
    Commitment,
    Consent,
    ConsentGiven,
    Decision,
    Goal,
    Idea,
    Objection,
    Paper,
    Participant,
    Participation,
)

_OWN = (Idea, Comment, Participation, Commitment, Amendment, Objection, ConsentGiven)


def _there_is() -> Any:
    """Made once: putting a statement together costs more than running it."""
    person, workshop = bindparam("person"), bindparam("workshop")
    wanted: list[Any] = [exists().where(model.participant_id == person) for model in _OWN]
    wanted.append(exists().where(Goal.workshop_id == workshop, Goal.state != "dropped"))
    wanted += [exists().where(vote.workshop_id == workshop, vote.state == "open") for vote in (Ballot, Decision)]
    return select(*wanted)


_THERE_IS = _there_is()


def mine(actor: Actor) -> dict[str, Any]:
    """`{ideas, drafts, ballots, stances, commitments, ready, …}` of the person; empty for actors who are nobody in the
    room. The own ballots and stances are found by the personal code the connection holds, while the vote is open."""
    if actor.participant_id is None:
        return {}
    person = db.session.get_one(Participant, actor.participant_id)
    there = _what_there_is(person)
    return {
        "ideas": _ideas(person, Goal in there) if Idea in there else {},
        "comments": _hidden_comments(person) if Comment in there else {},
        "drafts": {},
        "ballots": _papers(actor, Ballot, person.workshop_id) if Ballot in there else {},
        "stances": _papers(actor, Decision, person.workshop_id) if Decision in there else {},
        "voted": _voted(person) if Participation in there else {},
        "commitments": _commitments(person) if Commitment in there else {},
        "amendments": _amendments(person) if Amendment in there else {},
        "objections": _objections(person) if Objection in there else [],
        "consents": _consents(person) if ConsentGiven in there else [],
        "ready": person.ready,
        "seq": person.mine_seq,
    }


def _what_there_is(person: Participant) -> set[Any]:
    """The tables that hold something of this person, or a vote that is open: one statement instead of ten."""
    row = db.session.execute(_THERE_IS, {"person": person.id, "workshop": person.workshop_id}).one()
    return {model for model, found in zip((*_OWN, Goal, Ballot, Decision), row, strict=True) if found}


def _ideas(person: Participant, has_goals: bool) -> dict[str, Any]:
    columns = (
        Idea.id,
        Idea.state,
        Idea.step_id,
        Idea.text,
        Idea.why,
        Idea.builds_on_id,
        Idea.hidden_reason,
        Idea.asked_again,
        Idea.merged_into_id,
    )
    rows = db.session.execute(select(*columns).where(Idea.participant_id == person.id)).all()
    became = _became(person.workshop_id) if has_goals else _merged_only
    return {
        f"idea:{idea.id}": {
            "state": idea.state,
            "step": f"step:{idea.step_id}" if idea.step_id else None,
            "text": idea.text,
            "why": idea.why,
            "builds_on": f"idea:{idea.builds_on_id}" if idea.builds_on_id else None,
            "hidden_reason": idea.hidden_reason,
            "asked_again": idea.asked_again is not None,
            "became": became(idea),
        }
        for idea in rows
    }


def _became(workshop_id: int) -> Any:
    """A function from an idea to the ids of what it became: the idea it was merged into, goals, agreements."""
    goals: dict[str, list[str]] = {}
    for goal in db.session.scalars(select(Goal).where(Goal.workshop_id == workshop_id, Goal.state != "dropped")):
        for idea_id in goal.content.get("from_ideas") or []:
            goals.setdefault(idea_id, []).append(goal.record_id)
    agreements: dict[str, list[str]] = {}
    for agreement in db.session.scalars(
        select(Agreement).where(Agreement.workshop_id == workshop_id, Agreement.state != "dropped")
    ):
        for goal_id in agreement.content.get("goals") or []:
            agreements.setdefault(goal_id, []).append(agreement.record_id)

    def trail(idea: Any) -> list[str]:
        into = _merged_only(idea)
        reached = [goal for record_id in (f"idea:{idea.id}", *into) for goal in goals.get(record_id, [])]
        carried = [agreement for goal in reached for agreement in agreements.get(goal, [])]
        return list(dict.fromkeys([*into, *reached, *carried]))

    return trail


def _merged_only(idea: Any) -> list[str]:
    """What an idea became before there are goals: the idea it was laid together with."""
    return [f"idea:{idea.merged_into_id}"] if idea.merged_into_id else []


def _hidden_comments(person: Participant) -> dict[str, Any]:
    rows = db.session.scalars(select(Comment).where(Comment.participant_id == person.id))
    return {row.record_id: {"state": row.state, "hidden_reason": row.hidden_reason} for row in rows}


def _papers(actor: Actor, model: Any, workshop_id: int) -> dict[str, Any]:
    if actor.personal_code is None:
        return {}
    subjects = [
        f"{model.kind}:{number}"
        for number in db.session.scalars(select(model.id).where(model.workshop_id == workshop_id, model.state == "open"))
    ]
    found: dict[str, Any] = {}
    for subject in subjects:
        key = secrecy.ballot_key(identity.secret(), subject, actor.personal_code)
        content = db.session.scalar(select(Paper.content).where(Paper.subject == subject, Paper.key == key))
        if content is not None:
            found[subject] = dict(content)
    return found


def _voted(person: Participant) -> dict[str, bool]:
    """Where this person may vote, and whether a vote has been cast: record id to bool."""
    wanted = select(Participation.subject, Participation.voted).where(Participation.participant_id == person.id)
    return dict(db.session.execute(wanted).all())


def _commitments(person: Participant) -> dict[str, Any]:
    rows = db.session.scalars(select(Commitment).where(Commitment.participant_id == person.id))
    return {
        row.on: {
            "id": row.record_id,
            "standing": row.standing,
            "words": row.words,
            "named": row.name is not None,
            "keep": row.keep,
        }
        for row in rows
    }


def _amendments(person: Participant) -> dict[str, Any]:
    rows = db.session.scalars(select(Amendment).where(Amendment.participant_id == person.id))
    return {row.record_id: {"state": row.state, "answer": row.answer} for row in rows}


def _objections(person: Participant) -> list[str]:
    rows = db.session.scalars(select(Objection).where(Objection.participant_id == person.id))
    return [row.record_id for row in rows]


def _consents(person: Participant) -> list[str]:
    rows = db.session.scalars(
        select(Consent)
        .join(ConsentGiven, ConsentGiven.consent_id == Consent.id)
        .where(ConsentGiven.participant_id == person.id)
    )
    return [row.record_id for row in rows]
