"""The texts of mails, in plain text: what is to be done first, the link, and how to stop the mails."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date

from workshop.catalogue import t
from workshop.rules.reminders import Task

_LONGEST_TITLE = 90
"""Characters of a title in a subject: about what a list of mails shows."""


@dataclass(frozen=True)
class Doing:
    """One task with the title of its item and the address where it is done; "" for the organiser's own tasks."""

    task: Task
    title: str
    address: str = ""


def day_words(day: date, lang: str) -> str:
    """Returns a day as people write it."""
    return format_date(day, "d. MMMM y" if lang == "da" else "d MMMM y", locale="da" if lang == "da" else "en_GB")


def subject(doing: Sequence[Doing], lang: str) -> str:
    """Returns the subject of a reminder: the first thing to do."""
    return _as_row(doing[0], lang, short=True)


def reminder(doing: Sequence[Doing], workshop: str, body: str, stop: str, lang: str) -> str:
    """Returns the text of a reminder. `workshop` is the title of the workshop, `body` the name of who is reminded, `stop` the
    address that ends the mails, "" for the organiser."""
    first, *others = doing
    parts = [t("mail.about", lang, title=_line(workshop)), t(f"mail.todo.{first.task.kind}", lang, **_facts(first, lang))]
    if first.address:
        parts.append(t("mail.do_it", lang, address=first.address))
    if others:
        rows = [_other(one, first, lang) for one in others]
        parts.append("\n".join([t("mail.also", lang, n=len(others)), *rows]))
    if first.address:
        parts.append(t("mail.own_link", lang))
    if stop:
        parts.append(t("mail.why", lang, body=_line(body)) + "\n" + t("mail.stop", lang, address=stop))
    return "\n\n".join(parts) + "\n"


def _other(one: Doing, first: Doing, lang: str) -> str:
    """Returns the row of a further task, with its address where that differs from the first one's."""
    address = f"\n  {one.address}" if one.address != first.address else ""
    return f"- {_as_row(one, lang)}{address}"


def confirmation(workshop: str, address: str, stop: str, lang: str) -> tuple[str, str]:
    """Returns subject and text of the mail by which a subscriber confirms the address."""
    parts = [
        t("mail.confirm.text", lang, title=_line(workshop)),
        t("mail.confirm.do_it", lang, address=address),
        t("mail.confirm.ignore", lang, address=stop),
    ]
    return t("mail.confirm.subject", lang, title=_shortened(_line(workshop))), "\n\n".join(parts) + "\n"


def news(rows: Sequence[str], workshop: str, record: str, stop: str, lang: str) -> tuple[str, str]:
    """Returns subject and text of the mail that tells a subscriber what happened in a workshop, one row for each event."""
    parts = [
        t("mail.news.text", lang, title=_line(workshop)),
        "\n".join(f"- {row}" for row in rows),
        t("mail.news.record", lang, address=record),
        t("mail.news.stop", lang, address=stop),
    ]
    return t("mail.news.subject", lang, title=_shortened(_line(workshop))), "\n\n".join(parts) + "\n"


def _as_row(one: Doing, lang: str, *, short: bool = False) -> str:
    """Returns a task as a subject or a row of a list."""
    facts = _facts(one, lang)
    return t(f"mail.subject.{one.task.kind}", lang, **facts | ({"title": _shortened(facts["title"])} if short else {}))


def _facts(one: Doing, lang: str) -> dict[str, str]:
    return {"title": _line(one.title), "day": day_words(one.task.day, lang), "about": _line(one.task.about)}


def _line(text: str) -> str:
    """Returns a text on one line, because a line break in a title would look like another part of the mail."""
    return " ".join(text.split())


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_TITLE else text[: _LONGEST_TITLE - 1].rstrip() + "…"
