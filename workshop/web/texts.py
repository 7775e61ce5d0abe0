"""The catalogue for scripts: one cacheable address per language and surface, with just the texts that surface uses."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from typing import Any

from flask import Blueprint, Response, abort

from .. import catalogue
from ..rules import fields, language

texts = Blueprint("texts", __name__)

_COMMON = ("common.", "element.", "error.", "group.", "level.", "hands.")
#: what the board says and the console shows beforehand
_ON_BOARD = ("nudge.", "mood.", "shortlist.", "amount.")
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
    # A seat is seen by the same screens, under the helper's bar.
    "seat": ("common.", "element.", "error.", "helper.acting.", *(f"phone.{part}" for part in _PHONE_AT_ONCE)),
    "helper": ("common.", "element.", "error.", "helper."),
    "phone_more": (
        *("phone.", "check.", "field.", "choice.", "consent.", "mandate.", "hands.", "history.", "mood.", "shortlist."),
        "amount.",
    ),
    "console": (
        *(*_COMMON, "console.", "check.", "field.", "choice.", "step.", "mandate.", "voice.", "template.", "consent."),
        *("history.", *_ON_BOARD),
    ),
    "board": (*_COMMON, "board.", "field.", "choice.", "step.", "mandate.", "consent.", "history.", *_ON_BOARD),
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


def fields_of_texts() -> dict[str, list[dict[str, Any]]]:
    """The fields of goals and agreements as screens lay them out: the one table of `rules.fields`."""
    return {noun: [_field_facts(noun, field) for field in fields.FIELDS[noun]] for noun in ("goal", "agreement")}


def _field_facts(noun: str, field: fields.Field) -> dict[str, Any]:
    return {
        "name": field.name,
        "kind": field.kind,
        "limit": field.limit,
        "choices": list(field.choices),
        "only_for": field.only_for,
        "derived": field.derived,
        "correctable": noun in fields.FIELDS and language.may_correct(noun, field.name),
        "items": [_field_facts(field.name, item) for item in field.items],
    }


@lru_cache
def _fields() -> bytes:
    return json.dumps(fields_of_texts(), separators=(",", ":")).encode()


def fields_url() -> str:
    """The address of the table of fields, for a phone that fetches it when a screen needs it."""
    return f"/catalogue/fields.{hashlib.sha256(_fields()).hexdigest()[:10]}.json"


@texts.get("/catalogue/fields.<version>.json")
def field_table(version: str) -> Response:
    """The table of fields; cacheable for ever under its own address."""
    return _cached(_fields(), fields_url().split(".")[-2] == version)


@texts.get("/catalogue/<lang>.<surface>.<version>.json")
def surface_texts(lang: str, surface: str, version: str) -> Response:
    """The texts of a surface in a language."""
    if surface not in SURFACES or lang not in ("da", "en"):
        abort(404)
    return _cached(_content(lang, surface), texts_url(lang, surface).split(".")[-2] == version)


def _cached(content: bytes, current: bool) -> Response:
    """JSON that a browser keeps for a year where its address is the present one."""
    response = Response(content, mimetype="application/json")
    response.headers["Cache-Control"] = f"public, max-age={_YEAR}, immutable" if current else "no-cache"
    return response
