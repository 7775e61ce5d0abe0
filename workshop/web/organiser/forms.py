"""The organisers' forms. They hold what was typed and the key against forgery; the rules decide what is allowed.

A field's label and description are keys of the catalogue; `limit` in its `render_kw` is the largest number of characters.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, PasswordField, StringField, TextAreaField

from workshop.commands.room.creating import LEVELS
from workshop.rules.limits import PERSON_NAME, TEXT_LIMITS
from workshop.rules.mandate import DECISION_LEVELS, PARTICIPATION_LEVELS
from workshop.rules.passwords import LEAST


def _words(name: str, rows: int = 0, **more: Any) -> StringField | TextAreaField:
    """Returns a field for a text of the workshop, with its limit."""
    field = TextAreaField if rows else StringField
    kw: dict[str, Any] = {"limit": TEXT_LIMITS[f"workshop.{name}"], "rows": rows, **more}
    return field(f"field.workshop.{name}", description=f"organiser.hint.{name}", render_kw=kw)


class ChoiceField(StringField):
    """A choice of one value, shown as a list or as rows. `choices` are pairs of a value and the key of its text; another value
    is refused by the rules, not by the form."""

    def __init__(self, label: str = "", choices: Sequence[tuple[str, str]] = (), **more: Any) -> None:
        super().__init__(label, **more)
        self.choices = choices


_LANGUAGES = (("da", "common.language.da"), ("en", "common.language.en"))
_NEW_PASSWORD = {"autocomplete": "new-password", "least": LEAST}


class EmptyForm(FlaskForm):
    """A button: it has only the key against forgery."""


class LogInForm(FlaskForm):
    name = StringField("organiser.name", render_kw={"autocomplete": "username"})
    password = PasswordField("organiser.password", render_kw={"autocomplete": "current-password"})


class AccountForm(FlaskForm):
    """A new account."""

    name = StringField("organiser.name", render_kw={"autocomplete": "username", "limit": PERSON_NAME})
    password = PasswordField("organiser.password", description="organiser.password.hint", render_kw=_NEW_PASSWORD)


class PasswordForm(FlaskForm):
    old_password = PasswordField("organiser.password.old", render_kw={"autocomplete": "current-password"})
    password = PasswordField("organiser.password.new", description="organiser.password.hint", render_kw=_NEW_PASSWORD)


class NewWorkshopForm(FlaskForm):
    title = _words("title")
    template = ChoiceField("organiser.new.template", default="collaboration")
    language = ChoiceField("organiser.language.workshop", _LANGUAGES)


class DuplicateForm(FlaskForm):
    title = _words("title")


class DeleteForm(FlaskForm):
    """The confirmation of deleting a workshop: its title, typed again."""

    title = StringField("organiser.delete.title_again")


class SettingsForm(FlaskForm):
    """Every setting of a workshop. `shown` holds the values with which the form was opened, so that only what was changed in
    it is sent, and what a facilitator has changed meanwhile is kept."""

    shown = HiddenField()
    title = _words("title")
    question = _words("question", rows=3, large=True)
    language = ChoiceField("organiser.language.workshop", _LANGUAGES, description="organiser.hint.language")
    commissioning_body = _words("commissioning_body")
    receiving_body = _words("receiving_body")
    response_due = StringField(
        "field.workshop.response_due", description="organiser.hint.response_due", render_kw={"type": "date"}
    )
    day = StringField("field.workshop.day", description="organiser.hint.day", render_kw={"type": "date"})
    begins = StringField("field.workshop.begins", description="organiser.hint.begins", render_kw={"type": "time"})
    place = _words("place")
    participation_level = ChoiceField(
        "field.workshop.participation_level",
        choices=[(level, f"choice.participation_level.{level}") for level in PARTICIPATION_LEVELS],
    )
    promise = _words("promise", rows=3)
    decision_level = ChoiceField(
        "field.workshop.decision_level",
        choices=[(level, f"choice.decision_level.{level}") for level in DECISION_LEVELS],
    )
    fixed_frame = _words("fixed_frame", rows=3)
    negotiable = _words("negotiable", rows=3)
    ground_rules = _words("ground_rules", rows=4)
    ideas_always_open = BooleanField("organiser.ideas_always_open", description="organiser.hint.ideas_always_open")
    privacy_minimum = StringField(
        "organiser.privacy_minimum", description="organiser.hint.privacy_minimum", render_kw={"inputmode": "numeric"}
    )
    group_labels = BooleanField("organiser.group_labels", description="organiser.hint.group_labels")
    retention_days = StringField(
        "organiser.retention_days", description="organiser.hint.retention_days", render_kw={"inputmode": "numeric"}
    )
    quorum = StringField("organiser.rule.quorum", description="organiser.hint.quorum")
    group_majority = StringField("organiser.rule.group_majority", description="organiser.hint.group_majority")
    binding_majority = StringField("organiser.rule.binding_majority", description="organiser.hint.binding_majority")
    overall_majority = StringField("organiser.rule.overall_majority", description="organiser.hint.overall_majority")


class GroupForm(FlaskForm):
    """A group's names in Danish and English, its level, whether it is required, and whether people may choose it."""

    da = StringField("organiser.group.da", render_kw={"limit": TEXT_LIMITS["group.name"]})
    en = StringField("organiser.group.en", render_kw={"limit": TEXT_LIMITS["group.name"], "optional": True})
    level = ChoiceField(
        "organiser.group.level",
        choices=[("", "organiser.group.no_level"), *((level, f"level.{level}") for level in LEVELS)],
    )
    required = BooleanField("organiser.group.required", description="organiser.hint.required")
    self_selectable = BooleanField(
        "organiser.group.self_selectable", description="organiser.hint.self_selectable", default=True
    )
