"""The pages by which a person enters and leaves: the front page, joining, changing group, coming back, leaving."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from workshop import catalogue, rate_limits, ready_words
from workshop.commands.people.joining import leave_device
from workshop.commands.people.regrouping import voting_began
from workshop.cookies import clear_token, set_token
from workshop.extensions import csrf, db
from workshop.forwarding import perform
from workshop.identity import PARTICIPANT, Actor
from workshop.models import Group, Participant, Workshop
from workshop.rules.codes import read_join_code, read_reentry_code
from workshop.rules.refusal import Refused
from workshop.web import join_form
from workshop.web.addresses import shown_host
from workshop.web.answers import STATUS
from workshop.web.authentication import page_actor
from workshop.web.joining import join, reenter, workshop_behind, workshop_of_person
from workshop.web.languages import page_language

Answer = Response | str | tuple[str, int]

entrance = Blueprint("entrance", __name__)
# A visitor has no session to hold a form's key: `join_form.py` protects these forms, and `cross_site.py` all requests.
csrf.exempt(entrance)


#: the front page belongs to no workshop, so its form is stored under this number, which no workshop has
_NO_WORKSHOP = 0


@entrance.get("/")
def front() -> Response:
    """Shows the front page, where a workshop's code or a personal code is typed."""
    return _front(page_language())


def _front(lang: str, error: str | None = None, typed: str = "", status: int = 200) -> Response:
    """Returns the front page. A personal code lets somebody in, so its form is valid in this browser only
    (`join_form.py`)."""
    held, key = join_form.shown_to(_NO_WORKSHOP)
    page = render_template("front.html", lang=lang, error=error, typed=typed, key=key)
    return join_form.keep(make_response(page, status), _NO_WORKSHOP, held)


@entrance.post("/")
def typed_code() -> Answer:
    """Leads from a workshop's code to its join page; lets a person in again by a personal code."""
    typed = request.form.get("code", "")
    read, personal = read_join_code(typed), read_reentry_code(typed)
    # The address on a card or under "Mig" contains both codes: the personal one is behind the #.
    if read is not None and not (personal and "#" in typed):
        return redirect(url_for("entrance.door", code=read, **_lang()))
    try:
        if personal is None:
            raise Refused("unknown_code")
        _check_form(_NO_WORKSHOP)
        workshop = workshop_of_person(personal)
        return join_form.shut(_let_in(workshop, reenter(workshop, personal).token), _NO_WORKSHOP)
    except Refused as refusal:
        return _front_refused(typed, refusal)


def _front_refused(typed: str, refusal: Refused) -> Response:
    lang = page_language()
    # The field on this page is called "code", whichever kind of code was typed.
    error = catalogue.refusal({**refusal.as_error(), "field": "code"}, lang)
    return _front(lang, error, typed, STATUS.get(refusal.code, 409))


def _lang() -> dict[str, Any]:
    asked = request.args.get("lang")
    return {"lang": asked} if asked in ("da", "en") else {}


@entrance.get("/j/<code>", strict_slashes=False)
def door(code: str) -> Answer:
    """Shows the join page of a code: the choice of group, and what participants are promised. A person who has joined already
    is led to the room, or asked whether to change to the group of the code."""
    try:
        workshop = workshop_behind(code)
    except Refused as refusal:
        return _unknown(code, refusal)
    actor = page_actor(PARTICIPANT, workshop.id)
    if actor is None:
        return _door(workshop, code, {})
    other = _other_group(actor, code)
    if other is not None:
        return _regroup(workshop, actor, other)
    return redirect(url_for("rooms.phone", code=workshop.code, **_lang()))


def _other_group(actor: Actor, code: str) -> Group | None:
    """Returns the group whose code this is; None for the workshop's code and for the person's own group."""
    person = db.session.get_one(Participant, actor.participant_id)
    group = _group_behind(person.workshop_id, code)
    return group if group is not None and group.id != person.group_id else None


