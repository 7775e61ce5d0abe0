"""The forms of the organiser's follow-up page; the same macros as for all other forms draw their fields."""

from __future__ import annotations

from typing import Any

from wtforms import Form, StringField, TextAreaField

from workshop.rules.limits import TEXT_LIMITS


def _line(label: str, limit: str, hint: str = "", **more: Any) -> StringField:
    return StringField(label, description=hint, render_kw={"limit": TEXT_LIMITS[f"follow_up.{limit}"], **more})


def _text(label: str, hint: str = "", **more: Any) -> TextAreaField:
    kw = {"limit": TEXT_LIMITS["follow_up.words"], "rows": 2, **more}
    return TextAreaField(label, description=hint, render_kw=kw)


class LinkForm(Form):
    """A new link: for another body to which an item was passed, or for a receiver, an owner, a party or a panel."""

    role = StringField("organiser.follow_up.field.role")
    on = StringField("organiser.follow_up.field.on")
    party = StringField("organiser.follow_up.field.party")
    body = _line("organiser.follow_up.field.body", "body", "organiser.follow_up.hint.body")
    name = _line("organiser.follow_up.field.name", "name", optional=True)
    address = _line("following.field.address", "address", "following.hint.address", optional=True)


class HandOverForm(Form):
    """To whom the result was handed over, and by when it is to be answered."""

    to = _line("organiser.follow_up.field.to", "name", "organiser.follow_up.hint.to", optional=True)
    due = StringField("organiser.follow_up.field.due", render_kw={"type": "date"})
    note = _text("organiser.follow_up.field.note", "following.hint.public", optional=True)


class RhythmForm(Form):
    """The days on which owners are asked to report."""

    dates = StringField("organiser.follow_up.field.dates")


class CorrectForm(Form):
    """Why an answer that is shown as overdue is not."""

    reason = _text("organiser.follow_up.field.correct", "following.hint.public")


class SuccessorForm(Form):
    """Who takes over from an owner who is gone."""

    to_name = _line("following.field.to_name", "name")
    address = _line("following.field.address", "address", "following.hint.address", optional=True)
    words = _text("following.field.pass_words", "following.hint.public", optional=True)
