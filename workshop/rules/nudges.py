"""Nudges: sentences the facilitator may put on the board that invite and blame nobody (docs/rules.md section 10).

The words are in the catalogue (`nudge.KEY`, and `nudge.KEY.group` where a group may be named). None of them says who has
written little. A group is named only where the facilitator chooses so, and only one large enough to hide in.
"""

from __future__ import annotations

PREFIX = "nudge"
KEYS: tuple[str, ...] = ("sides", "quiet", "listened", "unseen", "build")
"""A side has said little · some have written nothing yet · three hold more than half · ideas few have read · time to build
on each other."""
MAY_NAME: tuple[str, ...] = ("sides",)
"""Those with a wording that turns to one group."""


def read(shows: str) -> tuple[str, str | None] | None:
    """`nudge:KEY` or `nudge:KEY:GROUP` (a group's record id) as `(key, group)`; None for anything else."""
    prefix, _, rest = shows.partition(":")
    key, _, group = rest.partition(":")
    if prefix != PREFIX or key not in KEYS or (group and key not in MAY_NAME):
        return None
    if not group:
        return (key, None) if shows == f"{PREFIX}:{key}" else None
    return key, group
