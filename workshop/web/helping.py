"""A helper's pages: the list of seats, the phone of one seat, and the cards to print."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, make_response, redirect, render_template, request, url_for
from markupsafe import Markup
from sqlalchemy import select
from werkzeug.wrappers import Response

from workshop import identity
from workshop.extensions import db
from workshop.identity import HELPER, Actor
from workshop.models import Group, Participant, Workshop
from workshop.rules import limits
from workshop.rules.codes import show_reentry_code
from workshop.rules.refusal import Refused
from workshop.screens.seats import seats
from workshop.web.addresses import join_url, shown_host
from workshop.web.authentication import page_actor, record_number
from workshop.web.languages import page_language
from workshop.web.organiser.sheets import qr
from workshop.web.rooms import page_facts, phone_facts, rooms


@dataclass(frozen=True)
class Card:
    """What is printed for one seat. The QR code leads to the page where a card's code is entered, with the code behind a `#`,
    which browsers do not send."""

    number: int
    name: str | None
    group: Group
    code: str
    drawn: Markup


def _device(workshop_id: int) -> tuple[Workshop, Actor]:
    """Returns the workshop and the helper's device that opens the page. Ends the request with 404 for everybody else, also
    for the organiser, because seats belong to a device."""
    actor = page_actor(HELPER, workshop_id)
    workshop = db.session.get(Workshop, workshop_id)
    if actor is None or workshop is None:
        abort(404)
    return workshop, actor


@rooms.get("/workshops/<int:workshop_id>/helper")
def helper(workshop_id: int) -> str:
    """Shows a helper's seats."""
    workshop, actor = _device(workshop_id)
    facts = page_facts(workshop, actor, "helper") | {
        "home": url_for("rooms.helper", workshop_id=workshop_id),
        "most_seats": limits.SEATS,
    }
    return render_template("helper.html", lang=facts["language"], workshop=workshop, facts=facts)


@rooms.get("/workshops/<int:workshop_id>/helper/<int:number>")
def seat(workshop_id: int, number: int) -> Response | str:
    """Shows the screens of a phone for one seat. Leads to the list of seats where this device does not act for the seat, or
    no longer."""
    workshop, device = _device(workshop_id)
    person = db.session.scalar(select(Participant).where(Participant.workshop_id == workshop_id, Participant.seat == number))
    try:
        actor = identity.acting_for(device, person.record_id) if person is not None else None
    except Refused:
        actor = None
    if person is None or actor is None:
        return redirect(url_for("rooms.helper", workshop_id=workshop_id))
    facts = (
        page_facts(workshop, actor, "seat")
        | phone_facts()
        | {
            "seat": person.record_id,
            "number": number,
            # Names the browser storage of this seat. It differs from the person's own, who may have used this device too.
            "person": f"seat:{number}",
            "home": url_for("rooms.helper", workshop_id=workshop_id),
        }
    )
    return render_template("phone.html", lang=facts["language"], workshop=workshop, facts=facts)


@rooms.get("/workshops/<int:workshop_id>/helper/cards")
def cards(workshop_id: int) -> Response:
    """Shows cards to print for the seats of this device; `?seat=7` for one seat only, `?lang=` chooses the language."""
    workshop, device = _device(workshop_id)
    only = request.args.get("seat", type=record_number)
    held = [one for one in seats(device)["seats"] if one["hands"] == "mine" and only in (None, one["number"])]
    page = render_template(
        "cards.html",
        lang=page_language(workshop),
        workshop=workshop,
        cards=[_card(workshop, device, one["id"]) for one in held],
        host=shown_host(),
        only=only,
    )
    response = make_response(page)
    response.headers["Cache-Control"] = "no-store"
    return response


def _card(workshop: Workshop, device: Actor, record_id: str) -> Card:
    actor = identity.acting_for(device, record_id)
    person = db.session.get_one(Participant, actor.participant_id)
    assert person.seat is not None and actor.personal_code is not None
    return Card(
        number=person.seat,
        name=person.name,
        group=db.session.get_one(Group, person.group_id),
        code=show_reentry_code(actor.personal_code),
        drawn=qr(f"{join_url(workshop.code)}/card#{actor.personal_code}"),
    )
