"""Calendars to subscribe to by a secret address: the dates of a link's holder, and those of all workshops of an organiser."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, url_for
from sqlalchemy import select

from workshop.catalogue import t
from workshop.clock import today
from workshop.export.outcome import outcome
from workshop.export.promises.calendar import Entries
from workshop.export.promises.calendar import calendar as written
from workshop.export.promises.told import Told
from workshop.extensions import db
from workshop.identity import ORGANISER, STEWARD, Actor
from workshop.models import FollowUpLink, Organiser, Token, Workshop
from workshop.screens import calendar_keys
from workshop.screens.follow_up import follow_up
from workshop.screens.follow_up_own import may_see
from workshop.web.addresses import public_root
from workshop.web.public.following import calendar_response, entries

calendars = Blueprint("calendars", __name__)


@calendars.after_request
def _not_kept(response: Response) -> Response:
    """Forbids caching and indexing, because the address is a secret and the dates may be for parties only."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def address(key: str) -> str:
    """Returns the address of a calendar by its key."""
    return public_root() + url_for("calendars.own", key=key)


@calendars.get("/cal/<key>.ics")
def own(key: str) -> Response:
    """Returns the calendar of one link, or of one organiser."""
    found = calendar_keys.holder(key)
    if isinstance(found, Organiser):
        return calendar_response(_of_organiser(found))
    return calendar_response(_of_link(*found))


def _told(workshop: Workshop, actor: Actor, lang: str) -> Told:
    """Returns what the actor may see of a workshop's follow-up."""
    status = follow_up(workshop, today(), lambda item: may_see(actor, item))
    return Told(outcome(workshop, lang), status, today(), workshop.language)


def _of_link(token: Token, link: FollowUpLink) -> bytes:
    """Returns the calendar of a link's holder: the dates they may see; for a steward only those of their own item and of the
    whole result."""
    workshop = db.session.get_one(Workshop, link.workshop_id)
    found = _told(workshop, Actor(link.role, workshop.id, token.id), workshop.language)
    whole = entries(workshop, found)
    shown = [one for one in whole.dates if one.item is None or one.item in found.by_id]
    if link.role == STEWARD:
        shown = [one for one in shown if one.item in (None, link.on)]
    return written(workshop.title, workshop.language, [replace(whole, dates=shown)])


def _of_organiser(organiser: Organiser) -> bytes:
    """Returns the calendar of all closed workshops of an organiser; each date has the title of its workshop."""
    mine = select(Workshop).where(Workshop.organiser_id == organiser.id, Workshop.state == "closed")
    found: list[Entries] = []
    for workshop in db.session.scalars(mine.order_by(Workshop.id)):
        actor = Actor(ORGANISER, workshop.id, organiser_id=organiser.id)
        found.append(entries(workshop, _told(workshop, actor, organiser.language), named=True))
    return written(t("public.calendar.organiser", organiser.language), organiser.language, found)
