"""`mine`: what one person sees of their own things, always sent whole (docs/protocol.md).

It is read for one person with an answer, and for many at once after a change that concerns many. The number of statements is
the same for a thousand people as for one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

from sqlalchemy import BindParameter, bindparam, exists, select

from workshop.extensions import db
from workshop.identity import HELPER, Actor
from workshop.models import (
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
    Participant,
    Participation,
    Step,
    kept,
    text_versions,
)
from workshop.models.votes import VOTES
from workshop.screens.became import became
from workshop.screens.papers import own_papers
from workshop.screens.seats import seats

_OWN = (Idea, IdeaSupport, Comment, Participation, NamedPaper, Commitment, Amendment, Objection, ConsentGiven)
#: one field of `mine`, by the number of the person; people who have nothing in it are missing
Field = dict[int, Any]
People = Collection[int]


def _existence() -> Any:
    """Returns the statement of `_tables_with_rows`. Building it costs more than running it, so it is built once."""
    people: BindParameter[int] = bindparam("people", expanding=True)
    workshop: BindParameter[int] = bindparam("workshop")
    goal, group = Goal.__table__.c, Group.__table__.c
    wanted: list[Any] = [exists().where(model.__table__.c.participant_id.in_(people)) for model in _OWN]
    wanted.append(exists().where(goal.workshop_id == workshop, goal.state != "dropped"))
    votes = [vote.__table__.c for vote in (Ballot, Decision)]
    wanted += [exists().where(vote.workshop_id == workshop, vote.state == "open") for vote in votes]
    wanted.append(exists().where(group.workshop_id == workshop, group.asked_openly.is_(True)))
    return select(*wanted)


def _of(model: Any, *names: str) -> Any:
    """Returns the statement that selects these columns of the people's rows."""
    columns = model.__table__.c
    people: BindParameter[int] = bindparam("people", expanding=True)
    return select(*(columns[name] for name in names)).where(columns.participant_id.in_(people))


_EXISTENCE = _existence()
_PEOPLE = select(
    *(
        Participant.__table__.c[name]
        for name in ("id", "workshop_id", "group_id", "agrees_openly", "ready", "has_card", "mine_seq")
    )
).where(Participant.__table__.c.id.in_(bindparam("people", expanding=True)))
_VOTED = _of(Participation, "participant_id", "subject", "voted")
_BY_NAME = _of(NamedPaper, "participant_id", "subject", "keep")
_IDEAS = _of(
    Idea,
    *("participant_id", "id", "state", "step_id", "text", "why", "builds_on_id", "hidden_reason", "asked_again"),
    *("merged_into_id", "by_helper"),
).order_by(Idea.__table__.c.id)


def mine(actor: Actor) -> dict[str, Any]:
    """Returns `{ideas, drafts, ballots, stances, commitments, ready, …}` of the person; for a helper's device its seats; for
    any other actor an empty object. A person's ballots and stances are found while the vote is open: secret ones by the
    personal code that the connection holds, open ones by the person."""
    return mine_of([actor])[0]


def mine_of(actors: Sequence[Actor]) -> list[dict[str, Any]]:
    """Returns the `mine` of each of these actors, all of one workshop, in their order."""
    numbers = sorted({actor.participant_id for actor in actors if actor.participant_id is not None})
    people = {person.id: person for person in _people(numbers)}
    own = _read(actors, people) if people else None
    found: list[dict[str, Any]] = []
    for actor in actors:
        if own is not None and actor.participant_id is not None:
            found.append(own(actor, people[actor.participant_id]))
        else:
            found.append(seats(actor) if actor.role == HELPER else {})
    return found


def _people(numbers: list[int]) -> list[Any]:
    """Returns the columns of these people that `mine` shows."""
    return list(kept.rows(_PEOPLE, people=numbers)) if numbers else []


def _read(actors: Sequence[Actor], people: dict[int, Any]) -> Callable[[Actor, Any], dict[str, Any]]:
    """Reads everything that any of these people have, and returns a function that makes the `mine` of one of them."""
    workshop_id = next(iter(people.values())).workshop_id
    there = _tables_with_rows(people, workshop_id)
    reach = became(workshop_id, Goal in there) if {Idea, IdeaSupport} & there else None
    ideas = _ideas(people, reach) if Idea in there else {}
    supports = _supports(people, reach) if IdeaSupport in there else {}
    comments = _hidden_comments(people) if Comment in there else {}
    # Where each person may vote, and whether a vote has been cast; the votes cast by name, and whether the name stays.
    votes = [own_papers(actors, model, workshop_id, NamedPaper in there) if model in there else {} for model in VOTES]
    voted = _pairs(_VOTED, people) if Participation in there else {}
    by_name = _pairs(_BY_NAME, people) if NamedPaper in there else {}
    asked = _asked(workshop_id) if Group in there else set()
    commitments = _commitments(people) if Commitment in there else {}
    amendments = _amendments(people) if Amendment in there else {}
    confirming = _may_confirm(people, workshop_id) if Amendment in there else {}
    objections = _objections(people) if Objection in there else {}
    consents = _consents(people) if ConsentGiven in there else {}

    def one(actor: Actor, person: Any) -> dict[str, Any]:
        number = person.id
        return {
            "ideas": ideas.get(number, {}),
            "supports": supports.get(number, {}),
            "comments": comments.get(number, {}),
            "drafts": {},
            "ballots": votes[0].get(actor, {}),
            "stances": votes[1].get(actor, {}),
            "voted": voted.get(number, {}),
            "by_name": by_name.get(number, {}),
            "open_vote": _open_vote(person) if person.group_id in asked else None,
            "commitments": commitments.get(number, {}),
            "amendments": amendments.get(number, {}),
            "may_confirm": confirming.get(number, []),
            "objections": objections.get(number, []),
            "consents": consents.get(number, []),
            "ready": person.ready,
            "card": person.has_card,
            "group": Group.record_id_of(person.group_id),
            "seq": person.mine_seq,
        }

    return one


