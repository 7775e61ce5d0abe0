"""Reads the ballot papers that people have cast in open votes, secret ones and those by name, for these people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, select

from workshop import identity, secrecy
from workshop.extensions import db
from workshop.identity import Actor
from workshop.models import Ballot, BallotPaper, Decision, NamedPaper, kept

#: what was chosen, by the record id of the vote
Chosen = dict[str, Any]
_paper = BallotPaper.__table__.c
_SECRET = select(_paper.subject, _paper.key, _paper.content).where(
    _paper.subject.in_(bindparam("votes", expanding=True)), _paper.key.in_(bindparam("keys", expanding=True))
)
_OPEN = {
    model.kind: select(model.__table__.c.id)
    .where(model.__table__.c.workshop_id == bindparam("workshop"), model.__table__.c.state == "open")
    .order_by(model.__table__.c.id)
    for model in (Ballot, Decision)
}


def own_papers(
    actors: Sequence[Actor], model: type[Ballot] | type[Decision], workshop_id: int, by_name: bool
) -> dict[Actor, Chosen]:
    """Returns what each actor has chosen in the open ballots or decisions of the workshop. Secret papers are found by the
    personal code that the connection holds; papers by name are read only if `by_name` says that there are any."""
    vote_ids = [model.record_id_of(number) for (number,) in kept.rows(_OPEN[model.kind], workshop=workshop_id)]
    people = {actor.participant_id for actor in actors if actor.participant_id is not None}
    named = _named(people, vote_ids) if by_name else {}
    secret = _secret({actor.personal_code for actor in actors if actor.personal_code is not None}, vote_ids)
    return {actor: named.get(actor.participant_id or 0, {}) | secret.get(actor.personal_code or "", {}) for actor in actors}


def _secret(codes: set[str], vote_ids: list[str]) -> dict[str, Chosen]:
    """Returns the choices on secret papers by the personal code, with one statement for all codes and votes."""
    whose = {secrecy.ballot_key(identity.secret(), vote_id, code): code for vote_id in vote_ids for code in codes}
    if not whose:
        return {}
    found: dict[str, Chosen] = {}
    for vote_id, key, content in kept.rows(_SECRET, votes=vote_ids, keys=list(whose)):
        found.setdefault(whose[key], {})[vote_id] = dict(content)
    return found


def _named(people: set[int], vote_ids: list[str]) -> dict[int, Chosen]:
    rows = db.session.scalars(
        select(NamedPaper).where(NamedPaper.participant_id.in_(people), NamedPaper.vote_id.in_(vote_ids))
    )
    found: dict[int, Chosen] = {}
    for paper in rows:
        words = {"reason": paper.reason} if "stance" in paper.content else {}
        found.setdefault(paper.participant_id, {})[paper.vote_id] = {**paper.content, **words}
    return found
