"""Nudges: sentences that invite people to take part, which the facilitator may put on the board (docs/rules.md section 10).

The words are in the catalogue (`nudge.KEY`, and `nudge.KEY.group` where a group may be named). None of them says who has
written little. A group is named only where the facilitator chooses so, and only from the privacy minimum on.
"""

from __future__ import annotations

PREFIX = "nudge"
KEYS: tuple[str, ...] = ("sides", "quiet", "listened", "unseen", "build")
"""One group has written little; some people have written nothing; three people have written more than half; few people have
read some ideas; it is time to build on each other's ideas."""
MAY_NAME: tuple[str, ...] = ("sides",)
"""Those with a wording that addresses one group."""


def read(shows: str) -> tuple[str, str | None] | None:
    """Returns `(key, group)` of `nudge:KEY` or `nudge:KEY:GROUP`, where GROUP is a record id; None for anything else."""
    prefix, _, rest = shows.partition(":")
    key, _, group = rest.partition(":")
    if prefix != PREFIX or key not in KEYS or (group and key not in MAY_NAME):
        return None
    if not group:
        return (key, None) if shows == f"{PREFIX}:{key}" else None
    return key, group
