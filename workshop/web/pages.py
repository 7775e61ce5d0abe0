"""Every page: which blueprints there are, static files, and what all templates may use."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from flask import Flask, Response, send_from_directory

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
    app.add_url_rule("/static/v/<version>/<path:path>", "static_file", _static_file)
    app.jinja_env.globals["static_url"] = static_url
