"""How ballots and decisions are seen: every audience sees the same, and no count of votes before it is published.

Which counts a result contains is decided when it is made (docs/rules.md section 7). Here the names of those who voted openly
are added, as long as they are kept.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from workshop.clock import stamp
from workshop.extensions import db
from workshop.models import Ballot, Decision, NamedPaper, Step, Turnout, Vote, served
from workshop.models.votes import vote_by
from workshop.rules.disclosure import as_published
from workshop.rules.fingerprints import without_contacts
from workshop.rules.groups import split_key
from workshop.rules.openness import few_in_secret
from workshop.screens import turnout
from workshop.screens.kinds import Record, kind
from workshop.screens.view import View


@kind(Ballot)
def present_ballot(ballot: Ballot, view: View) -> Record:
    """Returns a ballot. The order of its options has no meaning; each phone shuffles them."""
    return {
        "id": ballot.record_id,
        "kind": "ballot",
        "step": Step.record_id_of(ballot.step_id),
        "title": ballot.title,
        "method": ballot.method,
        "options": list(ballot.options),
        "dropped": len(ballot.dropped),
        "settings": dict(ballot.settings),
        "state": ballot.state,
        "opened_at": stamp(ballot.opened_at),
        "ends_at": stamp(ballot.ends_at),
        "closed_at": stamp(ballot.closed_at),
        "pools": _pools(ballot.effective),
        "absent": list(ballot.absent),
        **turnout.of_ballot(ballot, view),
        **_openness(ballot),
        "result": _result(ballot) if ballot.state == "published" else None,
    }


def _is_of_the_room(decision: Decision, _view: View) -> bool:
    """Returns whether people in the room decide. A decision by the cards is shown with its item (`screens.reopened`)."""
    return decision.electorate != "cards"


@kind(Decision, was_seen=_is_of_the_room)
def present_decision(decision: Decision, view: View) -> Record | None:
    """Returns a decision on one version of a text; None for a decision by the cards. The result includes the reasons for
    reservations and dissent: with the name for those who voted openly, without name and group for all others."""
    if not _is_of_the_room(decision, view):
        return None
    return {
        "id": decision.record_id,
        "kind": "decision",
        "step": Step.record_id_of(decision.step_id),
        "subject": decision.text_id,
        "subject_version": decision.text_version,
        "subject_edition": view.edition(decision.text_id, decision.text_version),
        "text_hash": decision.text_hash,
        "goals": _goals(decision, view),
        "settings": dict(decision.rules),
        "electorate": decision.electorate,
        "state": decision.state,
        "closed_because": decision.closed_because,
        "opened_at": stamp(decision.opened_at),
        "ends_at": stamp(decision.ends_at),
        "closed_at": stamp(decision.closed_at),
        "pools": _pools(decision.effective),
        "absent": list(decision.absent),
        **turnout.of_decision(decision),
        **_openness(decision),
        "few_in_secret": few_in_secret(decision.eligible, decision.openness, decision.privacy_minimum),
        "result": _result(decision) if decision.state == "closed" else None,
    }


def _goals(decision: Decision, view: View) -> list[Record] | None:
    """Returns the goals that an agreement was decided on with; None for a goal. Their words are included once the decision is
    closed. While it is open they are those of the goals' own records, because a change of a goal ends the decision; without
    them the record, which is sent often, stays short."""
    if decision.goals is None:
        return None
    voted = served.wordings_voted_on(decision) if decision.state == "closed" else {}
    return [
        {
            "goal": goal["goal"],
            "version": goal["version"],
            "edition": view.edition(goal["goal"], goal["version"]),
            "words": without_contacts(voted[goal["goal"]].content) if goal["goal"] in voted else None,
        }
        for goal in decision.goals
    ]


def present_vote(record_id: str, view: View) -> Record | None:
    """Returns the record of the ballot or decision with this record id; None where there is none."""
    vote = vote_by(record_id)
    if vote is None:
        return None
    return present_ballot(vote, view) if isinstance(vote, Ballot) else present_decision(vote, view)


@kind(Turnout)
def present_turnout(row: Turnout, view: View) -> Record | None:
    """Returns the turnout of an open vote, with the same fields as in the vote's own record; None once the vote has ended."""
    vote = vote_by(row.vote_id)
    if vote is None or vote.state != "open":
        return None
    counts = turnout.of_ballot(vote, view) if isinstance(vote, Ballot) else turnout.of_decision(vote)
    return {"id": row.record_id, "kind": "turnout", "on": row.vote_id, **counts}


def _openness(vote: Vote) -> Record:
    """Returns which groups vote by name, and why: declared for the step, or agreed to by every member."""
    openness = vote.openness
    return {
        "openness": openness.declared,
        "open_groups": sorted({*openness.groups, *openness.agreed, *vote.open_groups}),
        "agreed_groups": list(openness.agreed),
    }


def _result(vote: Vote) -> Record | None:
    """Returns the published result, with the votes by name where groups voted openly; None without a result."""
    if not vote.result:
        return None
    return as_published(vote.result, vote.open_groups) | ({"by_name": by_name(vote)} if vote.open_groups else {})


def by_name(vote: Vote) -> list[Record]:
    """Returns `[{name, group, choices}]` of a ballot, `[{name, group, stance, reason?}]` of a decision: the votes of its open
    groups, sorted by group and name. `name` is None where none was given or it has been erased. Only for a vote that has been
    published."""
    papers = db.session.scalars(select(NamedPaper).where(NamedPaper.vote_id == vote.record_id, NamedPaper.key.is_not(None)))
    return [_named(paper) for paper in sorted(papers, key=_place)]


def _place(paper: NamedPaper) -> tuple[Any, ...]:
    return paper.group, paper.name is None, (paper.name or "").casefold(), paper.key


def _named(paper: NamedPaper) -> Record:
    said = {"name": paper.name, "group": paper.group}
    if "stance" not in paper.content:
        return said | {"choices": dict(paper.content)}
    return said | {"stance": paper.content["stance"]} | ({"reason": paper.reason} if paper.reason else {})


def _pools(effective: dict[str, Any]) -> list[list[str]]:
    """Returns the effective groups, each as its declared keys."""
    return [list(split_key(key)) for key in sorted(set(effective.values()))]
