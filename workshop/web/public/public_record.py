"""The public record of a workshop: a page without login, at an address that cannot be guessed, while it is published. After
it was withdrawn, its address, feeds and calendar say so, with date and reason."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template, request, url_for
from sqlalchemy import func, select

import workshop as program
from workshop.clock import now, stamp, today
from workshop.export import FORMATS
from workshop.export.page import Addresses, context
from workshop.extensions import db
from workshop.models import JournalEntry, Workshop
from workshop.web.addresses import qr_svg, root_for_phones
from workshop.web.answers import ok
from workshop.web.downloads import CHECKER, asked_language, checker_response, file_response
from workshop.web.public import following
from workshop.web.public.withdrawn import Withdrawn, page_of_withdrawn, published

records = Blueprint("records", __name__)

#: commands that change nothing anybody else sees before it is published. Their moments are not told by the ETag, which anybody
#: may ask for again and again.
UNSEEN = ("answer_item", "judge", "take_card_stance")

FEEDS = {"application/atom+xml": "records.atom", "application/feed+json": "records.json_feed"}


@records.after_request
def _not_kept(response: Response) -> Response:
    """Forbids caching and indexing, because a record can be withdrawn."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@records.errorhandler(Withdrawn)
def _withdrawn(error: Withdrawn) -> Response:
    return page_of_withdrawn(error.workshop)


def etag_of(workshop: Workshop, *more: str) -> str:
    """Returns the ETag of what is shown of a workshop. It changes with every command but those of `UNSEEN`, every day and every
    version of the program, so it can be compared without computing the content."""
    parts = (workshop.id, _seen_state(workshop), today().isoformat(), program.__version__, *more)
    return "-".join(str(part) for part in parts)


def _seen_state(workshop: Workshop) -> str:
    """Returns what changes whenever the workshop's clock moves, unless a command of `UNSEEN` moved it: the number of the newest
    other command, and how often the clock has moved since without a command."""
    here, unseen = JournalEntry.workshop_id == workshop.id, JournalEntry.name.in_(UNSEEN)
    newest = db.session.scalar(select(JournalEntry.seq).where(here, ~unseen).order_by(JournalEntry.seq.desc()).limit(1))
    since = select(func.count()).select_from(JournalEntry).where(here, JournalEntry.seq > (newest or 0))
    return f"{newest or 0}.{workshop.clock - (newest or 0) - (db.session.scalar(since) or 0)}"


def _unless_known(etag: str) -> Response | None:
    """Returns 304 where the client has this version already, else None."""
    if not request.if_none_match.contains_weak(etag):
        return None
    return _tagged(Response(status=304), etag)


def _tagged(response: Response, etag: str) -> Response:
    response.set_etag(etag, weak=True)
    return response


@records.get("/record/<slug>")
def record(slug: str) -> Response:
    """Shows the record, in the workshop's language or that of `?lang=`."""
    workshop = published(slug)
    lang = asked_language() or workshop.language
    files = {name: url_for("records.file", slug=slug, format=name, lang=lang) for name in (*FORMATS, CHECKER)}
    for name in (name for name, format in FORMATS.items() if format.short):
        files[f"{name}_short"] = url_for("records.file", slug=slug, format=name, lang=lang, short=1)
    addresses = Addresses(
        files=files,
        other_language=url_for("records.record", slug=slug, lang="da" if lang == "en" else "en"),
        feeds=[(kind, url_for(name, slug=slug, lang=lang)) for kind, name in FEEDS.items()],
        calendar=url_for("records.calendar", slug=slug, lang=lang),
        status=url_for("records.status", slug=slug),
        etag=f'W/"{etag_of(workshop)}"',
    )
    return make_response(render_template("record.html", **context(following.told(workshop, lang), addresses)))


@records.get("/record/<slug>/qr.svg")
def code(slug: str) -> Response:
    """Returns a QR code of the record's address, in the form in which phones in the room reach the server."""
    address = root_for_phones() + url_for("records.record", slug=published(slug).record_slug)
    return Response(qr_svg(address), mimetype="image/svg+xml")


@records.get("/record/<slug>/status.json")
def status(slug: str) -> Response:
    """Returns the state of the follow-up for programs, as the page shows it (docs/export-schema.md); 304 to a request with the
    current ETag in `If-None-Match`."""
    workshop = published(slug)
    etag = etag_of(workshop)
    return _unless_known(etag) or _tagged(ok(now=stamp(now()), **following.status(workshop)), etag)


@records.get("/record/<slug>/feed.atom")
def atom(slug: str) -> Response:
    """Returns what has happened, as an Atom feed."""
    return _feed(slug, "application/atom+xml")


@records.get("/record/<slug>/feed.json")
def json_feed(slug: str) -> Response:
    """Returns what has happened, as a JSON Feed."""
    return _feed(slug, "application/feed+json")


def _feed(slug: str, kind: str) -> Response:
    try:
        workshop = published(slug)
    except Withdrawn as error:
        return Response(following.feed_of_withdrawn(error.workshop, kind), content_type=kind)
    etag = etag_of(workshop, asked_language() or "", kind)
    return _unless_known(etag) or _tagged(Response(following.feed(workshop, kind), content_type=kind), etag)


@records.get("/record/<slug>/follow-up.ics")
def calendar(slug: str) -> Response:
    """Returns the dates of the follow-up as a calendar to subscribe to."""
    try:
        workshop = published(slug)
    except Withdrawn as error:
        return following.calendar_response(following.calendar_of_withdrawn(error.workshop))
    etag = etag_of(workshop, asked_language() or "", "ics")
    return _unless_known(etag) or _tagged(following.calendar_response(following.calendar(workshop)), etag)


@records.get("/record/<slug>/<format>")
def file(slug: str, format: str) -> Response:
    """Returns the record as a file, which holds what the page shows, or the `checker` of the JSON file."""
    workshop = published(slug)
    return checker_response() if format == CHECKER else file_response(workshop, format, public=True)
