"""The one-time link that creates the first organiser account."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from workshop import secrecy
from workshop.extensions import db
from workshop.identity import secret
from workshop.models import Organiser


def first_organiser_link(app: Any) -> str | None:
    """Returns the path of the one-time link that creates the first organiser account, or None where there is one already.

    The link is derived from the server's secret, so a restart prints the same one. It works until there is an account.
    """
    with app.app_context():
        if db.session.scalar(select(Organiser.id).limit(1)) is not None:
            return None
        return f"/organiser/first/{first_organiser_token()}"


def first_organiser_token() -> str:
    """Returns the token of that link."""
    return secrecy.derived_token(secret(), "first organiser", "1")
