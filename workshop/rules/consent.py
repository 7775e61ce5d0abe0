"""Consent: "Is there a reasoned objection?" (docs/rules.md section 3)."""

from __future__ import annotations

from workshop.rules.refusal import Refused

MOST_ROUNDS = 2
"""The most rounds of consent on one text (docs/rules.md section 3)."""

AFTER_THE_ROUNDS: tuple[str, ...] = ("shrink", "time_box", "decide")
"""What a room can do after the last round: make the text smaller, try it for a limited time, or decide by section 6 with the
objection printed beside the result."""


def quorum_needed(eligible: int) -> int:
    """Returns how many people must have answered: half of those in the room, rounded up."""
    return (eligible + 1) // 2


def outcome(eligible: int, answered: int, open_objections: int) -> str:
    """Returns the outcome of a round of consent so far: `accepted`, `no_quorum` or `objection`.

    `answered` is how many people have consented or objected. An open objection comes before a missing quorum, because the
    room can work on it. An empty room never has a quorum.
    """
    if open_objections:
        return "objection"
    if eligible < 1 or answered < quorum_needed(eligible):
        return "no_quorum"
    return "accepted"


def check_objection(reason: str) -> str:
    """Returns the reason, trimmed. Raises `Refused("reason_required")` for an objection without one."""
    words = reason.strip()
    if not words:
        raise Refused("reason_required", "reason")
    return words


def check_closing(objector: str, actor: str) -> None:
    """Raises `Refused("not_yours")` unless `actor` made the objection; a facilitator cannot close it either."""
    if objector != actor:
        raise Refused("not_yours", "objection")


def next_round(round_number: int) -> int:
    """Returns the number of the next round. Raises `Refused("closed")` after the last one, with `AFTER_THE_ROUNDS` as the
    fact `instead`."""
    if round_number >= MOST_ROUNDS:
        raise Refused("closed", rounds=MOST_ROUNDS, instead=list(AFTER_THE_ROUNDS))
    return round_number + 1
