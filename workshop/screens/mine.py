"""`mine`: what one person sees as the own, always whole and small (docs/protocol.md)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, exists, select

from .. import identity, secrecy
from ..extensions import db
from ..identity import HELPER, Actor
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
    Group,
    Idea,
    IdeaSupport,
    NamedPaper,
    Objection,
    Paper,
    Participant,
    Participation,
    wordings,
)
from .seats import seats

_OWN = (Idea, IdeaSupport, Comment, Participation, NamedPaper, Commitment, Amendment, Objection, ConsentGiven)


def _there_is() -> Any:
    """Made once: putting a statement together costs more than running it."""
    person, workshop = bindparam("person"), bindparam("workshop")
    wanted: list[Any] = [exists().where(model.participant_id == person) for model in _OWN]
    wanted.append(exists().where(Goal.workshop_id == workshop, Goal.state != "dropped"))
    wanted += [exists().where(vote.workshop_id == workshop, vote.state == "open") for vote in (Ballot, Decision)]
    wanted.append(exists().where(Group.workshop_id == workshop, Group.asked_openly.is_(True)))
    return select(*wanted)


_THERE_IS = _there_is()


def mine(actor: Actor) -> dict[str, Any]:
    """`{ideas, drafts, ballots, stances, commitments, ready, …}` of the person; of a helper's device its seats; empty for
    other actors who are nobody in the room. The own ballots and stances are found while the vote is open: secret ones by
    the personal code the connection holds, open ones by the person."""
    if actor.participant_id is None:
        return seats(actor) if actor.role == HELPER else {}
    person = db.session.get_one(Participant, actor.participant_id)
    there = _what_there_is(person)
    return {
        "ideas": _ideas(person, Goal in there) if Idea in there else {},
        "supports": _supports(person, Goal in there) if IdeaSupport in there else {},
        "comments": _hidden_comments(person) if Comment in there else {},
        "drafts": {},
        "ballots": _papers(actor, Ballot, person, NamedPaper in there) if Ballot in there else {},
        "stances": _papers(actor, Decision, person, NamedPaper in there) if Decision in there else {},
        "voted": _voted(person) if Participation in there else {},
        "by_name": _by_name(person) if NamedPaper in there else {},
        "open_vote": _open_vote(person) if Group in there else None,
        "commitments": _commitments(person) if Commitment in there else {},
        "amendments": _amendments(person) if Amendment in there else {},
        "may_confirm": _may_confirm(person) if Amendment in there else [],
        "objections": _objections(person) if Objection in there else [],
        "consents": _consents(person) if ConsentGiven in there else [],
        "ready": person.ready,
        "seq": person.mine_seq,
    }


def _what_there_is(person: Participant) -> set[Any]:
    """The tables that hold something of this person, a vote that is open, a group that is asked: one statement instead of
    ten."""
    row = db.session.execute(_THERE_IS, {"person": person.id, "workshop": person.workshop_id}).one()
    return {model for model, found in zip((*_OWN, Goal, Ballot, Decision, Group), row, strict=True) if found}


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
        Idea.by_helper,
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
            "by_helper": idea.by_helper,
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


def _supports(person: Participant, has_goals: bool) -> dict[str, Any]:
    """The ideas of others that the person supports, and what became of them; without the words of one that was hidden or
    taken back since."""
    rows = db.session.scalars(
        select(Idea)
        .join(IdeaSupport, IdeaSupport.idea_id == Idea.id)
        .where(IdeaSupport.participant_id == person.id)
        .order_by(Idea.id)
    )
    became = _became(person.workshop_id) if has_goals else _merged_only
    return {
        idea.record_id: {
            "state": idea.state,
            "text": idea.text if idea.state in ("open", "merged") else None,
            "became": became(idea),
        }
        for idea in rows
    }


def _hidden_comments(person: Participant) -> dict[str, Any]:
    rows = db.session.scalars(select(Comment).where(Comment.participant_id == person.id))
    return {row.record_id: {"state": row.state, "hidden_reason": row.hidden_reason} for row in rows}


def _papers(actor: Actor, model: Any, person: Participant, by_name: bool) -> dict[str, Any]:
    here = model.workshop_id == person.workshop_id
    numbers = db.session.scalars(select(model.id).where(here, model.state == "open"))
    subjects = [f"{model.kind}:{number}" for number in numbers]
    found = _open_papers(person, subjects) if by_name else {}
    for subject in subjects if actor.personal_code is not None else []:
        key = secrecy.ballot_key(identity.secret(), subject, actor.personal_code)
        content = db.session.scalar(select(Paper.content).where(Paper.subject == subject, Paper.key == key))
        if content is not None:
            found[subject] = dict(content)
    return found


def _open_papers(person: Participant, subjects: list[str]) -> dict[str, Any]:
    rows = db.session.scalars(
        select(NamedPaper).where(NamedPaper.participant_id == person.id, NamedPaper.subject.in_(subjects))
    )
    return {
        paper.subject: {**paper.content, **({"reason": paper.reason} if "stance" in paper.content else {})} for paper in rows
    }


def _voted(person: Participant) -> dict[str, bool]:
    """Where this person may vote, and whether a vote has been cast: record id to bool."""
    wanted = select(Participation.subject, Participation.voted).where(Participation.participant_id == person.id)
    return dict(db.session.execute(wanted).all())


def _by_name(person: Participant) -> dict[str, bool]:
    """The votes cast by name, open and closed, and whether the name stays when names are erased."""
    wanted = select(NamedPaper.subject, NamedPaper.keep).where(NamedPaper.participant_id == person.id)
    return dict(db.session.execute(wanted).all())


def _open_vote(person: Participant) -> dict[str, Any] | None:
    """`{group, agree}` while the own group is asked whether it votes openly in the next vote, else None."""
    group = db.session.get_one(Group, person.group_id)
    return {"group": group.record_id, "agree": person.agrees_openly} if group.asked_openly else None


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
    return {
        row.record_id: {"state": row.state, "answer": row.answer, "on": row.on, "field": row.field, "stale": row.stale}
        for row in rows
    }


def _may_confirm(person: Participant) -> list[str]:
    """Corrections of words that the person proposed, which wait for somebody to confirm them."""
    rows = db.session.scalars(
        select(Amendment).where(
            Amendment.workshop_id == person.workshop_id, Amendment.sort == "language", Amendment.state == "open"
        )
    ).all()
    return [row.record_id for row in rows if wordings.may_confirm(row, person.id)]


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