def _tables_with_rows(people: People, workshop_id: int) -> set[Any]:
    """Returns the models that have rows to be read: rows of these people, goals, open votes, and groups that are asked
    whether they vote openly. One statement finds out, so that no statement is run for an empty table."""
    row = kept.row(_EXISTENCE, people=list(people), workshop=workshop_id)
    return {model for model, found in zip((*_OWN, Goal, Ballot, Decision, Group), row, strict=True) if found}


def _ideas(people: People, reach: Any) -> Field:
    found: Field = {}
    for idea in kept.rows(_IDEAS, people=list(people)):
        found.setdefault(idea.participant_id, {})[Idea.record_id_of(idea.id)] = {
            "state": idea.state,
            "step": Step.record_id_of(idea.step_id),
            "text": idea.text,
            "why": idea.why,
            "builds_on": Idea.record_id_of(idea.builds_on_id),
            "hidden_reason": idea.hidden_reason,
            "asked_again": idea.asked_again is not None,
            "by_helper": idea.by_helper,
            "became": reach(idea),
        }
    return found


def _supports(people: People, reach: Any) -> Field:
    """Returns the ideas of others that each person supports, and what became of them. An idea that was hidden or withdrawn
    since then is without its text."""
    rows = db.session.execute(
        select(IdeaSupport.participant_id, Idea)
        .join(Idea, Idea.id == IdeaSupport.idea_id)
        .where(IdeaSupport.participant_id.in_(people))
        .order_by(Idea.id)
    )
    found: Field = {}
    for person, idea in rows:
        found.setdefault(person, {})[Idea.record_id_of(idea.id)] = {
            "state": idea.state,
            "text": idea.text if idea.state in ("open", "merged") else None,
            "became": reach(idea),
        }
    return found


def _hidden_comments(people: People) -> Field:
    found: Field = {}
    for row in db.session.scalars(select(Comment).where(Comment.participant_id.in_(people)).order_by(Comment.id)):
        told = {"state": row.state, "hidden_reason": row.hidden_reason}
        found.setdefault(row.participant_id or 0, {})[row.record_id] = told
    return found


def _pairs(statement: Any, people: People) -> Field:
    """Returns `{key: value}` by person, from a statement with the columns `(person, key, value)`."""
    found: Field = {}
    for person, key, value in kept.rows(statement, people=list(people)):
        found.setdefault(person, {})[key] = value
    return found


def _asked(workshop_id: int) -> set[int]:
    """Returns the numbers of the groups that are asked whether they vote openly in the next vote."""
    return set(db.session.scalars(select(Group.id).where(Group.workshop_id == workshop_id, Group.asked_openly.is_(True))))


def _open_vote(person: Any) -> dict[str, Any]:
    """Returns `{group, agree}`: the person's group, and the answer to whether it votes openly in the next vote."""
    return {"group": Group.record_id_of(person.group_id), "agree": person.agrees_openly}


def _commitments(people: People) -> Field:
    found: Field = {}
    for row in db.session.scalars(select(Commitment).where(Commitment.participant_id.in_(people))):
        found.setdefault(row.participant_id, {})[row.on] = {
            "id": row.record_id,
            "standing": row.standing,
            "words": row.words,
            "named": row.name is not None,
            "keep": row.keep,
        }
    return found


def _amendments(people: People) -> Field:
    found: Field = {}
    for row in db.session.scalars(select(Amendment).where(Amendment.participant_id.in_(people)).order_by(Amendment.id)):
        told = {"state": row.state, "answer": row.answer, "on": row.on, "field": row.field, "stale": row.stale}
        found.setdefault(row.participant_id or 0, {})[row.record_id] = told
    return found


def _may_confirm(people: People, workshop_id: int) -> Field:
    """Returns the open corrections of the language that each person may confirm, because they correct words the person
    proposed."""
    rows = db.session.scalars(
        select(Amendment).where(
            Amendment.workshop_id == workshop_id, Amendment.variant == "language", Amendment.state == "open"
        )
    ).all()
    found: Field = {}
    for row in rows:
        person = text_versions.who_may_confirm(row)
        if person is not None and person in people:
            found.setdefault(person, []).append(row.record_id)
    return found


def _objections(people: People) -> Field:
    found: Field = {}
    for row in db.session.scalars(select(Objection).where(Objection.participant_id.in_(people)).order_by(Objection.id)):
        found.setdefault(row.participant_id or 0, []).append(row.record_id)
    return found


def _consents(people: People) -> Field:
    wanted = select(ConsentGiven.participant_id, ConsentGiven.consent_id).where(ConsentGiven.participant_id.in_(people))
    found: Field = {}
    for person, consent in db.session.execute(wanted.order_by(ConsentGiven.consent_id)):
        found.setdefault(person, []).append(Consent.record_id_of(consent))
    return found
