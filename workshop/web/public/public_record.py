"""The public page of a workshop: without login, at an address nobody can guess, as long as it is published. Taken back, the
address says so, with date and reason; so do its feeds and its calendar."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template, request, url_for

import workshop as program
from workshop.clock import now, stamp, today
from workshop.export import FORMATS
from workshop.export.page import Addresses, context
from workshop.models import Workshop
from workshop.web.addresses import qr_svg, root_for_phones
from workshop.web.answers import ok
from workshop.web.downloads import CHECKER, asked_language, checker_response, file_response
from workshop.web.public import following
from workshop.web.public.withdrawn import Withdrawn, page_of_withdrawn, published

records = Blueprint("records", __name__)

FEEDS = {"application/atom+xml": "records.atom", "application/feed+json": "records.json_feed"}


@records.after_request
def _not_kept(response: Response) -> Response:
    """A record can be taken back: nobody on the way keeps it, no search engine lists it."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@records.errorhandler(Withdrawn)
def _withdrawn(error: Withdrawn) -> Response:
    return page_of_withdrawn(error.workshop)


def etag_of(workshop: Workshop, *more: str) -> str:
    """Returns the tag of what is said of a workshop: it changes with every command, every day and every version of the
    program, so that nothing has to be computed to see that nothing is new."""
    parts = (workshop.id, workshop.clock, today().isoformat(), program.__version__, *more)
    return "-".join(str(part) for part in parts)


def _unless_known(etag: str) -> Response | None:
    """Returns 304 where the client has this version already."""
    if not request.if_none_match.contains_weak(etag):
        return None
    return _tagged(Response(status=304), etag)


def _tagged(response: Response, etag: str) -> Response:
    response.set_etag(etag, weak=True)
    return response


@records.get("/record/<slug>")
def record(slug: str) -> Response:
    """The page, in the workshop's language or the one asked for."""
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
    """A QR code that leads to the record, as phones in the room reach it."""
    address = root_for_phones() + url_for("records.record", slug=published(slug).record_slug)
    return Response(qr_svg(address), mimetype="image/svg+xml")


@records.get("/record/<slug>/status.json")
def status(slug: str) -> Response:
    """Where the promises stand, as the page shows it, for programs (docs/export-schema.md). With `If-None-Match` 304, as long
    as nothing was said since."""
    workshop = published(slug)
    etag = etag_of(workshop)
    return _unless_known(etag) or _tagged(ok(now=stamp(now()), **following.status(workshop)), etag)


@records.get("/record/<slug>/feed.atom")
def atom(slug: str) -> Response:
    """What happens, as Atom."""
    return _feed(slug, "application/atom+xml")


@records.get("/record/<slug>/feed.json")
def json_feed(slug: str) -> Response:
    """What happens, as a JSON Feed."""
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
    """The dates of the promises, to subscribe to."""
    try:
        workshop = published(slug)
    except Withdrawn as error:
        return following.calendar_response(following.calendar_of_withdrawn(error.workshop))
    etag = etag_of(workshop, asked_language() or "", "ics")
    return _unless_known(etag) or _tagged(following.calendar_response(following.calendar(workshop)), etag)


@records.get("/record/<slug>/<format>")
def file(slug: str, format: str) -> Response:
    """The record as a file: what the page shows, nothing more. Or the `checker` of the JSON file."""
    workshop = published(slug)
    return checker_response() if format == CHECKER else file_response(workshop, format, public=True)
