"""The organiser's page of the result: the seven files, the secretariat's package, and the public record."""

from __future__ import annotations

from flask import redirect, request, url_for

from workshop.export.page import FILES
from workshop.extensions import db
from workshop.models import Organiser
from workshop.models.filed import adds_to
from workshop.rules.refusal import Refused
from workshop.screens.calendar_keys import key_of_organiser
from workshop.web.addresses import public_root
from workshop.web.downloads import package_response
from workshop.web.organiser import overview
from workshop.web.organiser.accounts import Page
from workshop.web.organiser.forms import EmptyForm
from workshop.web.organiser.pages import carry_out, organising, own, page, sentence, tell
from workshop.web.public.calendars import address


@organising.get("/workshops/<int:workshop_id>/export")
def taking_home(workshop_id: int) -> Page:
    """Shows the links to the files in both languages, and the record's address."""
    return _page(workshop_id)


def _page(workshop_id: int, status: int = 200, refused: str | None = None) -> Page:
    workshop = own(workshop_id)
    record = None
    if workshop.record_published_at is not None:
        record = public_root() + url_for("records.record", slug=workshop.record_slug)
    return page(
        "taking_home",
        status,
        workshop=workshop,
        here="taking_home",
        glance=overview.glances([workshop])[0],
        formats=FILES,
        record=record,
        calendar=address(key_of_organiser(db.session.get_one(Organiser, workshop.organiser_id))),
        empty=EmptyForm(),
        earlier=adds_to(workshop),
        refused=refused,
    )


@organising.post("/workshops/<int:workshop_id>/package")
def take_package(workshop_id: int) -> Page:
    """Returns the secretariat's package. A later package names the record in this one as the one it adds to."""
    own(workshop_id)
    try:
        return package_response(workshop_id, request.form, filed_now=True)
    except Refused as refused:
        return _page(workshop_id, 422, sentence(refused))


@organising.post("/workshops/<int:workshop_id>/record")
def publish(workshop_id: int) -> Page:
    """Publishes the record, or withdraws it."""
    own(workshop_id)
    published = request.form.get("published") == "yes"
    try:
        reason = {} if published else {"reason": request.form.get("reason", "")}
        carry_out(workshop_id, "publish_record", published=published, **reason)
    except Refused as refused:
        return _page(workshop_id, 409, sentence(refused))
    tell("organiser.record.published" if published else "organiser.record.taken_back")
    return redirect(url_for("organising.taking_home", workshop_id=workshop_id, _anchor="record"), 303)
