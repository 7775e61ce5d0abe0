"""Consent: "Is there a reasoned objection?" (docs/rules.md section 3)."""

from __future__ import annotations

from workshop.rules.refusal import Refused

MOST_ROUNDS = 2
"""Rounds of improving a text by objections; after that it is made smaller, tried for a time, or decided
by ballot."""

AFTER_THE_ROUNDS: tuple[str, ...] = ("shrink", "time_box", "decide")
"""What is left when the rounds are spent; deciding prints the objection with the result (section 6)."""


def quorum_needed(eligible: int) -> int:
    """Returns people who must have answered: half of those in the room, rounded up."""
    return (eligible + 1) // 2


def outcome(eligible: int, answered: int, open_objections: int) -> str:
    """How a question of consent stands: `accepted`, `no_quorum` or `objection`.

    `answered` counts people who have consented or objected, each once. An open objection is told before a
    missing quorum, because it is what the room can work on. Nobody in the room never accepts anything.
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
    """Only the objector closes an objection: `Refused("not_yours")` for anybody else, facilitators too."""
    if objector != actor:
        raise Refused("not_yours", "objection")


def next_round(round_number: int) -> int:
    """Returns the number of the next round. Raises `Refused("closed")` after the second, with what is left to do as a fact."""
    if round_number >= MOST_ROUNDS:
        raise Refused("closed", rounds=MOST_ROUNDS, instead=list(AFTER_THE_ROUNDS))
    return round_number + 1
