"""How shows of hands are seen: every audience sees the same."""

from __future__ import annotations

from workshop.clock import stamp
from workshop.models import ShowOfHands, Step
from workshop.screens.kinds import Record, kind
from workshop.screens.view import View


@kind(ShowOfHands)
def present_show_of_hands(hands: ShowOfHands, view: View) -> Record:
    """Returns a question and the hands counted for each answer. It is not a vote, so all its numbers are shown."""
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
