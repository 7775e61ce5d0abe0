"""The catalogue for scripts: one cacheable address per language and surface, with just the texts that surface uses."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache

from flask import Blueprint, Response, abort

from .. import catalogue

texts = Blueprint("texts", __name__)

_COMMON = ("common.", "element.", "error.", "group.", "level.")
#: what the board says and the console shows beforehand
_ON_BOARD = ("nudge.", "mood.", "shortlist.")
#: the parts of the phone's texts that it needs in any step
_PHONE_AT_ONCE = (
    *("step_of", "fetch", "back", "moved_on", "follows", "awake", "gone", "throw_away", "version", "news", "waiting"),
    *("more", "over", "ready", "i_am", "arrived", "between", "break", "write", "ideas", "ballot.soon", "decision.soon"),
)
#: which keys each surface's scripts use, by prefix
SURFACES: dict[str, tuple[str, ...]] = {
    # A phone's first visit is kept small: what it needs in any step, and the rest with the first screen that says more.
    "phone": (
        "common.",
        "element.",
        "error.",
        *(f"phone.{part}" for part in _PHONE_AT_ONCE),
    ),
    "phone_more": ("phone.", "check.", "field.", "choice.", "consent.", "mandate.", "mood.", "shortlist."),
    "console": (
        *(*_COMMON, "console.", "check.", "field.", "choice.", "step.", "mandate.", "voice.", "template.", "consent."),
        *_ON_BOARD,
    ),
    "board": (*_COMMON, "board.", "field.", "choice.", "step.", "mandate.", "consent.", *_ON_BOARD),
}
_YEAR = 365 * 24 * 60 * 60


@lru_cache
def _content(lang: str, surface: str) -> bytes:
    found = {"language": lang, "messages": catalogue.messages(lang, SURFACES[surface])}
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()


def texts_url(lang: str, surface: str) -> str:
    """The address of a surface's texts; it changes when they do."""
    version = hashlib.sha256(_content(lang, surface)).hexdigest()[:10]
    return f"/catalogue/{lang}.{surface}.{version}.json"


@texts.get("/catalogue/<lang>.<surface>.<version>.json")
def surface_texts(lang: str, surface: str, version: str) -> Response:
    """The texts of a surface in a language."""
    if surface not in SURFACES or lang not in ("da", "en"):
        abort(404)
    response = Response(_content(lang, surface), mimetype="application/json")
    current = texts_url(lang, surface).split(".")[-2] == version
    response.headers["Cache-Control"] = f"public, max-age={_YEAR}, immutable" if current else "no-cache"
    return response
