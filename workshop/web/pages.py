"""Registers the pages: all blueprints, the static files, and the functions that every template may use."""

from __future__ import annotations

from typing import Any

from flask import Flask
from jinja2 import pass_context
from jinja2.runtime import Context
from werkzeug.routing import IntegerConverter, Map

from workshop import catalogue
from workshop.rules import limits
from workshop.web import (
    card_decisions,
    cards,
    helping,
    links,
)
from workshop.web.assets.catalogue import texts
from workshop.web.assets.files import register_statics, static_url
from workshop.web.assets.modules import static_version
from workshop.web.downloads import downloads
from workshop.web.entrance import entrance
from workshop.web.follow_up import doors, panel, receiver, steward
from workshop.web.follow_up.pages import following
from workshop.web.measured import measured
from workshop.web.organiser import (
    accounts,
    follow_up,
    groups,
    importing,
    messages,
    reopening,
    settings,
    sheets,
    taking_home,
    workshops,
)
from workshop.web.organiser.pages import organising
from workshop.web.personal import personal, statement_url
from workshop.web.public.calendars import calendars
from workshop.web.public.public_record import records
from workshop.web.public.subscribing import subscriptions
from workshop.web.rooms import rooms

__all__ = ["register_pages", "static_url", "static_version"]

#: the organiser's pages, by noun; importing these modules adds their views to `organising`
_ORGANISER_PAGES = (accounts, follow_up, groups, importing, messages, reopening, settings, sheets, taking_home, workshops)
#: importing these modules adds their views to `rooms`, and to `entrance`
_HELPER_PAGES = (helping,)
_LINK_PAGES = (links, doors, cards, card_decisions)
#: importing these modules adds their views to `following`
_FOLLOW_UP_PAGES = (receiver, steward, panel)


class RecordNumber(IntegerConverter):
    """Converts `<int:…>` in addresses: a number that no record can have is not found, without a look into the database."""

    def __init__(self, url_map: Map, **limits_given: Any) -> None:
        super().__init__(url_map, max=limits_given.pop("max", limits.RECORD_NUMBER), **limits_given)


def register_pages(app: Flask) -> None:
    """Adds the pages to the application."""
    for blueprint in (
        entrance,
        rooms,
        texts,
        downloads,
        records,
        calendars,
        subscriptions,
        personal,
        following,
        organising,
        measured,
    ):
        app.register_blueprint(blueprint)
    register_statics(app)
    app.jinja_env.globals["t"] = _page_text
    app.jinja_env.globals["statement_url"] = statement_url


@pass_context
def _page_text(context: Context, key: str, **facts: object) -> str:
    """Returns a text for `t()` in templates, in the language of the page (the template variable `lang`)."""
    return catalogue.t(key, str(context.get("lang", catalogue.DEFAULT_LANGUAGE)), **facts)