def _group_behind(workshop_id: int, code: str) -> Group | None:
    """Returns the group whose code this is; None for the workshop's code."""
    wanted = select(Group).where(Group.workshop_id == workshop_id, Group.code == read_join_code(code))
    return db.session.scalar(wanted)


def _regroup(workshop: Workshop, actor: Actor, other: Group, refusal: Refused | None = None) -> Response:
    """Returns the page that asks a person who has joined whether to change to the group whose code was scanned."""
    own = db.session.get_one(Group, db.session.get_one(Participant, actor.participant_id).group_id)
    english = page_language(workshop) == "en"
    facts = {
        "own_group": own,
        "new_group": other,
        "own_name": own.name_en if english else own.name_da,
        "new_name": other.name_en if english else other.name_da,
        "may_change": workshop.state == "open" and not voting_began(workshop.id),
    }
    return _form("regroup.html", workshop, refusal, **facts)


@entrance.post("/j/<code>/group", strict_slashes=False)
def change_group(code: str) -> Answer:
    """Moves a person who has joined to the group whose code this is."""
    try:
        workshop = workshop_behind(code)
    except Refused as refusal:
        return _unknown(code, refusal)
    actor = page_actor(PARTICIPANT, workshop.id)
    other = _other_group(actor, code) if actor is not None else None
    if actor is None or other is None:
        return redirect(url_for("entrance.door", code=code, **_lang()), 303)
    try:
        _check_form(workshop.id)
        rate_limits.check(actor)
        perform(actor, "change_group", {"group": other.key, "code": other.code})
    except Refused as refusal:
        return _regroup(workshop, actor, other, refusal)
    return redirect(url_for("rooms.phone", code=workshop.code, **_lang()), 303)


def _unknown(code: str, refusal: Refused) -> Response:
    return _front_refused(code, refusal)


def _door(workshop: Workshop, code: str, typed: dict[str, str], refusal: Refused | None = None) -> Response:
    own = _group_behind(workshop.id, code)
    groups = [own] if own else [group for group in workshop.groups if group.self_selectable]
    facts = {
        "code": read_join_code(code),
        "groups": groups,
        "given_group": own,
        "typed": typed,
        "promise": _promise(workshop),
    }
    return _form("join.html", workshop, refusal, **facts)


def _promise(workshop: Workshop) -> str:
    """Returns what participants are promised, in the reader's language where nobody has edited it."""
    key = ready_words.promise_key(workshop.promise, workshop.participation_level, workshop.language)
    return ready_words.said(workshop.promise, key, page_language(workshop))


def _form(template: str, workshop: Workshop, refusal: Refused | None = None, **facts: Any) -> Response:
    """Returns a page with a form that lets somebody in and is valid in this browser only (`join_form.py`). After a form that
    had become invalid it holds a new one. A browser that refuses the cookie gets a page that says so."""
    lang = page_language(workshop)
    if join_form.refuses_cookies(workshop.id):
        return make_response(render_template("cookies.html", lang=lang, host=shown_host()), 422)
    held, key = join_form.shown_to(workshop.id, anew=refusal is not None and refusal.field == "id")
    page = render_template(
        template,
        lang=lang,
        workshop=workshop,
        key=key,
        tried=refusal is not None,
        error=catalogue.refusal(refusal.as_error(), lang) if refusal else None,
        error_field=refusal.field if refusal else None,
        **facts,
    )
    response = make_response(page, 200 if refusal is None else 429 if refusal.code == "too_many" else 422)
    return join_form.keep(response, workshop.id, held)


