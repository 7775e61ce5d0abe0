"""What the pages by link share: who is let in, what they send, and how a refusal is shown at its field.

They work without a script; every change goes through `perform`. A device has one cookie for each link, so that several links
can be open side by side. The forms carry a key derived from the device's token, because browsers do not send
the session with the key of the organiser's forms to these pages.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, make_response, render_template, request
from sqlalchemy import select
from werkzeug.wrappers import Response
from wtforms import Form

from workshop import catalogue, identity, rate_limits, secrecy
from workshop.cookies import cookie_name
from workshop.extensions import csrf, db
from workshop.forwarding import perform
from workshop.identity import Actor
from workshop.models import FollowUpLink, Token, Workshop
from workshop.rules.refusal import Refused
from workshop.web.answers import STATUS
from workshop.web.follow_up.wording import day_words, refusal_words
from workshop.web.languages import page_language

following = Blueprint("following", __name__)
# These forms have their own key, which `check_form` checks.
csrf.exempt(following)

Page = Response | tuple[str, int]


@dataclass(frozen=True)
class Visit:
    """A request of somebody who was let in by a link: what the link is for, and the key their forms must carry."""

    workshop: Workshop
    actor: Actor
    link: FollowUpLink
    key: str
    lang: str

    @property
    def address(self) -> dict[str, Any]:
        """Returns the arguments of `url_for` for their pages and forms."""
        asked = {"lang": request.args["lang"]} if request.args.get("lang") in catalogue.LANGUAGES else {}
        return {"workshop_id": self.workshop.id, "link_id": self.link.token_id, **asked}


def cookie_of_link(role: str, workshop_id: int, link_id: int) -> str:
    """Returns the name of the cookie that holds a device's token for one link."""
    return f"{cookie_name(role, workshop_id)}_{link_id}"


def let_in(role: str, workshop_id: int, link_id: int) -> Visit:
    """Returns the visit of somebody who was let in by this link. For everybody else, also for who was let in by another link,
    it ends the request with the page for a link that has ended (410)."""
    token = request.cookies.get(cookie_of_link(role, workshop_id, link_id))
    try:
        actor = identity.find_as(token, role, workshop_id)
    except Refused as refusal:
        abort(gone(refusal, token))
    held = db.session.get(Token, actor.token_id)
    link = db.session.get(FollowUpLink, link_id)
    workshop = db.session.get(Workshop, workshop_id)
    if held is None or held.parent_id != link_id or link is None or workshop is None:
        abort(gone())
    key = secrecy.keyed_hash(identity.secret(), "form key", token or "")
    return Visit(workshop, actor, link, key, page_language(workshop))


def gone(refusal: Refused | None = None, token: str | None = None) -> Response:
    """Returns the page for a link that lets nobody in, or not now (429). If the follow-up is over it says since when and leads
    to the public record of the workshop of the token: the address of a record cannot be guessed, so the number of a workshop
    in an address must not lead to it."""
    workshop = _workshop_of(token)
    lang, record = page_language(workshop), None
    refusal = refusal or Refused("ended")
    too_many, over = refusal.code == "too_many", refusal.facts.get("over")
    words = catalogue.refusal(refusal.as_error(), lang) if too_many else catalogue.t("following.gone", lang)
    if over:
        words = catalogue.t("following.over", lang, day=day_words(str(over), lang))
        record = workshop.record_slug if workshop is not None and workshop.record_published_at else None
    page = render_template("follow_up/gone.html", lang=lang, words=words, over=bool(over), record=record)
    return make_response(page, 429 if too_many else 410)


def _workshop_of(token: str | None) -> Workshop | None:
    """Returns the workshop of a link or of a device that it let in, also of one that has ended: its holder may read where the
    public record is."""
    if not token or not token.isascii():
        return None
    return db.session.scalar(
        select(Workshop).join(Token, Token.workshop_id == Workshop.id).where(Token.hash == identity.token_hash(token))
    )


def farewell(lang: str) -> Page:
    """Returns the page for somebody who has refused work that was passed on to them, which ends their link."""
    words = catalogue.t("following.said.refuse", lang)
    return render_template("follow_up/gone.html", lang=lang, words=words, thanks=True), 200


def check_form(visit: Visit) -> None:
    """Counts the form as one message of the link's holder. Raises `Refused("too_many")` over the limit, which calls of the API
    share (`rate_limits`), and `Refused("malformed", "key")` for a form that is not from this device's own page."""
    rate_limits.check(visit.actor)
    if not hmac.compare_digest(request.form.get("key", "").encode(), visit.key.encode()):
        raise Refused("malformed", "key")


def carry_out(visit: Visit, command: str, part: str = "", /, **args: Any) -> dict[str, Any]:
    """Carries out a command as the visitor. Returns the result. A form that is sent twice is carried out once, because the
    command's id is derived from the form's, and from `part` where one form gives several commands. Raises `Refused`."""
    return perform(visit.actor, command, args, command_id(command, part)).get("result") or {}


def command_id(command: str, part: str = "") -> str:
    """Returns the id of a command that the form of this request gives."""
    once = request.form.get("once") or secrets.token_hex(16)
    return hashlib.sha256(f"{once}:{command}:{part}".encode()).hexdigest()[:32]


def page(template: str, visit: Visit, status: int = 200, **content: Any) -> tuple[str, int]:
    """Returns a page and its status. `?said=`, set by the redirect after a form, names what was just done."""
    said = request.args.get("said", "")
    told = f"following.said.{said}"
    shown = render_template(
        f"follow_up/{template}.html",
        lang=visit.lang,
        visit=visit,
        workshop=visit.workshop,
        once=secrets.token_hex(16),
        day=lambda value: day_words(value, visit.lang),
        said=said if request.method == "GET" and catalogue.has(told) else None,
        **content,
    )
    return shown, status


def typed(name: str) -> str:
    """Returns a field as it was typed, with `\\n` for the line ends that browsers send as `\\r\\n`."""
    return request.form.get(name, "").replace("\r\n", "\n")


def status_of(refused: Refused) -> int:
    """Returns the status of a page that shows a refusal."""
    return 422 if refused.code in ("malformed", "empty", "too_long", "reason_required") else STATUS.get(refused.code, 409)


def say_no(form: Form, refused: Refused, lang: str) -> None:
    """Shows each fault of a refusal at its field, or above the form where it has none. What was typed is kept."""
    for fault in (refused, *refused.others):
        parts = (fault.field or "").split(".")
        field = form._fields.get(parts[-1]) or form._fields.get(parts[0])
        words = refusal_words(fault, lang)
        if field is None:
            form.form_errors = [*form.form_errors, words]
        else:
            field.errors = [*field.errors, words]
