"""The pages of a follow-up card: entering its code, the questions it is asked, and its answers. All work without a script.

The code is in the part of `/k#CODE` behind the `#`, which browsers do not send; the page's script writes it into the field.
A GET changes nothing.
"""

from __future__ import annotations

import hmac
from datetime import date, datetime
from typing import Any

from babel.dates import format_date
from flask import make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from workshop import catalogue, dispatch, identity, rate_limits, secrecy
from workshop.clock import last_day_before, now
from workshop.commands.follow_up.cards import card_behind
from workshop.commands.people.joining import leave_device
from workshop.cookies import clear_token, cookie_name, set_token
from workshop.extensions import db
from workshop.forwarding import perform
from workshop.identity import CARD, Actor
from workshop.models import Group, Workshop
from workshop.models.reviews import follow_up_ends
from workshop.rules.codes import show_reentry_code
from workshop.rules.limits import VERDICT_WORDS
from workshop.rules.record_ids import RecordId
from workshop.rules.refusal import Refused
from workshop.rules.verdicts import VERDICTS
from workshop.web import join_form
from workshop.web.addresses import root_for_phones, shown_host
from workshop.web.answers import STATUS
from workshop.web.authentication import page_actor
from workshop.web.card_codes import counted, days_left, enter
from workshop.web.entrance import Answer, entrance
from workshop.web.languages import page_language
from workshop.web.organiser.sheets import qr

#: the page where a code is typed belongs to no workshop, so its form is stored under this number, which no workshop has
_NO_WORKSHOP = 0
#: the beginning of the names of the cookies that hold a card's token
_COOKIES = cookie_name(CARD, "")


@entrance.get("/k", strict_slashes=False)
def card_door() -> Response:
    """Shows the page where a card's code is typed, or taken from behind the `#`."""
    return _door()


def _door(refusal: Refused | None = None, typed: str = "") -> Response:
    lang = page_language()
    held, key = join_form.shown_to(_NO_WORKSHOP, anew=refusal is not None and refusal.field == "id")
    error = catalogue.refusal(refusal.as_error(), lang) if refusal else None
    page = render_template("card_door.html", lang=lang, key=key, error=error, typed=typed, inside=list(_let_in_already()))
    response = make_response(page, STATUS.get(refusal.code, 409) if refusal else 200)
    return join_form.keep(response, _NO_WORKSHOP, held)


def _let_in_already() -> list[Workshop]:
    """Returns the workshops for which this browser holds a valid card."""
    numbers = (name.removeprefix(_COOKIES) for name in request.cookies if name.startswith(_COOKIES))
    known = [int(number) for number in numbers if number.isascii() and number.isdigit() and len(number) < 10]
    actors = [actor for number in sorted(known) if (actor := page_actor(CARD, number)) is not None]
    return [db.session.get_one(Workshop, actor.workshop_id) for actor in actors]


@entrance.post("/k", strict_slashes=False)
def enter_by_card() -> Answer:
    """Lets this browser in by a card's code."""
    typed = request.form.get("code", "")
    try:
        if not join_form.form_is_ours(_NO_WORKSHOP):
            raise Refused("conflict", "id", old_form=True)
        workshop, token = enter(typed)
    except Refused as refusal:
        return _door(refusal, typed)
    response = redirect(url_for("entrance.card_home", workshop_id=workshop.id, **asked_language()), 303)
    return set_token(response, CARD, workshop.id, token, days_left(workshop))


@entrance.post("/k/paper")
def card_to_print() -> Answer:
    """Shows a card to print, by its code. A wrong code is counted for the address."""
    typed = request.form.get("code", "")
    try:
        card, code = counted(lambda: card_behind(typed))
    except Refused as refusal:
        return _door(refusal, typed)
    workshop = db.session.get_one(Workshop, card.workshop_id)
    lang, root = page_language(workshop), root_for_phones()
    group = db.session.get_one(Group, card.group_id)
    return render_template(
        "card_paper.html",
        lang=lang,
        workshop=workshop,
        group=group,
        group_name=_name(group, lang),
        ends=day_of_card(follow_up_ends(workshop), lang),
        code=show_reentry_code(code),
        drawn=qr(f"{root}/k#{show_reentry_code(code)}"),
        host=shown_host(root),
    )


