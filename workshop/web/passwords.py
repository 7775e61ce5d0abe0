"""Passwords over HTTP: each wrong one is counted, for the account and for the address (docs/security.md)."""

from __future__ import annotations

from workshop import rate_limits
from workshop.commands.people import accounts
from workshop.models import Organiser
from workshop.rules.refusal import Refused


def log_in(address: str, name: str, password: str) -> tuple[Organiser, str]:
    """Returns a new token for an organiser. Raises `Refused("not_allowed")` for a wrong name or password, `too_many` after
    too many of them."""
    rate_limits.check_password(name, address)
    try:
        found = accounts.log_in(name, password)
    except Refused as refused:
        if refused.code == "not_allowed":
            rate_limits.note_wrong_password(name, address)
        raise
    rate_limits.forgive_passwords(name, address)
    return found


def change(address: str, organiser: Organiser, old: str, new: str, keep_token_id: int | None) -> None:
    """Change a password. Raises `Refused`; a wrong old password counts as one that does not let in."""
    rate_limits.check_password(organiser.name, address)
    try:
        accounts.change_password(organiser.id, old, new, keep_token_id)
    except Refused as refused:
        if refused.field == "old_password":
            rate_limits.note_wrong_password(organiser.name, address)
        raise
