"""How ballots and decisions are seen: the same by everybody, and no count of votes before it is published.

What a result may tell is decided once, when it is made (docs/rules.md section 7); here it is only passed on.
"""

from __future__ import annotations

from typing import Any

from ..clock import stamp
from ..models import Ballot, Decision
from ..rules.groups import split_key
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
        "result": dict(ballot.result) if ballot.state == "published" and ballot.result else None,
    }


@kind(Decision)
def present_decision(decision: Decision, _view: View) -> Record:
    """A decision on one version of a text. The words of reservations come with the result, without a group."""
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
        "result": dict(decision.result) if decision.state == "closed" and decision.result else None,
    }


def _pools(effective: dict[str, Any]) -> list[list[str]]:
    """The effective groups, each as its declared keys."""
    return [list(split_key(key)) for key in sorted(set(effective.values()))]

