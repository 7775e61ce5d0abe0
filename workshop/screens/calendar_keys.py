"""The secret addresses of calendars: one for each link of the follow-up, one for each organiser.

A calendar program requests its address for years and shows it on the screen, so the address does not contain the link's own
token. Its key is derived with the server's key, allows reading dates only, and ends with the link, or when the organiser
changes the password.
"""

from __future__ import annotations

import hmac

from workshop.extensions import db
from workshop.identity import FOLLOWERS, check_alive, secret
from workshop.models import FollowUpLink, Organiser, Token
from workshop.rules.refusal import Refused
from workshop.secrecy import derived_token

LINK, ORGANISER = "l", "o"


def key_of_link(token: Token) -> str:
    """Returns the calendar key of a link of the follow-up."""
    return f"{LINK}{token.id}-{derived_token(secret(), 'calendar of link', f'{token.id} {token.hash}')}"


def key_of_organiser(organiser: Organiser) -> str:
    """Returns the calendar key of an organiser; it changes with the password."""
    seed = f"{organiser.id} {organiser.password_hash}"
    return f"{ORGANISER}{organiser.id}-{derived_token(secret(), 'calendar of organiser', seed)}"


def holder(key: str) -> tuple[Token, FollowUpLink] | Organiser:
    """Returns the link or the organiser of a calendar key. Raises `Refused("not_found")` for a wrong key and
    `Refused("ended")` for the key of a link that has ended, also because the follow-up is over."""
    number, _, _ = key[1:].partition("-")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        raise Refused("not_found", "calendar")
    if key[:1] == ORGANISER:
        organiser = db.session.get(Organiser, int(number))
        if organiser is None or not _same(key, key_of_organiser(organiser)):
            raise Refused("not_found", "calendar")
        return organiser
    token = db.session.get(Token, int(number))
    if token is None or token.role not in FOLLOWERS or not _same(key, key_of_link(token)):
        raise Refused("not_found", "calendar")
    check_alive(token)
    link = db.session.get(FollowUpLink, token.id)
    if link is None:
        raise Refused("ended")
    return token, link


def _same(given: str, right: str) -> bool:
    return hmac.compare_digest(given.encode(), right.encode())
