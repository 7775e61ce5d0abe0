"""The catalogue for scripts: one cacheable address per language and surface, with just the texts that surface uses."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache

from flask import Blueprint, Response, abort

from .. import catalogue

texts = Blueprint("texts", __name__)

_COMMON = ("common.", "element.", "error.", "group.", "level.")
#: which keys each surface's scripts use, by prefix
SURFACES: dict[str, tuple[str, ...]] = {
    # What a phone needs at once, and what it fetches with the first goal or agreement: the first visit is kept small.
    "phone": (
        "common.",
        "element.",
        "error.",
        "phone.",
        "choice.participation_level.",
        "choice.decision_level.",
        "field.workshop.",
    ),
    "phone_more": ("check.", "field.", "choice.", "consent.", "mandate."),
    "console": (*_COMMON, "console.", "check.", "field.", "choice.", "step.", "mandate.", "voice.", "template.", "consent."),
    "board": (*_COMMON, "board.", "field.", "choice.", "step.", "mandate.", "consent."),
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
