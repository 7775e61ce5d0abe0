"""Checks passwords over HTTP and counts each wrong one, for the account and for the address (docs/security.md)."""

from __future__ import annotations

from workshop import rate_limits
from workshop.commands.people import accounts
from workshop.models import Organiser
from workshop.rules.refusal import Refused


def log_in(address: str, name: str, password: str) -> tuple[Organiser, str]:
    """Returns an organiser and a new token for them. Raises `Refused("not_allowed")` for a wrong name or password,
    `too_many` after too many of these."""
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
    """Changes a password; every other log-in ends. Raises `Refused`; a wrong old password counts like one at a log-in."""
    rate_limits.check_password(organiser.name, address)
    try:
        accounts.change_password(organiser.id, old, new, keep_token_id)
    except Refused as refused:
        if refused.field == "old_password":
            rate_limits.note_wrong_password(organiser.name, address)
        raise
