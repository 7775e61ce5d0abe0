"""The way in: the front page, joining, changing group, coming back, leaving."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from workshop import catalogue, ready_words
from workshop.commands.people.joining import leave_device
from workshop.commands.people.regrouping import voting_began
from workshop.cookies import clear_token, set_token
from workshop.extensions import csrf, db
from workshop.forwarding import perform
from workshop.identity import PARTICIPANT, Actor
from workshop.models import Group, Participant, Workshop
from workshop.rules.codes import read_join_code, read_reentry_code
from workshop.rules.refusal import Refused
from workshop.web import join_form as this_door
from workshop.web.addresses import shown_host
from workshop.web.answers import STATUS
from workshop.web.authentication import page_actor
from workshop.web.joining import join, reenter, workshop_behind, workshop_of_person
from workshop.web.languages import page_language

Answer = Response | str | tuple[str, int]

entrance = Blueprint("entrance", __name__)
# A visitor has no session that a form's key could lie in: `door.py` keeps these forms, `cross_site.py` all the others.
csrf.exempt(entrance)


#: the front page belongs to no workshop: its form is kept under this number, which none has
_NO_WORKSHOP = 0


@entrance.get("/")
def front() -> Response:
    """Where a code is typed: the room's, or one's own."""
    return _front(page_language())


def _front(lang: str, error: str | None = None, typed: str = "", status: int = 200) -> Response:
    """Returns the front page. A personal code lets somebody in, so its form is for this browser alone (`join_form.py`)."""
    held, key = this_door.shown_to(_NO_WORKSHOP)
    page = render_template("front.html", lang=lang, error=error, typed=typed, key=key)
    return this_door.keep(make_response(page, status), _NO_WORKSHOP, held)


@entrance.post("/")
def typed_code() -> Answer:
    """A typed code leads to its door; a personal code lets its person in again."""
    typed = request.form.get("code", "")
    read, personal = read_join_code(typed), read_reentry_code(typed)
    # The address on a card or under "Mig" holds both: the personal code stands behind the #.
    if read is not None and not (personal and "#" in typed):
        return redirect(url_for("entrance.door", code=read, **_lang()))
    try:
        if personal is None:
            raise Refused("unknown_code")
        _check_form(_NO_WORKSHOP)
        workshop = workshop_of_person(personal)
        return this_door.shut(_let_in(workshop, reenter(workshop, personal).token), _NO_WORKSHOP)
    except Refused as refusal:
        return _front_refused(typed, refusal)


def _front_refused(typed: str, refusal: Refused) -> Response:
    lang = page_language()
    # The field on this page is called "code", whatever kind of code stands in it.
    error = catalogue.refusal({**refusal.as_error(), "field": "code"}, lang)
    return _front(lang, error, typed, STATUS.get(refusal.code, 409))


def _lang() -> dict[str, Any]:
    asked = request.args.get("lang")
    return {"lang": asked} if asked in ("da", "en") else {}


@entrance.get("/j/<code>", strict_slashes=False)
def door(code: str) -> Answer:
    """The page behind the QR: who one is here as, and what is promised; straight in for who is in already."""
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
    """Returns the group whose own code this is, where it is another than the person's."""
    person = db.session.get_one(Participant, actor.participant_id)
    group = _group_behind(person.workshop_id, code)
    return group if group is not None and group.id != person.group_id else None


def _group_behind(workshop_id: int, code: str) -> Group | None:
    """Returns the group whose own code this is; None for the workshop's code."""
    wanted = select(Group).where(Group.workshop_id == workshop_id, Group.code == read_join_code(code))
    return db.session.scalar(wanted)


def _regroup(workshop: Workshop, actor: Actor, other: Group, refusal: Refused | None = None) -> Response:
    """Returns the page that asks somebody who is in already whether to change to the group whose code was scanned."""
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
    """Somebody who is in changes to the group whose code this is."""
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
    """What participants are promised, in the reader's language where nobody has edited it."""
    key = ready_words.promise_key(workshop.promise, workshop.participation_level, workshop.language)
    return ready_words.said(workshop.promise, key, page_language(workshop))


