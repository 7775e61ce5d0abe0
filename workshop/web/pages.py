"""Every page: which blueprints there are, static files, and what all templates may use."""

from __future__ import annotations

from flask import Flask
from jinja2 import pass_context
from jinja2.runtime import Context

from .. import catalogue
from . import accounts, groups, helping, settings, sheets, taking_home, workshops
from .downloads import downloads
from .entrance import entrance
from .organising import organising
from .personal import personal
from .records import records
from .rooms import rooms
from .statics import register_statics, static_url, static_version
from .texts import texts

__all__ = ["register_pages", "static_url", "static_version"]

#: the organiser's pages, by noun; importing them puts them on `organising`
_ORGANISER_PAGES = (accounts, groups, settings, sheets, taking_home, workshops)
#: importing them puts them on `rooms`
_HELPER_PAGES = (helping,)


def register_pages(app: Flask) -> None:
    """Add the pages to the application."""
    for blueprint in (entrance, rooms, texts, downloads, records, personal, organising):
        app.register_blueprint(blueprint)
    register_statics(app)
    app.jinja_env.globals["t"] = _page_text


@pass_context
def _page_text(context: Context, key: str, **facts: object) -> str:
    """`t()` in templates: in the language of the page (the template variable `lang`)."""
    return catalogue.t(key, str(context.get("lang", catalogue.DEFAULT_LANGUAGE)), **facts)
