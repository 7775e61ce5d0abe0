"""Binds the form by which a visitor joins to the browser that was shown it.

The page sets a cookie of random text; the form carries a key derived from that cookie and the server's secret. A form on
another site has no such key, also in a browser that does not send where a request comes from. The join seed is derived from
the cookie too. So nobody else can choose the text from which a token is made, and the same form sent twice adds one person.
The cookie is deleted when the phone's page opens and when a person leaves, so that the next person on the same device joins
as somebody else.
"""

from __future__ import annotations

import hmac

from flask import current_app, request
from werkzeug.wrappers import Response

from workshop import identity, secrecy
from workshop.cookies import cookie_name

#: the length of the cookie's text, a random token (`secrecy.new_token`)
_LENGTH = 32
#: the length of a seed, which is also used as a command id (docs/protocol.md)
_SEED_LENGTH = 32


def _cookie(workshop_id: int) -> str:
    """Returns the name of the cookie. With TLS it has the prefix `__Host-`, so no other host of the domain can set it."""
    prefix = "__Host-" if current_app.config["SESSION_COOKIE_SECURE"] else ""
    return prefix + cookie_name("door", workshop_id)


def _held(workshop_id: int) -> str | None:
    """Returns the text of this browser's cookie; None without a valid one."""
    held = request.cookies.get(_cookie(workshop_id), "")
    return held if held.isascii() and len(held) == _LENGTH else None


def _made_from(held: str, purpose: str, workshop_id: int) -> str:
    return secrecy.derived_token(identity.secret(), purpose, f"{workshop_id}:{held}")


def form_is_ours(workshop_id: int) -> bool:
    """Returns whether the form that was sent was shown to this browser."""
    held = _held(workshop_id)
    sent = request.form.get("key", "")
    if held is None or not sent.isascii():
        return False
    return hmac.compare_digest(sent, _made_from(held, "door form", workshop_id))


def refuses_cookies(workshop_id: int) -> bool:
    """Returns whether this browser sends no cookie although an earlier answer has set it."""
    return "tried" in request.form and _held(workshop_id) is None


def join_seed(workshop_id: int) -> str:
    """Returns the join seed of the form that was sent. The caller must have checked `form_is_ours`."""
    held = _held(workshop_id)
    assert held is not None, "form_is_ours was not asked"
    return _made_from(held, "door seed", workshop_id)[:_SEED_LENGTH]


def shown_to(workshop_id: int, *, anew: bool = False) -> tuple[str, str]:
    """Returns the cookie's text and the form's key for a page that is shown now. A browser keeps the cookie it has, so that
    a form sent again after a lost answer has the same seed; with `anew` it gets another."""
    held = (None if anew else _held(workshop_id)) or secrecy.new_token()
    return held, _made_from(held, "door form", workshop_id)


def keep(response: Response, workshop_id: int, held: str) -> Response:
    """Sets the cookie of a page that is shown; it lasts until the browser is closed. Returns the response."""
    secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
    response.set_cookie(_cookie(workshop_id), held, httponly=True, samesite="Lax", secure=secure)
    return response


def shut(response: Response, workshop_id: int) -> Response:
    """Deletes the cookie, if there is one, so that no earlier form of this browser is valid. Returns the response."""
    name = _cookie(workshop_id)
    if name in request.cookies:
        secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
        response.delete_cookie(name, httponly=True, samesite="Lax", secure=secure)
    return response
