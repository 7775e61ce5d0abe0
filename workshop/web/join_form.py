"""The form by which a visitor comes in belongs to the browser it was shown to.

The page sets a cookie of random text; the form carries a key made from that cookie and the server's secret. A form of
another site has no such key, also in a browser that says nothing of where a request comes from. The join seed is made
from the cookie too, so nothing that somebody else chose becomes a token, and the same form sent twice brings one person
in. The cookie goes when the phone's page opens and when a person leaves: the next person on the same device is somebody
else.
"""

from __future__ import annotations

import hmac

from flask import current_app, request
from werkzeug.wrappers import Response

from workshop import identity, secrecy
from workshop.cookies import cookie_name

#: a random token has 32 characters (`secrecy.new_token`)
_LENGTH = 32
#: the length of a command id, for that is what a seed is (docs/protocol.md)
_SEED_LENGTH = 32


def _cookie(workshop_id: int) -> str:
    """Returns the name of the cookie. With TLS no other host of the same domain can set it (`__Host-`)."""
    prefix = "__Host-" if current_app.config["SESSION_COOKIE_SECURE"] else ""
    return prefix + cookie_name("door", workshop_id)


def _held(workshop_id: int) -> str | None:
    """Returns the text of this browser's cookie, if it has one of ours."""
    held = request.cookies.get(_cookie(workshop_id), "")
    return held if held.isascii() and len(held) == _LENGTH else None


def _made_from(held: str, purpose: str, workshop_id: int) -> str:
    return secrecy.derived_token(identity.secret(), purpose, f"{workshop_id}:{held}")


def form_is_ours(workshop_id: int) -> bool:
    """Returns whether the form that was sent is one that this browser was shown."""
    held = _held(workshop_id)
    sent = request.form.get("key", "")
    if held is None or not sent.isascii():
        return False
    return hmac.compare_digest(sent, _made_from(held, "door form", workshop_id))


def refuses_cookies(workshop_id: int) -> bool:
    """Whether this browser was given the cookie with the answer to an earlier form, and still sends none."""
    return "tried" in request.form and _held(workshop_id) is None


def join_seed(workshop_id: int) -> str:
    """Returns the join seed of the form that was sent. To be asked for a form of ours only."""
    held = _held(workshop_id)
    assert held is not None, "form_is_ours was not asked"
    return _made_from(held, "door seed", workshop_id)[:_SEED_LENGTH]


def shown_to(workshop_id: int, *, anew: bool = False) -> tuple[str, str]:
    """Returns the cookie's text and the form's key for a page that is shown now. A browser keeps the cookie it has, so that
    a form sent again after an answer that was lost is the same form; `anew` takes another."""
    held = (None if anew else _held(workshop_id)) or secrecy.new_token()
    return held, _made_from(held, "door form", workshop_id)


def keep(response: Response, workshop_id: int, held: str) -> Response:
    """Set the cookie of a page that is shown, until the browser is closed."""
    secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
    response.set_cookie(_cookie(workshop_id), held, httponly=True, samesite="Lax", secure=secure)
    return response


def shut(response: Response, workshop_id: int) -> Response:
    """Take the cookie away where there is one: no form of this browser is valid any longer."""
    name = _cookie(workshop_id)
    if name in request.cookies:
        secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
        response.delete_cookie(name, httponly=True, samesite="Lax", secure=secure)
    return response
