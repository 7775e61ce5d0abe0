"""How ballots and decisions are seen: the same by everybody, and no count of votes before it is published.

What a result may tell is decided once, when it is made (docs/rules.md section 7); here it is only passed on, with the names
of those who voted openly as long as they are kept.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from ..clock import stamp
from ..extensions import db
from ..models import Ballot, Decision, NamedPaper
from ..models.votes import Vote
from ..rules import interim
from ..rules.groups import split_key
from ..rules.openness import few_in_secret
from . import turnout
from .kinds import Record, kind
from .view import View


@kind(Ballot)
def present_ballot(ballot: Ballot, view: View) -> Record:
    """A ballot. Its options stand in the order of their numbers, which means nothing; phones shuffle them."""
    return {
        "id": ballot.record_id,
        "kind": "ballot",
        "step": f"step:{ballot.step_id}" if ballot.step_id else None,
        "title": ballot.title,
        "method": ballot.method,
        "options": list(ballot.options),
        "settings": dict(ballot.settings),
        "state": ballot.state,
        "opened_at": stamp(ballot.opened_at),
        "ends_at": stamp(ballot.ends_at),
        "closed_at": stamp(ballot.closed_at),
        "pools": _pools(ballot.effective),
        "absent": list(ballot.absent),
        **turnout.of_ballot(ballot, view),
        **_openness(ballot),
        "interim": interim.published(ballot.interim, ballot.options) if ballot.state == "open" and ballot.interim else None,
        "result": _result(ballot) if ballot.state == "published" else None,
    }


@kind(Decision)
def present_decision(decision: Decision, _view: View) -> Record:
    """A decision on one version of a text. The words of reservations come with the result: of those who voted openly with
    their names, of all others without a group."""
    return {
        "id": decision.record_id,
        "kind": "decision",
        "step": f"step:{decision.step_id}" if decision.step_id else None,
        "subject": decision.subject,
        "subject_version": decision.subject_version,
        "text_hash": decision.text_hash,
        "settings": dict(decision.rules),
        "state": decision.state,
        "closed_because": decision.closed_because,
        "opened_at": stamp(decision.opened_at),
        "ends_at": stamp(decision.ends_at),
        "closed_at": stamp(decision.closed_at),
        "pools": _pools(decision.effective),
        "absent": list(decision.absent),
        **turnout.of_decision(decision),
        **_openness(decision),
        "few_in_secret": few_in_secret(decision.eligible, decision.held, decision.privacy_minimum),
        "result": _result(decision) if decision.state == "closed" else None,
    }


def _openness(vote: Vote) -> Record:
    """Who votes by name, and why: said for the step, or agreed to by every member."""
    held = vote.held
    return {
        "openness": held.declared,
        "open_groups": sorted({*held.groups, *held.agreed, *vote.open_groups}),
        "agreed_groups": list(held.agreed),
    }


def _result(vote: Ballot | Decision) -> Record | None:
    """What was published, with the open votes by name."""
    if not vote.result:
        return None
    return dict(vote.result) | ({"by_name": by_name(vote)} if vote.open_groups else {})


def by_name(vote: Vote) -> list[Record]:
    """`[{name, group, choices}]` of a ballot, `[{name, group, stance, reason?}]` of a decision: those of its open groups who
    voted, by group and name. `name` is null where it has been erased. Only for a vote that has been published."""
    papers = db.session.scalars(
        select(NamedPaper).where(NamedPaper.subject == vote.record_id, NamedPaper.key.is_not(None))
    )
    return [_named(paper) for paper in sorted(papers, key=_place)]


def _place(paper: NamedPaper) -> tuple[Any, ...]:
    return paper.group, paper.name is None, (paper.name or "").casefold(), paper.key


def _named(paper: NamedPaper) -> Record:
    said = {"name": paper.name, "group": paper.group}
    if "stance" not in paper.content:
        return said | {"choices": dict(paper.content)}
    return said | {"stance": paper.content["stance"]} | ({"reason": paper.reason} if paper.reason else {})


def _pools(effective: dict[str, Any]) -> list[list[str]]:
    """The effective groups, each as its declared keys."""
    return [list(split_key(key)) for key in sorted(set(effective.values()))]

