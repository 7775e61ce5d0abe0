"""The page on which a card's holder takes a stance on the new version of a reopened agreement (docs/rules.md section 11).
It works without a script."""

from __future__ import annotations

import hmac
from typing import Any

from flask import request
from werkzeug.wrappers import Response

from workshop import rate_limits
from workshop.export.promises.reopened import new_version
from workshop.extensions import db
from workshop.forwarding import perform
from workshop.identity import Actor
from workshop.models import Workshop
from workshop.rules.decisions import STANCES
from workshop.rules.limits import REASON
from workshop.rules.refusal import Refused
from workshop.web.cards import card_page, decisions_open, form_key, of_card, to_home
from workshop.web.entrance import Answer, entrance
from workshop.web.languages import page_language


@entrance.get("/k/<int:workshop_id>/decision/<int:number>")
def card_decision(workshop_id: int, number: int) -> Answer:
    """Shows what changes in an agreement, why, and the four possible answers."""
    found = of_card(workshop_id)
    return found if isinstance(found, Response) else _page(*found, number)


@entrance.post("/k/<int:workshop_id>/decision/<int:number>")
def card_decides(workshop_id: int, number: int) -> Answer:
    """Stores the card's stance."""
    found = of_card(workshop_id)
    if isinstance(found, Response):
        return found
    actor, seen = found
    asked = _asked(seen, number)
    if asked is None:
        return to_home(workshop_id)
    typed = {name: request.form.get(name, "") for name in ("stance", "reason")}
    try:
        rate_limits.check(actor)
        if not hmac.compare_digest(request.form.get("key", "").encode(), form_key(workshop_id).encode()):
            raise Refused("conflict", "id", old_form=True)
        if typed["stance"] not in STANCES:
            raise Refused("empty", "stance")
        # The reason belongs to these two answers, which share one field; it is not sent with the others.
        words = {"reason": typed["reason"]} if typed["stance"] in ("reservation", "against") else {}
        perform(actor, "take_card_stance", {"decision": asked["version"]["decision"], "stance": typed["stance"], **words})
    except Refused as refusal:
        return _page(actor, seen, number, refusal, typed)
    return to_home(workshop_id, thanks=1)


def _asked(seen: dict[str, Any], number: int) -> dict[str, Any] | None:
    return next((one for one in decisions_open(seen) if one["number"] == number), None)


def _page(
    actor: Actor, seen: dict[str, Any], number: int, refusal: Refused | None = None, typed: dict[str, str] | None = None
) -> Answer:
    asked = _asked(seen, number)
    if asked is None or actor.workshop_id is None:
        return to_home(actor.workshop_id)
    workshop = db.session.get_one(Workshop, actor.workshop_id)
    return card_page(
        "card_decision.html",
        actor,
        seen,
        asked=asked,
        item=asked["item"],
        version=new_version(asked["version"], page_language(workshop)),
        given=typed or asked["own"] or {},
        stances=STANCES,
        most=REASON,
        key=form_key(actor.workshop_id),
        refusal=refusal,
    )
