"""The public record of a workshop: without login, at an address nobody can guess, as long as it is published."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template, url_for
from sqlalchemy import select
from werkzeug.exceptions import NotFound

from workshop.clock import day_of, now, stamp
from workshop.export import FORMATS
from workshop.export.outcome import outcome
from workshop.export.page import context
from workshop.extensions import db
from workshop.models import Workshop
from workshop.screens.follow_up import follow_up, is_withheld
from workshop.web.addresses import qr_svg, root_for_phones
from workshop.web.answers import ok
from workshop.web.downloads import CHECKER, asked_language, checker_response, file_response

records = Blueprint("records", __name__)


@records.after_request
def _not_kept(response: Response) -> Response:
    """A record can be taken back: nobody on the way keeps it, no search engine lists it."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _published(slug: str) -> Workshop:
    workshop: Workshop | None = db.session.scalar(
        select(Workshop).where(Workshop.record_slug == slug, Workshop.record_published_at.is_not(None))
    )
    if workshop is None:
        raise NotFound
    return workshop


@records.get("/record/<slug>")
def record(slug: str) -> Response:
    """The record as a page, in the workshop's language or the one asked for."""
    workshop = _published(slug)
    lang = asked_language() or workshop.language
    other = "da" if lang == "en" else "en"
    files = {name: url_for("records.file", slug=slug, format=name, lang=lang) for name in (*FORMATS, CHECKER)}
    for name in (name for name, format in FORMATS.items() if format.short):
        files[f"{name}_short"] = url_for("records.file", slug=slug, format=name, lang=lang, short=1)
    found = outcome(workshop, lang, public=True)
    other_language = url_for("records.record", slug=slug, lang=other)
    return make_response(render_template("record.html", **context(found, files, other_language, workshop.language)))


@records.get("/record/<slug>/qr.svg")
def code(slug: str) -> Response:
    """A QR code that leads to the record, as phones in the room reach it."""
    address = root_for_phones() + url_for("records.record", slug=_published(slug).record_slug)
    return Response(qr_svg(address), mimetype="image/svg+xml")


@records.get("/record/<slug>/status.json")
def status(slug: str) -> Response:
    """Where the promises stand, as the page shows it, for programs (docs/export-schema.md)."""
    workshop = _published(slug)
    return ok(now=stamp(now()), **follow_up(workshop, day_of(now()), lambda item: not is_withheld(item)))


@records.get("/record/<slug>/<format>")
def file(slug: str, format: str) -> Response:
    """The record as a file: what the page shows, nothing more. Or the `checker` of the JSON file."""
    workshop = _published(slug)
    return checker_response() if format == CHECKER else file_response(workshop, format, public=True)
