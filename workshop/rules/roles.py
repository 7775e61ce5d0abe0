"""The roles of the protocol, and the sets of roles that commands are open to (docs/protocol.md, "Identity").

Each command names its set where it is registered (`workshop.commands`); docs/protocol.md prints it.
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
"""Those who may change something in the room; a board only shows."""
FOLLOWERS: tuple[str, ...] = (RECEIVER, STEWARD, PANEL)
"""Those who come by a link after the seminar (docs/rules.md section 11): receivers answer, stewards report, the panel asks."""
CARDS: tuple[str, ...] = (CARD,)
"""A follow-up card: somebody who was in the room, whose name may be erased. They see what the public sees and their own
verdicts."""


def role_of(pseudonym: str) -> str:
    """Returns the role in the pseudonym of an actor in the journal, which is `role:number` or a role alone."""
    return pseudonym.partition(":")[0]
