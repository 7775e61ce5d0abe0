"""The catalogue for scripts: one cacheable address per language and surface, with only the texts that the surface uses.

For console, board and helpers the texts are chosen by the prefix of their key. A phone loads fewer at a time: first those
that its first scripts name, then those of each screen when it is first needed (`modules.words_of` finds them in the scripts).
"""

from __future__ import annotations

import hashlib
import json
import re
from functools import lru_cache
from typing import Any

from flask import Blueprint, Response, abort

from workshop import catalogue
from workshop.rules import fields, language
from workshop.web.assets import bundles
from workshop.web.assets.files import json_file
from workshop.web.assets.modules import STATIC, closure, words_of

texts = Blueprint("texts", __name__)

_COMMON = ("common.", "element.", "error.", "group.", "level.", "hands.")
#: the prefixes of texts that the board shows and the console previews
_ON_BOARD = ("nudge.", "shortlist.", "amount.")
#: which keys each surface's scripts use, by prefix
SURFACES: dict[str, tuple[str, ...]] = {
    "helper": ("common.", "element.", "error.", "helper."),
    # Every text a phone may need; its first file holds only what `_named` finds.
    "phone_more": (
        *("phone.", "check.", "field.", "choice.", "consent.", "mandate.", "hands.", "history.", "shortlist."),
        *("amount.", "common.", "element.", "error.", "helper.acting.", "promise.", "step."),
    ),
    "console": (
        *(*_COMMON, "console.", "check.", "field.", "choice.", "step.", "mandate.", "voice.", "template.", "consent."),
        *("history.", "promise.", *_ON_BOARD),
    ),
    "board": (*_COMMON, "board.", "field.", "choice.", "step.", "promise.", "mandate.", "consent.", "history.", *_ON_BOARD),
}
#: the refusals a phone may get, without those that only forms, links and facilitators get
_REFUSALS = (
    r"error\.(?!checks_open$|no_quorum.*|already\.(?:label|one_card)$|ended\.last_day$|unknown_code\.card$|empty\.no_cards$"
    r"|not_open\.(?:late_card|withheld)$"
    r"|conflict\.(?:another_person|old_form|members|party)$|not_allowed\.(?:another_site|chair)$"
    r"|too_many\.(?:codes|passwords|in_an_hour|in_a_day|account_workshops|devices)$|closed\.(?:lowest|voted|rounds)$"
    r"|field\.(?:card|code|commissioning_body|decision_level|groups|instruction|into|kind|look_back|method|minutes|options"
    r"|participant|until"
    r"|participation_level|password|privacy_minimum|promise|question|receiving_body|reentry_code|response_due|rows|seat"
    r"|settings|show_of_hands|shows|step|template|theme|title|verdict)$).*"
)
#: its own key patterns are left out: it looks up the keys that other modules name
_CATALOGUE = "js/lib/catalogue.js"
#: the script whose texts are loaded first, for a phone and for a seat that a helper acts for
_FIRST = {"phone": bundles.ROOT, "seat": "js/helper/bar.js"}
#: ends the name of a surface for a reader of another language than the workshop's: it also has the ready words (`_READY`)
_TRANSLATED = "_translated"
_SCREEN = "phone-"
#: ready words (`ready_words.py`); their keys come with the records of the workshop and its steps
_READY = r"promise\.\w+|step\.\w+\.(?:title(?:\.advice)?|instruction)"


def screens() -> list[str]:
    """Returns the names of the phone's screens whose texts are loaded when the screen is first needed."""
    return sorted(path.stem for path in (STATIC / "js/phone").glob("*.js"))


def _named(surface: str) -> re.Pattern[str] | None:
    """Returns a pattern of the keys that the scripts of a surface name; None where the surface is defined by prefixes."""
    first = {*bundles.layout()["phone"], bundles.ROOT}
    start = _FIRST.get(surface.removesuffix(_TRANSLATED))
    if start is not None:
        words = words_of({*first, *closure([start])} - {_CATALOGUE}).pattern
        return re.compile("|".join([_REFUSALS, words, *([_READY] if surface.endswith(_TRANSLATED) else [])]))
    if surface.startswith(_SCREEN):
        return words_of(path for path in closure([f"js/phone/{surface.removeprefix(_SCREEN)}.js"]) if path not in first)
    return None


@lru_cache
def _content(lang: str, surface: str) -> bytes:
    named = _named(surface)
    if named is None:
        found = catalogue.messages(lang, SURFACES[surface])
    else:
        every = catalogue.messages(lang, ("",)).items()
        # `KEY.two` comes with its key: the catalogue looks for it by itself.
        found = {key: text for key, text in every if named.fullmatch(key.removesuffix(".two"))}
    return json.dumps({"language": lang, "messages": found}, ensure_ascii=False, separators=(",", ":")).encode()


@lru_cache
def texts_url(lang: str, surface: str) -> str:
    """Returns the address of a surface's texts; it changes when they do."""
    content = _all_screens(lang) if surface.startswith(_SCREEN) else _content(lang, surface)
    return f"/catalogue/{lang}.{surface}.{hashlib.sha256(content).hexdigest()[:10]}.json"


@lru_cache
def _all_screens(lang: str) -> bytes:
    """Returns the texts of all the phone's screens. They share one version, so that the page needs one address for all."""
    return b"".join(_content(lang, _SCREEN + name) for name in screens())


def first_texts_urls(surface: str, written_in: str) -> dict[str, str]:
    """Returns the addresses of a surface's first texts by language. `written_in` is the workshop's language: whoever reads
    another one also gets the ready words of steps and the promise (`ready_words.py`)."""
    return {
        lang: texts_url(lang, surface + _TRANSLATED if surface in _FIRST and lang != written_in else surface)
        for lang in catalogue.LANGUAGES
    }


def fields_of_texts() -> dict[str, list[dict[str, Any]]]:
    """Returns the fields of goals and agreements for the screens, from the table of `rules.fields`."""
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
    """Returns the address of the table of fields, which a phone fetches when a screen needs it."""
    return f"/catalogue/fields.{hashlib.sha256(_fields()).hexdigest()[:10]}.json"


def screen_texts_url(lang: str) -> str:
    """Returns the address of the texts of the phone's screens, with `*` in place of the screen's name."""
    return texts_url(lang, f"{_SCREEN}*")


@texts.get("/catalogue/fields.<version>.json")
def field_table(version: str) -> Response:
    """Returns the table of fields; cacheable for a year at its current address."""
    return json_file(_fields(), fields_url().split(".")[-2] == version)


@texts.get("/catalogue/<lang>.<surface>.<version>.json")
def surface_texts(lang: str, surface: str, version: str) -> Response:
    """Returns the texts of a surface in a language; 404 for an unknown one."""
    known = {*SURFACES, *_FIRST, *(name + _TRANSLATED for name in _FIRST), *(_SCREEN + name for name in screens())}
    if surface not in known or lang not in ("da", "en"):
        abort(404)
    return json_file(_content(lang, surface), texts_url(lang, surface).split(".")[-2] == version)
