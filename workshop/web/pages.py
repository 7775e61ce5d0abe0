"""Every page: which blueprints there are, static files, and what all templates may use."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, send_from_directory
from jinja2 import pass_context
from jinja2.runtime import Context

from .. import catalogue
from . import accounts, groups, settings, sheets, taking_home, workshops
from .downloads import downloads
from .entrance import entrance
from .organising import organising
from .records import records
from .rooms import rooms
from .texts import texts

#: the organiser's pages, by noun; importing them puts them on `organising`
_ORGANISER_PAGES = (accounts, groups, settings, sheets, taking_home, workshops)
STATIC = Path(__file__).parent.parent.parent / "static"
_YEAR = 365 * 24 * 60 * 60


@lru_cache
def static_version() -> str:
    """A name for the present contents of `static/`: the path of every file carries it, so that it may be cached for ever."""
    digest = hashlib.sha256()
    for path in sorted(STATIC.rglob("*")):
        if path.is_file():
            digest.update(str(path.relative_to(STATIC)).encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def static_url(path: str) -> str:
    """The address of a static file."""
    return f"/static/v/{static_version()}/{path}"


def _static_file(version: str, path: str) -> Response:
    response = send_from_directory(STATIC, path, max_age=_YEAR)
    if version == static_version():
        response.headers["Cache-Control"] = f"public, max-age={_YEAR}, immutable"
    else:
        response.headers["Cache-Control"] = "no-cache"
    return response


def register_pages(app: Flask) -> None:
    """Add the pages to the application."""
    for blueprint in (entrance, rooms, texts, downloads, records, organising):
        app.register_blueprint(blueprint)
    app.add_url_rule("/static/v/<version>/<path:path>", "static_file", _static_file)
    app.jinja_env.globals.update(static_url=static_url)
    app.jinja_env.globals["t"] = _page_text


@pass_context
def _page_text(context: Context, key: str, **facts: object) -> str:
    """`t()` in templates: in the language of the page (the template variable `lang`)."""
    return catalogue.t(key, str(context.get("lang", catalogue.DEFAULT_LANGUAGE)), **facts)
