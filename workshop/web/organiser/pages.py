"""What the organiser's pages share: who is let in, in which language, and how a refusal is shown at its form.

The pages themselves are in modules by noun: `accounts`, `workshops`, `groups`, `taking_home`, `sheets` and others. They work
without a script; every change goes through `perform`.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from babel.dates import format_date
from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from flask_wtf import FlaskForm
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response
from wtforms import Field

from workshop import catalogue, rate_limits
from workshop.clock import day_of
from workshop.extensions import db
from workshop.forwarding import perform
from workshop.identity import ORGANISER, Actor, in_workshop
from workshop.models import Organiser, Workshop
from workshop.rules.refusal import Refused
from workshop.web.authentication import page_actor
from workshop.web.languages import page_language

organising = Blueprint("organising", __name__, url_prefix="/organiser")

#: the pages that need no log-in, and the one that facilitators may open too
_OPEN = frozenset({"organising.log_in", "organising.first", "organising.invited", "organising.import_ideas"})


@organising.before_request
def _only_organisers() -> Response | None:
    if request.endpoint in _OPEN or current_user.is_authenticated:
        return None
    here = request.full_path.rstrip("?") if request.method != "POST" else None
    return redirect(url_for("organising.log_in", next=here), 303)


@organising.before_request
def _count_forms() -> None:
    """Counts each form as one message of the organiser. Raises `Refused("too_many")` over the limit, which calls of the API
    share."""
    if request.method == "POST" and current_user.is_authenticated:
        rate_limits.check(Actor(ORGANISER, organiser_id=organiser().id))


@organising.after_request
def _not_kept(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response


def organiser() -> Organiser:
    """Returns the organiser who is logged in."""
    found: Organiser = current_user._get_current_object()
    return found


def inside(path: str | None) -> str:
    """Returns the address to which a form leads back: the path if it is one of the organiser's pages, else the list of
    workshops. Anybody may write the path into an address, so one that could form a header or name another host is not used."""
    own_page = path is not None and (path == "/organiser" or path.startswith(("/organiser/", "/organiser?")))
    if own_page and not any(sign < " " or sign in "\x7f\\" for sign in path or ""):
        return str(path)
    return url_for("organising.workshops")


def language() -> str:
    """Returns the language of the page: that of `?lang=`, else the organiser's own; without a log-in the browser's."""
    if request.args.get("lang") in ("da", "en") or not current_user.is_authenticated:
        return page_language()
    return catalogue.language(organiser().language)


def page(template: str, status: int = 200, **content: Any) -> tuple[str, int]:
    """Returns an organiser's page and its status."""
    shown = {"lang": language(), "organiser": current_user, "day": day, **content}
    return render_template(f"organiser/{template}.html", **shown), status


def day(moment: date | datetime | None) -> str:
    """Returns a day as people write it, in the time zone of the room; an empty text for none."""
    if moment is None:
        return ""
    if isinstance(moment, datetime):
        moment = day_of(moment)
    danish = language() == "da"
    return format_date(moment, "d. MMMM y" if danish else "d MMMM y", locale="da" if danish else "en_GB")


def tell(key: str, kind: str = "good", **facts: object) -> None:
    """Shows a sentence at the top of the next page; `kind` is `good` or `bad`."""
    flash(catalogue.t(key, language(), **facts), kind)


def own(workshop_id: int) -> Workshop:
    """Returns one of the organiser's own workshops. Raises `NotFound` for any other."""
    workshop = db.session.get(Workshop, workshop_id)
    if workshop is None or workshop.organiser_id != organiser().id:
        raise NotFound
    return workshop


def carry_out(workshop_id: int, command: str, /, **args: Any) -> dict[str, Any]:
    """Carries out a command as the organiser. Returns its result. Raises `Refused`."""
    actor = page_actor(ORGANISER, workshop_id) or in_workshop(Actor(ORGANISER, organiser_id=organiser().id), workshop_id)
    return perform(actor, command, args).get("result") or {}


def sentence(refused: Refused) -> str:
    """Returns the sentence of a refusal in the language of the page: these pages' own where the catalogue has one
    (`organiser.refused.CODE.FIELD`), else the usual one."""
    lang = language()
    key = f"organiser.refused.{refused.code}.{(refused.field or '').rpartition('.')[2]}"
    return catalogue.t(key, lang, **refused.facts) if catalogue.has(key) else catalogue.refusal(refused.as_error(), lang)


def say_no(form: FlaskForm, refused: Refused) -> None:
    """Shows each fault of a refusal at its field, or above the form where it has none. What was typed is kept."""
    for fault in (refused, *refused.others):
        field = _field_of(form, fault)
        if field is None:
            form.form_errors = [*form.form_errors, sentence(fault)]
        else:
            field.errors = [*field.errors, sentence(fault)]


def _field_of(form: FlaskForm, fault: Refused) -> Field | None:
    parts = (fault.field or "").split(".")
    for name in ("_".join(parts), parts[-1], parts[0]):
        if name in form._fields and name != "csrf_token":
            field: Field = form[name]
            return field
    return None