def _form(template: str, workshop: Workshop, refusal: Refused | None = None, **facts: Any) -> Response:
    """Returns a page with a form that lets somebody in: for this browser alone (`door.py`). After a form that is not valid
    any longer it is another one; a browser that refuses the cookie is told so."""
    lang = page_language(workshop)
    if this_door.refuses_cookies(workshop.id):
        return make_response(render_template("cookies.html", lang=lang, host=shown_host()), 422)
    held, key = this_door.shown_to(workshop.id, anew=refusal is not None and refusal.field == "id")
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
    return this_door.keep(response, workshop.id, held)


@entrance.post("/j/<code>", strict_slashes=False)
def come_in(code: str) -> Answer:
    """Join, or come back by re-entry code."""
    typed = {name: request.form.get(name, "") for name in ("group", "name", "reentry_code")}
    try:
        workshop = workshop_behind(code)
    except Refused as refusal:
        return _unknown(code, refusal)
    other = None if typed["reentry_code"] else _another_chosen(workshop, code, typed["group"])
    if other is not None:
        # A form left open since before one came in: the question about changing group, not a form anew.
        return redirect(url_for("entrance.door", code=other.code, **_lang()), 303)
    try:
        _check_form(workshop.id)
        if typed["reentry_code"]:
            return _let_in(workshop, reenter(workshop, typed["reentry_code"]).token)
        seed = this_door.join_seed(workshop.id)
        return _let_in(workshop, join(workshop, code, seed, typed["group"], typed["name"]).token)
    except Refused as refusal:
        # A known form whose person has left this device, or that was sent for another workshop: a new one, and a new person.
        used = refusal.code in ("ended", "already") and not typed["reentry_code"]
        return _door(workshop, code, typed, Refused("conflict", "id", another_person=True) if used else refusal)


def _another_chosen(workshop: Workshop, code: str, chosen: str) -> Group | None:
    """Returns the group that somebody who is in already asks for with a join form, where it is another than their own."""
    actor = page_actor(PARTICIPANT, workshop.id)
    if actor is None:
        return None
    if _group_behind(workshop.id, code) is not None:
        return _other_group(actor, code)
    found = next((group for group in workshop.groups if group.key == chosen and group.self_selectable), None)
    return _other_group(actor, found.code) if found is not None else None


def _check_form(workshop_id: int) -> None:
    """Raises `Refused("conflict", "id")` for a form that this browser was not shown, or that has served its time."""
    if not this_door.form_is_ours(workshop_id):
        raise Refused("conflict", "id", old_form=True)


#: the words of the two pages behind a personal code: of a seat's card, and of what a person took along from "Mig"
_COMING_BACK = {"card": "takeover", "back": "comeback"}


@entrance.get("/j/<code>/<any(card,back):page>", strict_slashes=False)
def card(code: str, page: str) -> Answer:
    """The page behind the code on a seat's card, or behind one's own address: in on this phone. The personal code stands
    behind the `#`, which a browser keeps to itself; the page's script writes it into the field."""
    try:
        return _coming_back(workshop_behind(code), page)
    except Refused as refusal:
        return _unknown(code, refusal)


@entrance.post("/j/<code>/<any(card,back):page>", strict_slashes=False)
def take_over(code: str, page: str) -> Answer:
    """A person comes in with a personal code. From here on no helper writes for a seat, and no other phone is let in."""
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
    """Returns the page with the field for a personal code. On a phone on which somebody is in already it says that: a code
    that somebody else has sent would make the phone write and vote as that person."""
    inside = page_actor(PARTICIPANT, workshop.id) is not None
    return _form("card.html", workshop, refusal, typed=typed, words=_COMING_BACK[page], inside=inside)


def _let_in(workshop: Workshop, token: str) -> Response:
    """To the phone's page, with the token in its cookie."""
    response = redirect(url_for("rooms.phone", code=workshop.code, **_lang()), 303)
    return set_token(response, PARTICIPANT, workshop.id, token, max(1, workshop.retention_days) + 30)


@entrance.post("/j/<code>/leave")
def leave(code: str) -> Response:
    """This device forgets who one is here, and its token ends. The person stays in the room and comes back by re-entry
    code; whoever has the device next is somebody else."""
    response = redirect(url_for("entrance.front", **_lang()), 303)
    read = read_join_code(code)
    workshop = db.session.scalar(select(Workshop).where(Workshop.code == read)) if read else None
    if workshop is None:
        return response
    this_door.shut(response, workshop.id)
    actor = page_actor(PARTICIPANT, workshop.id)
    if actor is None or actor.token_id is None:
        return response
    leave_device(actor.token_id)
    return clear_token(response, PARTICIPANT, workshop.id)