@entrance.get("/k/<int:workshop_id>")
def card_home(workshop_id: int) -> Answer:
    """Shows what a card is asked, what it has answered, and until when it is valid."""
    found = of_card(workshop_id)
    if isinstance(found, Response):
        return found
    actor, seen = found
    asked = [_asked(seen, row) for row in seen["look_backs"] if _is_open(row)]
    return card_page("card_home.html", actor, seen, asked=asked, decisions=decisions_open(seen))


def decisions_open(seen: dict[str, Any]) -> list[dict[str, Any]]:
    """Returns the reopened agreements that a card is asked about, `{number, item, version, own}`."""
    found = []
    for item in seen["items"]:
        for version in item["reopened"]:
            if version["state"] == "deciding" and now() < datetime.fromisoformat(version["until"]):
                number = RecordId.parse(version["decision"]).number
                own = seen["mine"]["stances"].get(version["decision"])
                found.append({"number": number, "item": item, "version": version, "own": own})
    return found


@entrance.get("/k/<int:workshop_id>/<int:number>/<int:place>")
def card_question(workshop_id: int, number: int, place: int) -> Answer:
    """Shows one item of a look-back, with what was done and reached, and the four possible answers."""
    found = of_card(workshop_id)
    return found if isinstance(found, Response) else _question(*found, number, place)


@entrance.post("/k/<int:workshop_id>/<int:number>/<int:place>")
def card_judges(workshop_id: int, number: int, place: int) -> Answer:
    """Stores the verdict on an item and leads to the next one."""
    found = of_card(workshop_id)
    if isinstance(found, Response):
        return found
    actor, seen = found
    asked = _asked_at(seen, number, place)
    if asked is None:
        return to_home(workshop_id)
    typed = {name: request.form.get(name, "") for name in ("verdict", "words")}
    given = {"look_back": asked["id"], "on": asked["items"][place - 1]["id"], "verdict": typed["verdict"]}
    try:
        rate_limits.check(actor)
        if not hmac.compare_digest(request.form.get("key", "").encode(), form_key(workshop_id).encode()):
            raise Refused("conflict", "id", old_form=True)
        if typed["verdict"] not in VERDICTS:
            raise Refused("empty", "verdict")
        perform(actor, "judge", {**given, "words": typed["words"]})
    except Refused as refusal:
        return _question(actor, seen, number, place, refusal, typed)
    if place == len(asked["items"]):
        return to_home(workshop_id, thanks=1)
    return redirect(url_for("entrance.card_question", **_at(workshop_id, number, place + 1)), 303)


@entrance.post("/k/<int:workshop_id>/leave")
def card_leaves(workshop_id: int) -> Answer:
    """Removes the card from this browser; the card itself stays valid."""
    actor = page_actor(CARD, workshop_id)
    response = redirect(url_for("entrance.card_door", **asked_language()), 303)
    if actor is None or actor.token_id is None:
        return response
    leave_device(actor.token_id)
    return clear_token(response, CARD, workshop_id)


def of_card(workshop_id: int) -> tuple[Actor, dict[str, Any]] | Response:
    """Returns the card that this browser holds and what it sees; without one a redirect to the page where its code is
    typed, and that page with the refusal where the card may not be used."""
    actor = page_actor(CARD, workshop_id)
    try:
        if actor is not None:
            return actor, dispatch.follow_up(actor)
    except Refused as refusal:
        return _door(refusal)
    return redirect(url_for("entrance.card_door", **asked_language()))


