"""What anybody can follow of a published workshop: its status, its feeds, its calendar."""

from __future__ import annotations

from typing import Any

from flask import Response, url_for

from workshop.catalogue import t
from workshop.clock import day_of, today, utc
from workshop.export.outcome import outcome
from workshop.export.promises import feeds
from workshop.export.promises.calendar import Entries, withdrawn
from workshop.export.promises.calendar import calendar as written
from workshop.export.promises.dates import dates
from workshop.export.promises.happenings import Happening, happenings
from workshop.export.promises.told import Told
from workshop.models import Workshop
from workshop.screens.follow_up import follow_up
from workshop.web.addresses import public_root
from workshop.web.downloads import asked_language
from workshop.web.public.withdrawn import sentences

WRITERS = {"application/atom+xml": feeds.atom, "application/feed+json": feeds.json_feed}
ENDPOINTS = {"application/atom+xml": "records.atom", "application/feed+json": "records.json_feed"}
CALENDAR = "text/calendar; charset=utf-8"


def status(workshop: Workshop) -> dict[str, Any]:
    """Returns today's state of the follow-up, as everybody may see it."""
    return follow_up(workshop, today(), lambda item: not item.withheld)


def told(workshop: Workshop, lang: str) -> Told:
    """Returns what the public page, the feeds and the calendar are made from."""
    return Told(outcome(workshop, lang, public=True), status(workshop), today(), workshop.language)


def feed(workshop: Workshop, kind: str) -> bytes:
    """Returns what has happened as a feed; `kind` is a media type of `WRITERS`."""
    found = told(workshop, asked_language() or workshop.language)
    return WRITERS[kind](_feed(workshop, kind, found.say("feed.title", title=workshop.title), happenings(found)))


def feed_of_withdrawn(workshop: Workshop, kind: str) -> bytes:
    """Returns the feed of a withdrawn record: its only entry says when and why, and shows none of the earlier content."""
    lang = asked_language() or workshop.language
    heading, said = t("public.withdrawn", lang), " ".join(sentences(workshop, lang))
    at = utc(workshop.record_withdrawn_at or workshop.created_at)
    only = Happening(f"urn:rundbord:{workshop.record_slug}:withdrawn:{at:%Y%m%d%H%M%S}", at, heading, said)
    return WRITERS[kind](_feed(workshop, kind, heading, [only]))


def _feed(workshop: Workshop, kind: str, title: str, entries: list[Happening]) -> feeds.Feed:
    lang = asked_language() or workshop.language
    slug, root = workshop.record_slug, public_root()
    page = root + url_for("records.record", slug=slug, lang=lang)
    address = root + url_for(ENDPOINTS[kind], slug=slug, lang=lang)
    began = utc(workshop.closed_at or workshop.created_at)
    return feeds.Feed(f"urn:rundbord:{slug}", title, lang, "Rundbord", page, address, began, entries)


def calendar(workshop: Workshop) -> bytes:
    """Returns the dates of the follow-up as a calendar."""
    found = told(workshop, asked_language() or workshop.language)
    return written(workshop.title, found.language, [entries(workshop, found)])


def entries(workshop: Workshop, found: Told, *, named: bool = False) -> Entries:
    """Returns the dates of a workshop for a calendar. `named`: each has the workshop's title, for a calendar of several."""
    example = f" ({found.words('label.example')})" if workshop.example else ""
    title = f" ({workshop.title})" if named else ""
    public = workshop.record_published_at is not None
    address = public_root() + url_for("records.record", slug=workshop.record_slug) if public else ""
    return Entries(found.outcome.key, dates(found), f"{title}{example}", address)


def calendar_of_withdrawn(workshop: Workshop) -> bytes:
    """Returns the calendar of a withdrawn record, which says only when and why."""
    lang = asked_language() or workshop.language
    heading, said = t("public.withdrawn", lang), " ".join(sentences(workshop, lang))
    at = utc(workshop.record_withdrawn_at or workshop.created_at)
    return withdrawn(heading, lang, str(workshop.record_slug), heading, said, at, day_of(at))


def calendar_response(content: bytes) -> Response:
    """Returns the response that carries a calendar."""
    return Response(content, content_type=CALENDAR)
