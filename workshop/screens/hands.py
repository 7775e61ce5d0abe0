"""How shows of hands are seen: the same by everybody, as counted in the room."""

from __future__ import annotations

from workshop.clock import stamp
from workshop.models import ShowOfHands, Step
from workshop.screens.kinds import Record, kind
from workshop.screens.view import View


@kind(ShowOfHands)
def present_show_of_hands(hands: ShowOfHands, view: View) -> Record:
    """A question and the hands counted for each answer. It is no vote, so nothing of it is held back."""
    return {
        "id": hands.record_id,
        "kind": "show_of_hands",
        "question": hands.question,
        "rows": [dict(row) for row in hands.rows],
        "on": hands.on,
        "on_version": hands.on_version,
        "on_edition": view.edition(hands.on, hands.on_version) if hands.on and hands.on_version else None,
        "step": Step.record_id_of(hands.step_id),
        "recorded_at": stamp(hands.created_at),
    }