@entrance.post("/j/<code>", strict_slashes=False)
def come_in(code: str) -> Answer:
    """Lets a person join, or come back by re-entry code."""
    typed = {name: request.form.get(name, "") for name in ("group", "name", "reentry_code")}
    try:
        workshop = workshop_behind(code)
    except Refused as refusal:
        return _unknown(code, refusal)
    other = None if typed["reentry_code"] else _another_chosen(workshop, code, typed["group"])
    if other is not None:
        # The form was opened before the person joined in this browser: ask whether to change group instead.
        return redirect(url_for("entrance.door", code=other.code, **_lang()), 303)
    try:
        _check_form(workshop.id)
        if typed["reentry_code"]:
            return _let_in(workshop, reenter(workshop, typed["reentry_code"]).token)
        seed = join_form.join_seed(workshop.id)
        return _let_in(workshop, join(workshop, code, seed, typed["group"], typed["name"]).token)
    except Refused as refusal:
        # The form was used before, by a person who has left this device or for another workshop: a new form is shown, for a
        # new person.
        used = refusal.code in ("ended", "already") and not typed["reentry_code"]
        return _door(workshop, code, typed, Refused("conflict", "id", another_person=True) if used else refusal)


def _another_chosen(workshop: Workshop, code: str, chosen: str) -> Group | None:
    """Returns the group that a person who has joined already asks for by a join form; None where it is their own."""
    actor = page_actor(PARTICIPANT, workshop.id)
    if actor is None:
        return None
    if _group_behind(workshop.id, code) is not None:
        return _other_group(actor, code)
    found = next((group for group in workshop.groups if group.key == chosen and group.self_selectable), None)
    return _other_group(actor, found.code) if found is not None else None


def _check_form(workshop_id: int) -> None:
    """Raises `Refused("conflict", "id")` for a form that this browser was not shown or that is no longer valid."""
    if not join_form.form_is_ours(workshop_id):
        raise Refused("conflict", "id", old_form=True)


#: the keys of the texts of the two pages for a personal code: from a seat's card, and from a person's own page "Mig"
_COMING_BACK = {"card": "takeover", "back": "comeback"}


@entrance.get("/j/<code>/<any(card,back):page>", strict_slashes=False)
def card(code: str, page: str) -> Answer:
    """Shows the page that the address on a seat's card, or a person's own address, leads to. The personal code is behind the
    `#` of the address, which browsers do not send; the page's script writes it into the field."""
    try:
        return _coming_back(workshop_behind(code), page)
    except Refused as refusal:
        return _unknown(code, refusal)


@entrance.post("/j/<code>/<any(card,back):page>", strict_slashes=False)
def take_over(code: str, page: str) -> Answer:
    """Lets a person in by a personal code. Their earlier token ends, and no helper acts for their seat any more."""
    typed = request.form.get("reentry_code", "")
    try:
        workshop = workshop_behind(code)
    except Refused as refusal:
        return _unknown(code, refusal)
    try:
        _check_form(workshop.id)
        return _let_in(workshop, reenter(workshop, typed).token)
    except Refused as refusal:
        return _coming_back(workshop, page, refusal, typed)


def _coming_back(workshop: Workshop, page: str, refusal: Refused | None = None, typed: str = "") -> Response:
    """Returns the page with the field for a personal code. In a browser in which somebody has joined already it says so,
    because with another person's code the phone would write and vote as that person."""
    inside = page_actor(PARTICIPANT, workshop.id) is not None
    return _form("card.html", workshop, refusal, typed=typed, words=_COMING_BACK[page], inside=inside)


def _let_in(workshop: Workshop, token: str) -> Response:
    """Returns a redirect to the phone's page, with the token in its cookie."""
    response = redirect(url_for("rooms.phone", code=workshop.code, **_lang()), 303)
    return set_token(response, PARTICIPANT, workshop.id, token, max(1, workshop.retention_days) + 30)


@entrance.post("/j/<code>/leave")
def leave(code: str) -> Response:
    """Removes the person from this device and ends its token. The person remains a participant and can come back by re-entry
    code; the next person on the device joins as somebody else."""
    response = redirect(url_for("entrance.front", **_lang()), 303)
    read = read_join_code(code)
    workshop = db.session.scalar(select(Workshop).where(Workshop.code == read)) if read else None
    if workshop is None:
        return response
    join_form.shut(response, workshop.id)
    actor = page_actor(PARTICIPANT, workshop.id)
    if actor is None or actor.token_id is None:
        return response
    leave_device(actor.token_id)
    return clear_token(response, PARTICIPANT, workshop.id)
