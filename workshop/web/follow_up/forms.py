"""The forms of the pages by link. They hold what was typed; the commands decide what is allowed.

A field's label and description are keys of the catalogue, as in the organiser's forms; the same macros draw them.
"""

from __future__ import annotations

from typing import Any

from wtforms import Form, HiddenField, StringField, TextAreaField

from workshop.rules.limits import TEXT_LIMITS

_DAY = {"type": "date"}


def _line(label: str, limit: str, hint: str = "", **more: Any) -> StringField:
    return StringField(label, description=hint, render_kw={"limit": TEXT_LIMITS[f"follow_up.{limit}"], **more})


def _text(label: str, hint: str = "", rows: int = 3, **more: Any) -> TextAreaField:
    kw = {"limit": TEXT_LIMITS["follow_up.words"], "rows": rows, **more}
    return TextAreaField(label, description=hint, render_kw=kw)


def _day(label: str, hint: str = "") -> StringField:
    return StringField(label, description=hint, render_kw=_DAY)


class AnswerForm(Form):
    """A receiver's answer to one item, and the day it is postponed to instead."""

    answer = StringField("following.answer.which")
    reason = _text("following.field.reason")
    date = _day("following.field.answer_date", "following.hint.answer_date")
    body = _line("following.field.answer_body", "body", "following.hint.answer_body")
    revision = HiddenField()
    to = _day("following.field.to", "following.hint.near")
    because = _line("following.field.because", "words")


class StepForm(Form):
    """A meeting at which an item, or the whole result, is dealt with."""

    on = StringField("following.field.on")
    body = _line("following.field.committee", "body")
    date = _day("following.field.meeting_day")
    title = _line("following.field.agenda", "title")
    case_number = _line("following.field.case_number", "case_number", optional=True)
    outcome = _text("following.field.outcome", "following.hint.outcome", rows=2, optional=True)
    link = _line("following.field.link", "link", "following.hint.link", optional=True, type="url")


class WordsForm(Form):
    """A short text: an answer to the panel, a question, a statement or a reason."""

    words = _text("following.field.words")


class LineForm(Form):
    """A report on one line of an agreement."""

    state = StringField("following.field.state")
    words = _text("following.field.line_words", "following.hint.line_words", rows=2)
    evidence = _line("following.field.evidence", "evidence", "following.hint.evidence", optional=True)
    date = _day("following.field.line_date", "following.hint.line_date")


class ReportForm(Form):
    """An owner's report on the item."""

    value = _line("following.field.value", "value", inputmode="decimal")
    value_date = _day("following.field.value_date")
    source = _line("following.field.source", "source")
    status = StringField("following.field.status")
    what_worked = _text("following.field.what_worked", rows=2)
    what_went_wrong = _text("following.field.what_went_wrong", "following.hint.nothing", rows=2)
    lesson = _text("following.field.lesson", rows=2)
    next_date = _day("following.field.next_date", "following.hint.near")
    corrects = HiddenField()


class PassOnForm(Form):
    """Who the work is passed on to."""

    to_name = _line("following.field.to_name", "name")
    address = _line("following.field.address", "address", "following.hint.address", optional=True)
    words = _text("following.field.pass_words", "following.hint.public", rows=2, optional=True)


class EndForm(Form):
    """Why an agreement is ended, and when that was said."""

    reason = _text("following.field.end_reason", "following.hint.public", rows=2)
    date = _day("following.field.end_date", "following.hint.end_date")


class AskForm(Form):
    """A question of the panel about one item."""

    words = _text("following.field.question", "following.hint.public")
