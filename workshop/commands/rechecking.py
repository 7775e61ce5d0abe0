"""Computing the checks of goals and agreements again when the text or the room has changed (docs/rules.md section 2)."""

from __future__ import annotations

from .context import Context


def recheck(context: Context) -> None:
    """Compute the checks of every goal and agreement of the workshop; stamp those whose checks have changed."""
