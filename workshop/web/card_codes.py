"""Lets devices in by the code of a follow-up card, for the form of `/k` and for the calls of docs/protocol.md."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from werkzeug.wrappers import Response

from workshop import rate_limits
from workshop.clock import today
from workshop.commands.follow_up.cards import let_in
from workshop.cookies import set_token
from workshop.identity import CARD
from workshop.models import Workshop
from workshop.models.reviews import follow_up_ends
from workshop.rules.codes import read_reentry_code, show_reentry_code
from workshop.rules.refusal import Refused
from workshop.web.addresses import qr_rows, root_for_phones, shown_host
from workshop.web.answers import ok
from workshop.web.api import api, body
from workshop.web.joining import address

Found = TypeVar("Found")


@api.post("/api/card")
def enter_with_card() -> Response:
    """Lets a device in by the code of a follow-up card."""
    workshop, token = enter(_code(body()))
    about = {"id": workshop.id, "title": workshop.title, "language": workshop.language}
    return set_token(ok(token=token, workshop=about), CARD, workshop.id, token, days_left(workshop))


@api.post("/api/card/paper")
def card_address() -> Response:
    """Returns the address of a card and its QR code as rows of 0 and 1. Nothing is looked up in the database or stored."""
    code = read_reentry_code(_code(body()))
    if code is None:
        raise Refused("malformed", "code")
    root = root_for_phones()
    url = f"{root}/k#{show_reentry_code(code)}"
    return ok(url=url, host=shown_host(root), qr=qr_rows(url))


def _code(content: dict[str, Any]) -> str:
    code = content.get("code")
    if set(content) != {"code"} or not isinstance(code, str):
        raise Refused("malformed", "code")
    return code


def enter(typed: str) -> tuple[Workshop, str]:
    """Returns the workshop of a card's code, and a token. Raises `Refused`."""
    return counted(lambda: let_in(typed))


def counted(find: Callable[[], Found]) -> Found:
    """Returns what is found by a code. A wrong one is counted for the address, as join codes are. Raises
    `Refused("unknown_code")`, and `too_many` instead where an address has sent too many."""
    try:
        return find()
    except Refused as refusal:
        if refusal.code == "unknown_code":
            rate_limits.note_wrong_code(address())
        raise


def days_left(workshop: Workshop) -> int:
    """Returns for how many days the cards of a workshop are still valid, today counted."""
    return max(1, (follow_up_ends(workshop) - today()).days + 1)
