"""How many ideas one person may have in a step, where the facilitator has set a number (docs/rules.md section 10)."""

from __future__ import annotations

from workshop.rules.refusal import Refused


def check_room_for_one_more(written: int, most: int | None) -> None:
    """Let one more idea through, or raise `Refused("too_many", "ideas")` with the number as the fact `limit`.

    `written` is the ideas the person has in the step; those taken back are not among them. `most` is None where there
    is no such number.
    """
    if most is not None and written >= most:
        # The second fact names the sentence: this is not about waiting, nor about a list that is too long.
        raise Refused("too_many", "ideas", limit=most, ideas_per_person=most)
