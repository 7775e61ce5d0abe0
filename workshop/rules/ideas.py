"""How many ideas one person may have in a step, where the facilitator has set a number (docs/rules.md section 10)."""

from __future__ import annotations

from workshop.rules.refusal import Refused


def check_room_for_one_more(written: int, most: int | None) -> None:
    """Raises `Refused("too_many", "ideas")` with the fact `limit` where the person may write no more ideas in the step.

    `written` is how many ideas the person has in the step, without those taken back. `most` is None where no number is
    set.
    """
    if most is not None and written >= most:
        # `ideas_per_person` selects the sentence: `too_many` alone is also said of a rate limit and of a long list.
        raise Refused("too_many", "ideas", limit=most, ideas_per_person=most)
