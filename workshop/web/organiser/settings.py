"""A workshop's settings as one form: question, mandate, rules of the room."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

from flask import redirect, request, url_for
from wtforms import BooleanField

from workshop.catalogue import t
from workshop.commands.room.settings import Settings, something_said
from workshop.door.arguments import parse
from workshop.models import Workshop
from workshop.rules.decisions import SHARES, Rule
from workshop.rules.mandate import PARTICIPATION_LEVELS, promise_key
from workshop.rules.refusal import Refused, together
from workshop.web.organiser.accounts import Page
from workshop.web.organiser.forms import SettingsForm
from workshop.web.organiser.pages import carry_out, organising, own, page, say_no, tell

#: settings that are whole numbers
NUMBERS = ("privacy_minimum", "retention_days")
DATES = ("response_due", "day")
_NOT_SETTINGS = ("csrf_token", "shown")


@organising.route("/workshops/<int:workshop_id>/settings", methods=["GET", "POST"])
def settings(workshop_id: int) -> Page:
    """Shows and changes the settings. Only what was changed on the page is sent."""
    workshop = own(workshop_id)
    form = SettingsForm()
    if request.method != "POST":
        return _page(workshop, _filled(workshop))
    try:
        changed = _changed(workshop, form)
        if changed:
            together(partial(parse, Settings, changed), partial(Rule.from_settings, changed.get("decision_rules", {})))
            carry_out(workshop_id, "edit_workshop", **changed)
    except Refused as refused:
        say_no(form, refused)
        return _page(own(workshop_id), form, 409 if refused.code == "closed" else 422)
    tell("organiser.settings.saved")
    return redirect(url_for("organising.settings", workshop_id=workshop_id), 303)


def _page(workshop: Workshop, form: SettingsForm, status: int = 200) -> Page:
    promises = {level: t(promise_key(level), workshop.language) for level in PARTICIPATION_LEVELS}
    only_raised = something_said(workshop.id)
    return page(
        "settings", status, workshop=workshop, here="settings", form=form, promises=promises, only_raised=only_raised
    )


def _values(workshop: Workshop) -> dict[str, Any]:
    """Returns the settings as the form shows them."""
    values = {
        name: getattr(workshop, name)
        for name in SettingsForm()._fields
        if name not in (*_NOT_SETTINGS, *SHARES, *NUMBERS, *DATES)
    }
    values |= {name: str(getattr(workshop, name)) for name in NUMBERS}
    values |= {name: day.isoformat() if (day := getattr(workshop, name)) else "" for name in DATES}
    values["begins"] = workshop.begins or ""
    rule = Rule.from_settings(dict(workshop.decision_rules)).as_settings()
    return values | {name: str(rule[name]) for name in SHARES}


def _filled(workshop: Workshop) -> SettingsForm:
    values = _values(workshop)
    return SettingsForm(formdata=None, data={**values, "shown": json.dumps(values, ensure_ascii=False)})


def _changed(workshop: Workshop, form: SettingsForm) -> dict[str, Any]:
    """Returns what was changed on the page, as arguments of `edit_workshop`."""
    shown = _shown(form)
    typed = {
        name: field.data if isinstance(field, BooleanField) else (field.data or "").replace("\r\n", "\n")
        for name, field in form._fields.items()
        if name not in _NOT_SETTINGS
    }
    changed = {name: value for name, value in typed.items() if value != shown.get(name)}
    if changed.get("promise") == "":
        changed["promise"] = t(promise_key(str(typed["participation_level"])), str(typed["language"]))
    for name in NUMBERS:
        if name in changed:
            changed[name] = _whole(str(changed[name]))
    shares = {name: _share(str(changed.pop(name))) for name in SHARES if name in changed}
    if shares:
        changed["decision_rules"] = {**workshop.decision_rules, **shares}
    return changed


def _shown(form: SettingsForm) -> dict[str, Any]:
    """Returns the values with which the page was opened. Where they cannot be read it returns none, so that every field counts
    as changed."""
    try:
        shown = json.loads(form.shown.data or "{}")
    except json.JSONDecodeError:
        return {}
    return shown if isinstance(shown, dict) else {}


def _whole(text: str) -> int | str:
    """Returns a whole number; another text unchanged, which the rules refuse."""
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else text


def _share(text: str) -> str:
    """Returns a share, typed as "1/2" or "50 %", as "a/b"; another text unchanged, which the rules refuse."""
    text = text.strip().replace(" ", "")
    return f"{text[:-1]}/100" if text.endswith("%") and text[:-1].isdigit() else text or "0"
