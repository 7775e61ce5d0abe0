"""The sentences of the pages by link: days, answers, lines and refusals in the language of the page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from babel.dates import format_date

from workshop import catalogue
from workshop.catalogue import t
from workshop.clock import day_of
from workshop.export.sources.reading import Reading
from workshop.models import Workshop
from workshop.rules.answers import OVERDUE
from workshop.rules.refusal import Refused

Record = Mapping[str, Any]


class Said(NamedTuple):
    """A state in words: the name of its sign, a short phrase, and a line about it."""

    sign: str
    words: str
    about: str = ""


def day_words(value: date | datetime | str | None, lang: str) -> str:
    """Returns a day as people write it, in the time zone of the room; an empty text for none. `value` may be a day or a moment
    in ISO 8601."""
    if not value:
        return ""
    if isinstance(value, str):
        value = datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value)
    day = day_of(value) if isinstance(value, datetime) else value
    return format_date(day, "d. MMMM y" if lang == "da" else "d MMMM y", locale="da" if lang == "da" else "en_GB")


def names(workshop: Workshop, lang: str) -> dict[str, str]:
    """Returns the name of each item by its id: "Mål 2", "Aftale A", as in every exported file."""
    return Reading(workshop, lang, public=False).labels


def refusal_words(refused: Refused, lang: str) -> str:
    """Returns the sentence of a refusal on these pages: their own where the catalogue has one for the field
    (`following.refused.CODE.FIELD`), else the usual one."""
    field = (refused.field or "").rpartition(".")[2]
    facts = {name: _shown(value, lang) for name, value in refused.facts.items()}
    for fact in (*sorted(name for name, value in facts.items() if value), ""):
        key = f"following.refused.{refused.code}.{field}" + (f".{fact}" if fact else "")
        if catalogue.has(key):
            return t(key, lang, **facts)
    return catalogue.refusal(refused.as_error(), lang)


def _shown(value: object, lang: str) -> object:
    """Returns a fact for use in a sentence: a day in words, a list with commas."""
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    try:
        return day_words(date.fromisoformat(value), lang) if isinstance(value, str) else value
    except ValueError:
        return value


def answer_words(answer: Record, lang: str) -> Said:
    """Returns the state of an item's answer in words, docs/rules.md section 11."""
    state = str(answer["state"])
    due = day_words(answer["due"], lang)
    if state == "answered":
        return Said(
            "check", given_words(answer, lang), t("following.state.answered", lang, day=day_words(answer["at"], lang))
        )
    if state == "postponed":
        reason = answer["postponed"][-1]["reason"] if answer["postponed"] else ""
        return Said("calendar", t("following.state.postponed", lang, day=due), reason)
    return Said("late" if state in OVERDUE else "calendar", t(f"following.state.{state}", lang, day=due))


def given_words(answer: Record, lang: str) -> str:
    """Returns an answer as it was given: "Senere, 1. januar 2029", "Hører til hos Region Fjord"."""
    return t(
        f"following.answer.{answer['answer']}.given",
        lang,
        day=day_words(answer.get("date"), lang),
        body=answer.get("body") or "",
    )


def line_words(line: Record, today: date, lang: str) -> Said:
    """Returns the state of a line in words, docs/rules.md section 11."""
    state, by_when = str(line["state"]), line["by_when"]
    if line["late_since"]:
        return Said("late", t("following.line.late", lang, day=day_words(by_when, lang)))
    if state == "none":
        if by_when is None:
            return Said("calendar", t("following.line.no_day", lang))
        left = (date.fromisoformat(by_when) - today).days
        return Said("calendar", t("following.line.due", lang, n=left), day_words(by_when, lang))
    told = day_words(line["reports"][-1]["date"], lang)
    if state == "delivered":
        standing = str(line["standing"])
        signs = {"confirmed": "twice", "documented": "paper", "undocumented": "check", "contested": "versus"}
        return Said(signs[standing], t(f"following.line.{standing}", lang), told)
    signs = {"partly": "half", "not_delivered": "cross", "withdrawn": "minus"}
    words = t(f"following.line.{state}", lang)
    return Said("versus" if line["standing"] == "contested" else signs[state], words, told)


def reached_words(reached: Record, lang: str) -> Said:
    """Returns in words whether a goal is reached, docs/rules.md section 11: the state, and the value with its target."""
    state = str(reached["state"])
    progress = reached["progress"]
    words = t(f"following.reached.{state}", lang)
    if state == "moving" and progress is not None:
        words = t("following.reached.moving.progress", lang, progress=progress)
    if reached["value"] is None:
        return Said("calendar", words)
    facts = {
        "value": reached["value"],
        "target": reached["target"] or t("following.reached.no_target", lang),
        "unit": reached["unit"] or "",
        "day": day_words(reached["value_date"], lang),
    }
    return Said("check" if state == "reached" else "calendar", words, t("following.reached.facts", lang, **facts))