def _is_open(row: dict[str, Any]) -> bool:
    """Returns whether a look-back takes answers. The time is compared too, because the server closes it some time after its
    last day."""
    return row["state"] == "open" and now() < datetime.fromisoformat(row["until"])


def _asked(seen: dict[str, Any], row: dict[str, Any]) -> dict[str, Any]:
    """Returns an open look-back with its items and the own verdicts."""
    own = seen["mine"]["verdicts"].get(row["id"], {})
    items = [{**item, "own": own.get(item["id"])} for on in row["on"] for item in seen["items"] if item["id"] == on]
    return {
        **row,
        "number": RecordId.parse(row["id"]).number,
        "items": items,
        "said": sum(on in own for on in row["on"]),
        "last_day": last_day_before(datetime.fromisoformat(row["until"])).isoformat(),
    }


def _asked_at(seen: dict[str, Any], number: int, place: int) -> dict[str, Any] | None:
    """Returns the look-back that an address names; None where it is not open or has no item at that place."""
    wanted = str(RecordId("look_back", number))
    row = next((row for row in seen["look_backs"] if row["id"] == wanted and _is_open(row)), None)
    asked = _asked(seen, row) if row is not None else None
    return asked if asked is not None and 1 <= place <= len(asked["items"]) else None


def _question(
    actor: Actor,
    seen: dict[str, Any],
    number: int,
    place: int,
    refusal: Refused | None = None,
    typed: dict[str, str] | None = None,
) -> Answer:
    asked = _asked_at(seen, number, place)
    if asked is None or actor.workshop_id is None:
        return to_home(actor.workshop_id)
    item = asked["items"][place - 1]
    facts = {"asked": asked, "item": item, "place": place, "given": typed or item["own"] or {}, "refusal": refusal}
    return card_page("card_question.html", actor, seen, key=form_key(actor.workshop_id), most=VERDICT_WORDS, **facts)


def card_page(template: str, actor: Actor, seen: dict[str, Any], **facts: Any) -> Response:
    """Returns a page of a card; a `refusal` among the facts is shown on it and sets the status."""
    workshop = db.session.get_one(Workshop, actor.workshop_id)
    lang, refusal = page_language(workshop), facts.get("refusal")
    group = next(group for group in workshop.groups if group.key == seen["mine"]["group"])
    page = render_template(
        template,
        lang=lang,
        workshop=workshop,
        group=group,
        group_name=_name(group, lang),
        ends=day_of_card(date.fromisoformat(seen["mine"]["ends"]), lang),
        in_words=lambda day: day_of_card(date.fromisoformat(day), lang),
        seen=seen,
        verdicts=VERDICTS,
        error=catalogue.refusal(refusal.as_error(), lang) if refusal else None,
        **facts,
    )
    return make_response(page, STATUS.get(refusal.code, 409) if refusal else 200)


def _name(group: Group, lang: str) -> str:
    return group.name_en if lang == "en" else group.name_da


def day_of_card(day: date, lang: str) -> str:
    """Returns a day as people write it, in the language."""
    return format_date(day, "d. MMMM y" if lang == "da" else "d MMMM y", locale=lang)


def form_key(workshop_id: int) -> str:
    """Returns the key of this card's forms. It is derived from the token in the cookie, so another site cannot make it."""
    token = request.cookies.get(cookie_name(CARD, workshop_id), "")
    return secrecy.derived_token(identity.secret(), "card form", token)


def to_home(workshop_id: int | None, **also: Any) -> Response:
    """Returns a redirect to a card's own page."""
    return redirect(url_for("entrance.card_home", workshop_id=workshop_id, **also, **asked_language()), 303)


def _at(workshop_id: int, number: int, place: int) -> dict[str, Any]:
    return {"workshop_id": workshop_id, "number": number, "place": place, **asked_language()}


def asked_language() -> dict[str, Any]:
    """Returns the language of `?lang=` as an argument for the next address; nothing where none is named."""
    asked = request.args.get("lang")
    return {"lang": asked} if asked in ("da", "en") else {}
