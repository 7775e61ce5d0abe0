"""The roles of the protocol, and the sets of them that commands are open to (docs/protocol.md,
"Identity").

Which set each command is open to is said where the command is (`commands`), and printed in
docs/protocol.md from there.
"""

from __future__ import annotations

PARTICIPANT = "participant"
HELPER = "helper"
FACILITATOR = "facilitator"
BOARD = "board"
ORGANISER = "organiser"

ROLES: tuple[str, ...] = (PARTICIPANT, HELPER, FACILITATOR, BOARD, ORGANISER)

PEOPLE: tuple[str, ...] = (PARTICIPANT, HELPER)
"""A person for themselves, or a helper for a seat without a phone: those who write and vote."""
FACILITATORS: tuple[str, ...] = (FACILITATOR, ORGANISER)
"""Those who run the workshop. They have no vote."""
EVERYBODY: tuple[str, ...] = (*PEOPLE, *FACILITATORS)
"""All who may change anything; a board only shows."""


def role_of(pseudonym: str) -> str:
    """Returns the role in the name by which the journal knows an actor, `role:number` or a role alone."""
    return pseudonym.partition(":")[0]
