"""The one necessary cookie: the token of a role in a workshop. One browser may hold several roles."""

from __future__ import annotations

from typing import Any

from flask import current_app
from werkzeug.wrappers import Response

LONGEST = 400
"""The most days that browsers keep a cookie; after them whoever holds a link or a code opens it again."""
_DAY = 24 * 60 * 60


def cookie_name(role: Any, workshop_id: Any = None) -> str:
    """Returns the name of a role's cookie: one for each workshop, but one on the whole server for an organiser."""
    return f"rundbord_{role}" if workshop_id is None or role == "organiser" else f"rundbord_{role}_{workshop_id}"


def set_token(
    response: Response, role: str, workshop_id: int | None, token: str, days: int = 120, name: str | None = None
) -> Response:
    """Stores the token in the browser for so many days, at most `LONGEST`. Scripts cannot read it, and of the requests that
    start on another site only a followed link carries it. `name` replaces the role's name of the cookie. Returns the
    response."""
    response.set_cookie(
        name or cookie_name(role, workshop_id),
        token,
        max_age=min(days, LONGEST) * _DAY,
        httponly=True,
        samesite="Lax",
        secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
    )
    return response


def clear_token(response: Response, role: str, workshop_id: int | None = None) -> Response:
    """Deletes the token from the browser. Returns the response."""
    response.delete_cookie(cookie_name(role, workshop_id))
    return response
