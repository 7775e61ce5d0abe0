"""A withdrawn record: its address says so, with date and reason. An address that never existed is not found."""

from __future__ import annotations

from flask import Response, make_response, render_template, request
from sqlalchemy import select
from werkzeug.exceptions import NotFound

from workshop.catalogue import t
from workshop.clock import day_of, stamp
from workshop.export.words import day_in_words
from workshop.extensions import db
from workshop.models import Workshop
from workshop.web.answers import gone
from workshop.web.downloads import asked_language


class Withdrawn(Exception):
    """Raised for a workshop whose record was published and has been withdrawn."""

    def __init__(self, workshop: Workshop) -> None:
        super().__init__("withdrawn")
        self.workshop = workshop


def published(slug: str) -> Workshop:
    """Returns the workshop whose record is published at this address. Raises `Withdrawn` for a withdrawn record, `NotFound`
    for an address that never existed."""
    workshop: Workshop | None = db.session.scalar(select(Workshop).where(Workshop.record_slug == slug))
    if workshop is None:
        raise NotFound
    if workshop.record_published_at is None:
        raise Withdrawn(workshop)
    return workshop


def sentences(workshop: Workshop, lang: str) -> tuple[str, str]:
    """Returns two sentences: when a record was withdrawn, and why."""
    at = workshop.record_withdrawn_at
    when = t("public.withdrawn.on", lang, day=day_in_words(day_of(at), lang)) if at else ""
    reason = workshop.record_withdrawn_reason
    return when, t("public.withdrawn.reason", lang, reason=reason) if reason else t("public.withdrawn.no_reason", lang)


def page_of_withdrawn(workshop: Workshop) -> Response:
    """Returns the answer for every address under a withdrawn record: 410, as a page or as JSON."""
    if request.path.endswith(".json"):
        at, reason = stamp(workshop.record_withdrawn_at), workshop.record_withdrawn_reason
        return gone(withdrawn_at=at, reason=reason)
    lang = asked_language() or workshop.language
    when, reason = sentences(workshop, lang)
    return make_response(render_template("withdrawn.html", lang=lang, when=when, reason=reason), 410)
