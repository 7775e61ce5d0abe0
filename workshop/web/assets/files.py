"""Serves static files: each is prepared once per version, made small, and cached by browsers for a year.

There is no build step: a file is prepared when it is first requested, and kept in the instance folder (`kept.py`). Comments
are removed from scripts and style sheets, the scripts of the live pages are joined into few files (`bundles.py`), several style
sheets are sent as one (`css/tokens+base.css`), and text is compressed at the highest level.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from functools import lru_cache
from pathlib import Path

import brotli  # type: ignore[import-untyped]
from flask import Flask, Response, abort, request
from werkzeug.security import safe_join

from workshop.web.assets import bundles
from workshop.web.assets.kept import kept
from workshop.web.assets.minify import without_comments
from workshop.web.assets.modules import STATIC, is_ours, static_version
from workshop.web.assets.sheets import without_spaces
from workshop.web.assets.shell import inline

_FOR_EVER = f"max-age={365 * 24 * 60 * 60}, immutable"
#: how text is compressed, the one with smaller results first
ENCODINGS = ("br", "gzip")
#: the endpoints whose answers are files, without the headers that only pages need
_FILES = ("static_file", "texts.surface_texts", "texts.field_table")
_TEXT = {".css", ".js", ".svg", ".json", ".webmanifest"}
_TYPES = {".js": "text/javascript", ".woff2": "font/woff2", ".webmanifest": "application/manifest+json"}
#: headers that a browser needs with a page, but not with a script, a style sheet or a font
_OF_PAGES = ("Content-Security-Policy", "X-Frame-Options", "Permissions-Policy", "Referrer-Policy", "Date")


def static_url(path: str) -> str:
    """Returns the address of a static file."""
    return f"/static/v/{static_version()}/{path}"


def static_file(version: str, path: str) -> Response:
    """Returns a static file; 404 where there is none. At the address of an old version it is the present file, which browsers
    must then check each time."""
    suffix = Path(path).suffix
    encoding = request.accept_encodings.best_match(ENCODINGS) if suffix in _TEXT else None
    response = Response(_prepared(path, encoding, _written(path)))
    response.content_type = _TYPES.get(suffix) or mimetypes.guess_type(path)[0] or "application/octet-stream"
    if suffix in _TEXT:
        response.headers["Vary"] = "Accept-Encoding"
        # A browser reads a module as UTF-8 whatever its header says.
        response.content_type += "" if suffix == ".js" else "; charset=utf-8"
    if encoding:
        response.headers["Content-Encoding"] = encoding
    response.headers["Cache-Control"] = _FOR_EVER if version == static_version() else "no-cache"
    return response


def _written(path: str) -> int:
    """Returns when the file was last changed, in ns, so that a change is served without a restart."""
    if path.startswith(bundles.FOLDER):
        return bundles.written()
    return max(part.stat().st_mtime_ns for part in _parts(path))


@lru_cache(maxsize=1024)
def _prepared(path: str, encoding: str | None, written_at: int) -> bytes:
    if Path(path).suffix not in _TEXT:
        return _content(path)
    return kept(f"{path} {encoding} {written_at}", lambda: _compressed(_content(path), encoding))


def _compressed(content: bytes, encoding: str | None) -> bytes:
    if encoding == "br":
        return bytes(brotli.compress(content))
    return gzip.compress(content, 9, mtime=0) if encoding == "gzip" else content


def json_file(content: bytes, current: bool) -> Response:
    """Returns JSON that does not change, compressed at the highest level. Where its address is the `current` one, a browser
    may cache it for a year."""
    encoding = request.accept_encodings.best_match(ENCODINGS)
    response = Response(_json_compressed(content, encoding), mimetype="application/json")
    if encoding:
        response.headers["Content-Encoding"] = encoding
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = _FOR_EVER if current else "no-cache"
    return response


@lru_cache(maxsize=256)
def _json_compressed(content: bytes, encoding: str | None) -> bytes:
    digest = hashlib.sha256(content).hexdigest()
    return kept(f"{digest} {encoding}", lambda: _compressed(content, encoding)) if encoding else content


def _content(path: str) -> bytes:
    """Returns what is sent, before it is compressed. Ends the request with 404 where there is no such file."""
    if path.startswith(bundles.FOLDER):
        text = bundles.joined(path)
        return text.encode() if text is not None else abort(404)
    content = b"\n".join(part.read_bytes() for part in _parts(path))
    if path.endswith(".css"):
        return without_spaces(content.decode()).encode()
    ours = path.endswith(".js") and is_ours(path)
    return without_comments(content.decode()).encode() if ours else content


def _parts(path: str) -> list[Path]:
    """Returns the file, or the style sheets that are requested as one. Ends the request with 404 where one is missing."""
    folder, _, name = path.rpartition("/")
    names = [f"{part}.css" for part in name.removesuffix(".css").split("+")] if "+" in name else [name]
    found = []
    for one in names:
        full = safe_join(str(STATIC), folder, one)
        if full is None or not _is_file(full):
            abort(404)
        found.append(Path(full))
    return found


def _is_file(full: str) -> bool:
    """Returns whether there is such a file. A name that is too long for the file system counts as none."""
    try:
        return Path(full).is_file()
    except (OSError, ValueError):
        return False


def _without_page_headers(response: Response) -> Response:
    """Removes from a file the headers that only pages need. On a phone's first visit the headers of thirty answers are as
    large as the font."""
    if request.endpoint in _FILES and response.status_code == 200 and response.mimetype != "image/svg+xml":
        for name in _OF_PAGES:
            response.headers.pop(name, None)
    return response


def register_statics(app: Flask) -> None:
    """Adds the static files to the application. Flask calls the first function of `after_request_funcs` last, so the headers
    are removed after they have been set."""
    app.add_url_rule("/static/v/<version>/<path:path>", "static_file", static_file)
    app.after_request_funcs.setdefault(None, []).insert(0, _without_page_headers)
    app.jinja_env.globals.update(static_url=static_url, needed=bundles.needed, inline=inline)
