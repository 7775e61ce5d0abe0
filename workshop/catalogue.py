"""Every text that people read, in every language: the .po files, loaded once, looked up by key.

It imports nothing else of the package. Keys are dotted (`phone.ideas.send`); `{name}` in a text is replaced by
the fact of that name; where a text has a plural, the fact `n` selects the form, and a text `KEY.two` is for
exactly two ("begge grupper"). `static/js/lib/catalogue.js` does the same for scripts.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

LANGUAGES: tuple[str, ...] = ("da", "en")
DEFAULT_LANGUAGE = "da"
FOLDER = Path(__file__).parent / "translations"

Text = str | tuple[str, ...]

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_log = logging.getLogger(__name__)
_strict = False


class MissingText(KeyError):
    """A key, a plural or a fact that is not there: raised only where the catalogue is strict (in tests)."""


def be_strict(on: bool = True) -> None:
    """Makes a missing text raise `MissingText` instead of falling back. For tests: in a running workshop a missing text
    must not stop anyone."""
    global _strict
    _strict = on


def load_file(path: Path) -> dict[str, Text]:
    """Returns the texts of one .po file: `{key: text}`, and `{key: (one, many)}` where the text has a plural.

    Empty texts are left out, so that they fall back. Raises `babel.messages.pofile.PoFileError` for a
    broken file.
    """
    found: dict[str, Text] = {}
    with path.open("rb") as file:
        for message in read_po(file, abort_invalid=True):
            if not message.id:
                continue
            if isinstance(message.string, str):
                forms: Text = message.string
            else:
                forms = tuple(message.string or ())
            if forms and all(forms):
                found[message.id if isinstance(message.id, str) else message.id[0]] = forms
    return found


@cache
def texts(lang: str) -> dict[str, Text]:
    """Returns all texts of one language, from every file of `translations/<lang>/`. Read once; do not change it."""
    merged: dict[str, Text] = {}
    for path in sorted((FOLDER / lang).glob("*.po")):
        merged.update(load_file(path))
    return merged


def load() -> None:
    """Reads all languages now, so that no visitor waits for it and a broken file is found at start."""
    for lang in LANGUAGES:
        texts(lang)


def language(wanted: str | None) -> str:
    """Returns the language to use for the one somebody asked for: `en-GB` gives `en`, an unknown language gives Danish."""
    short = (wanted or "").replace("_", "-").split("-")[0].lower()
    return short if short in LANGUAGES else DEFAULT_LANGUAGE


def has(key: str, lang: str = DEFAULT_LANGUAGE) -> bool:
    """Returns whether the key has a text in this language."""
    return key in texts(lang)


def t(key: str, /, lang: str = DEFAULT_LANGUAGE, **facts: object) -> str:
    """Returns the text of `key` in `lang`, with `{name}` replaced by the fact of that name and the plural chosen by `n`;
    for two, `KEY.two` where there is such a text.

    A missing key falls back to Danish, then to the key itself; a missing fact leaves its `{name}`. Both
    raise `MissingText` where the catalogue is strict.
    """
    if facts.get("n") == 2 and has(f"{key}.two", lang):
        key = f"{key}.two"
    text = _find(key, lang)
    if isinstance(text, tuple):
        text = _plural(key, text, facts)
    if "{" not in text:
        return text
    return _PLACEHOLDER.sub(lambda found: _fact(key, found, facts), text)


def refusal(error: Mapping[str, object], lang: str = DEFAULT_LANGUAGE) -> str:
    """Returns the sentence of a refusal, from the protocol's `error` object `{"code", "field"?, ...facts}`.

    `error.CODE.FACT` is used where that text exists and the fact is given (`field` last), else
    `error.CODE`; a code this version does not know gives `error.unknown`. The field is named in the
    reader's language.
    """
    code = f"error.{error.get('code')}"

    def shown(fact: str) -> str:
        value = str(error[fact])
        return field_name(value, lang) if fact == "field" else value

    for fact in sorted(error.keys() - {"code"}, key=lambda name: (name == "field", name)):
        if has(f"{code}.{fact}"):
            return t(f"{code}.{fact}", lang, **{fact: shown(fact)})
    return t(code if has(code) else "error.unknown", lang)


def field_name(field: str, lang: str = DEFAULT_LANGUAGE) -> str:
    """Returns what a field is called in a refusal; the field itself where no name is known.

    A place inside a list ("parties.0.name") has the name of the list.
    """
    field = field.partition(".")[0]
    for prefix in ("error.field.", "field.goal.", "field.agreement.", "field.workshop."):
        if has(prefix + field):
            return t(prefix + field, lang)
    return field


def messages(lang: str, prefixes: Iterable[str]) -> dict[str, str | list[str]]:
    """Returns the texts whose key starts with one of `prefixes`, as plain JSON for scripts: a plural is `[one, many]`.

    A key that this language lacks comes in Danish, as `t` would give it.
    """
    starts = tuple(prefixes)
    chosen = {**texts(DEFAULT_LANGUAGE), **texts(language(lang))}
    return {
        key: list(text) if isinstance(text, tuple) else text
        for key, text in sorted(chosen.items())
        if key.startswith(starts)
    }


def _find(key: str, lang: str) -> Text:
    for candidate in (lang, DEFAULT_LANGUAGE):
        text = texts(candidate).get(key)
        if text is not None:
            return text
        if _strict:
            raise MissingText(f"no text for {key!r} in {candidate!r}")
    _log.warning("no text for %s in %s", key, lang)
    return key


def _plural(key: str, forms: tuple[str, ...], facts: dict[str, object]) -> str:
    """Returns the form for the fact `n`. Danish and English have the same two: one, and every other number, also 0."""
    if _strict and "n" not in facts:
        raise MissingText(f"{key!r} has a plural and needs n")
    return forms[0] if facts.get("n") == 1 else forms[-1]


def _fact(key: str, found: re.Match[str], facts: dict[str, object]) -> str:
    name = found[1]
    if name in facts:
        return str(facts[name])
    if _strict:
        raise MissingText(f"{key!r} needs the fact {name!r}")
    return found[0]
