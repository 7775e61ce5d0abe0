"""A record that was taken back: its address says so, with date and reason; an address that never was is not found."""

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
    """The record of this workshop was published and is not any more."""

    def __init__(self, workshop: Workshop) -> None:
        super().__init__("withdrawn")
        self.workshop = workshop


def published(slug: str) -> Workshop:
    """Returns the workshop with this public address. Raises `Withdrawn`, and `NotFound` for an address that never was."""
    workshop: Workshop | None = db.session.scalar(select(Workshop).where(Workshop.record_slug == slug))
    if workshop is None:
        raise NotFound
    if workshop.record_published_at is None:
        raise Withdrawn(workshop)
    return workshop


def sentences(workshop: Workshop, lang: str) -> tuple[str, str]:
    """Returns when a record was taken back, and why."""
    at = workshop.record_withdrawn_at
    when = t("public.withdrawn.on", lang, day=day_in_words(day_of(at), lang)) if at else ""
    reason = workshop.record_withdrawn_reason
    return when, t("public.withdrawn.reason", lang, reason=reason) if reason else t("public.withdrawn.no_reason", lang)


def page_of_withdrawn(workshop: Workshop) -> Response:
    """Returns the answer for every address below a record that was taken back: 410, in words or as JSON."""
    if request.path.endswith(".json"):
        at, reason = stamp(workshop.record_withdrawn_at), workshop.record_withdrawn_reason
        return gone(withdrawn_at=at, reason=reason)
    lang = asked_language() or workshop.language
    when, reason = sentences(workshop, lang)
    return make_response(render_template("withdrawn.html", lang=lang, when=when, reason=reason), 410)
