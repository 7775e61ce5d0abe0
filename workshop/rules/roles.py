"""Who may do what: the roles, and the roles that each command is open to (docs/protocol.md)."""

from __future__ import annotations

from workshop.rules.refusal import Refused

ROLES: tuple[str, ...] = ("participant", "helper", "facilitator", "board", "organiser")

PERSON: frozenset[str] = frozenset({"participant"})
"""Only a person in the room, for themselves."""
SEAT: frozenset[str] = frozenset({"participant", "helper"})
"""A person for themselves, or a helper for a seat without a phone."""
CHAIR: frozenset[str] = frozenset({"facilitator", "organiser"})
"""Those who run the workshop. They have no vote."""

_BY_SEAT = (
    "post_idea edit_idea withdraw_idea post_comment cast_ballot take_stance object consent resolve_objection "
    "propose_amendment withdraw_amendment make_commitment"
)
_BY_PERSON = "set_name set_ready judge_follow_up"
_BY_CHAIR = (
    "start_step extend_step finish_step add_step edit_step move_step remove_step "
    "reveal_ideas hide_idea show_idea merge_ideas split_idea create_theme edit_theme remove_theme move_idea "
    "open_ballot close_ballot publish_ballot draft_goal edit_goal draft_agreement edit_agreement "
    "accept_amendment reject_amendment open_decision close_decision show_on_board remove_participant undo "
    "edit_workshop open_workshop close_workshop"
)

MAY: dict[str, frozenset[str]] = {
    **dict.fromkeys(_BY_SEAT.split(), SEAT),
    **dict.fromkeys(_BY_PERSON.split(), PERSON),
    **dict.fromkeys(_BY_CHAIR.split(), CHAIR),
}
"""The roles that may send each command."""


def may(role: str, command: str) -> bool:
    """Whether a role may send a command. A command without a row is nobody's."""
    return role in MAY.get(command, frozenset())


def check(role: str, command: str) -> None:
    """Nothing, or `Refused("not_allowed")` where the role may not send the command."""
    if not may(role, command):
        raise Refused("not_allowed")
