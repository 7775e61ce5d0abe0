"""Static files as they are sent: made once for each version, small, and kept by browsers for ever.

There is no build step. What a phone need not carry is left out here, when a file is first asked for: scripts lose their
comments, several style sheets come as one (`css/tokens+base.css`), and everything is compressed as well as it can be.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import re
from functools import lru_cache
from pathlib import Path

import brotli  # type: ignore[import-untyped]
from flask import Flask, Response, abort, request
from werkzeug.security import safe_join

STATIC = Path(__file__).parent.parent.parent / "static"
_YEAR = 365 * 24 * 60 * 60
_TEXT = {".css", ".js", ".svg", ".json", ".webmanifest"}
_TYPES = {".js": "text/javascript", ".woff2": "font/woff2", ".webmanifest": "application/manifest+json"}
#: what a browser needs to know of a page, but not of a script, a sheet or a font
_OF_PAGES = ("Content-Security-Policy", "X-Frame-Options", "Permissions-Policy", "Referrer-Policy", "Date")


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


def static_file(version: str, path: str) -> Response:
    """A static file; 404 where there is none. Under an old version's address it is the present file, not to be kept."""
    suffix = Path(path).suffix
    encoding = request.accept_encodings.best_match(["br", "gzip"]) if suffix in _TEXT else None
    response = Response(_prepared(path, encoding, _written(path)))
    response.content_type = _TYPES.get(suffix) or mimetypes.guess_type(path)[0] or "application/octet-stream"
    if suffix in _TEXT:
        response.headers["Vary"] = "Accept-Encoding"
        response.content_type += "; charset=utf-8"
    if encoding:
        response.headers["Content-Encoding"] = encoding
    kept = f"public, max-age={_YEAR}, immutable"
    response.headers["Cache-Control"] = kept if version == static_version() else "no-cache"
    return response


def _written(path: str) -> int:
    """When the file was last written, so that whoever works on it sees the change without a new start."""
    return max(part.stat().st_mtime_ns for part in _parts(path))


@lru_cache(maxsize=1024)
def _prepared(path: str, encoding: str | None, _written_at: int) -> bytes:
    content = b"\n".join(part.read_bytes() for part in _parts(path))
    if path.endswith(".js") and not path.startswith("vendor/"):
        content = without_comments(content.decode()).encode()
    if encoding == "br":
        return bytes(brotli.compress(content))
    return gzip.compress(content, 9, mtime=0) if encoding == "gzip" else content


def _parts(path: str) -> list[Path]:
    """The file, or the style sheets that are asked for as one. 404 where one of them is not there."""
    folder, _, name = path.rpartition("/")
    names = [f"{part}.css" for part in name.removesuffix(".css").split("+")] if "+" in name else [name]
    found = []
    for one in names:
        full = safe_join(str(STATIC), folder, one)
        if full is None or not Path(full).is_file():
            abort(404)
        found.append(Path(full))
    return found


_TOKEN = re.compile(
    r"""(?P<comment>//[^\n]*|/\*.*?\*/)
    |(?P<string>'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")
    |(?P<space>\s+)
    |(?P<word>[\w$\#]+)
    |(?P<sign>.)""",
    re.VERBOSE | re.DOTALL,
)
_REGEX = re.compile(r"/(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/\w*")
_TEMPLATE = re.compile(r"(?:[^`\\$]|\\.|\$(?!\{))*(`|\$\{)", re.DOTALL)
#: after one of these words a slash begins a regular expression, after any other a division
_BEFORE_REGEX = {"return", "typeof", "case", "in", "of", "do", "else", "void", "delete", "await", "yield"}


def without_comments(source: str) -> str:
    """A script without its comments and without the indentation of its code; every line break that may end a statement,
    every string, template and regular expression stays as it is. Raises `ValueError` for a template without an end."""
    out: list[str] = []
    before = ""
    braces: list[int] = []
    depth = place = 0
    while place < len(source):
        if source[place] == "`" or (source[place] == "}" and braces and braces[-1] == depth):
            if source[place] == "}":
                braces.pop()
            place, opened = _take_template(source, place, out)
            if opened:
                braces.append(depth)
            before = "" if opened else "`"
            continue
        found = _REGEX.match(source, place) if source[place] == "/" and _begins_regex(source, place, before) else None
        if found is None:
            found = _TOKEN.match(source, place)
            assert found is not None
        kind, text = found.lastgroup, found[0]
        place = found.end()
        if kind in ("comment", "space"):
            _put_space(out, text)
            continue
        depth += (text == "{") - (text == "}")
        out.append(text)
        before = text
    return "".join(out).strip() + "\n"


def _put_space(out: list[str], text: str) -> None:
    """A run of space and comments is one line break if it holds any, else one space."""
    space = "\n" if "\n" in text else " "
    if not out or not out[-1].isspace():
        out.append(space)
    elif space == "\n":
        out[-1] = space


def _begins_regex(source: str, place: int, before: str) -> bool:
    if source[place + 1 : place + 2] in ("/", "*"):
        return False
    if not before:
        return True
    if re.fullmatch(r"[\w$#]+", before):
        return before in _BEFORE_REGEX
    return before[-1] not in ")]}`'\""


def _take_template(source: str, place: int, out: list[str]) -> tuple[int, bool]:
    """Copy a template from its backtick (or the brace that ends a hole) to its end or its next hole: where the code
    goes on, and whether it is in a hole."""
    found = _TEMPLATE.match(source, place + 1)
    if found is None:
        raise ValueError("a template without an end")
    out.append(source[place] + found[0])
    return found.end(), found[1] == "${"


def _lean(response: Response) -> Response:
    """Take off what only pages need: on a phone's first visit the heads of thirty answers weigh as much as the font."""
    if request.endpoint == "static_file" and response.status_code == 200 and response.mimetype != "image/svg+xml":
        for name in _OF_PAGES:
            response.headers.pop(name, None)
    return response


def register_statics(app: Flask) -> None:
    """Add the static files. First in the list is called last: after the headers of pages have been set."""
    app.add_url_rule("/static/v/<version>/<path:path>", "static_file", static_file)
    app.after_request_funcs.setdefault(None, []).insert(0, _lean)
    app.jinja_env.globals.update(static_url=static_url)
