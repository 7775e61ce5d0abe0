"""How shows of hands are seen: the same by everybody, as counted in the room."""

from __future__ import annotations

from ..clock import stamp
from ..models import ShowOfHands
from .kinds import Record, kind
from .view import View


@kind(ShowOfHands)
def present_show_of_hands(hands: ShowOfHands, _view: View) -> Record:
    """A question and the hands counted for each answer. It is no vote, so nothing of it is held back."""
    return {
        "id": hands.record_id,
        "kind": "show_of_hands",
        "question": hands.question,
        "rows": [dict(row) for row in hands.rows],
        "on": hands.on,
        "on_version": hands.on_version,
        "step": f"step:{hands.step_id}" if hands.step_id else None,
        "recorded_at": stamp(hands.created_at),
    }
