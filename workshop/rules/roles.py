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
RECEIVER = "receiver"
STEWARD = "steward"
PANEL = "panel"
CARD = "card"

ROLES: tuple[str, ...] = (PARTICIPANT, HELPER, FACILITATOR, BOARD, ORGANISER, RECEIVER, STEWARD, PANEL, CARD)

PEOPLE: tuple[str, ...] = (PARTICIPANT, HELPER)
"""A person for themselves, or a helper for a seat without a phone: those who write and vote."""
FACILITATORS: tuple[str, ...] = (FACILITATOR, ORGANISER)
"""Those who run the workshop. They have no vote."""
ORGANISERS: tuple[str, ...] = (ORGANISER,)
"""Those who answer for the workshop before and after the day."""
EVERYBODY: tuple[str, ...] = (*PEOPLE, *FACILITATORS)
"""All who may change anything in the room; a board only shows."""
FOLLOWERS: tuple[str, ...] = (RECEIVER, STEWARD, PANEL)
"""Those let in by a link after the seminar (docs/rules.md section 11): who answers, who reports, who asks."""
CARDS: tuple[str, ...] = (CARD,)
"""A follow-up card: somebody who was in the room, whose name may be gone. Sees what the public sees and the own verdicts."""


def role_of(pseudonym: str) -> str:
    """Returns the role in the name by which the journal knows an actor, `role:number` or a role alone."""
    return pseudonym.partition(":")[0]
