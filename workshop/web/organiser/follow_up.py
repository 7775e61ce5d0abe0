"""The organiser's follow-up page: who waits for whom, the links, the handover and the rhythm."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import redirect, request, url_for
from wtforms import Form

from workshop import dispatch
from workshop.clock import today
from workshop.forwarding import perform
from workshop.identity import ORGANISER, Actor
from workshop.models import Workshop
from workshop.models.items import items
from workshop.models.reviews import follow_up_ends
from workshop.rules.refusal import Refused
from workshop.web.addresses import public_root
from workshop.web.follow_up.pages import command_id, say_no, status_of, typed
from workshop.web.follow_up.wording import answer_words, names, refusal_words
from workshop.web.organiser.accounts import Page
from workshop.web.organiser.follow_up_forms import CorrectForm, HandOverForm, LinkForm, RhythmForm, SuccessorForm
from workshop.web.organiser.messages import messages_section
from workshop.web.organiser.pages import language, organiser, organising, own, page, tell
from workshop.web.organiser.rhythm import table
from workshop.web.organiser.sheets import qr
from workshop.web.organiser.waiting import waiting

_SHORT = {"receiver": "r", "steward": "s", "panel": "panel"}
_HERE = "/workshops/<int:workshop_id>/follow-up"


@dataclass
class Forms:
    """The page's forms. Of those about one item or one link there is one, which is shown at that item or link."""

    link: LinkForm = field(default_factory=LinkForm)
    hand_over: HandOverForm = field(default_factory=HandOverForm)
    rhythm: RhythmForm = field(default_factory=RhythmForm)
    correct: CorrectForm = field(default_factory=CorrectForm)
    pass_on: SuccessorForm = field(default_factory=SuccessorForm)


@organising.get(_HERE)
def follow_up(workshop_id: int) -> Page:
    """Shows the state of the follow-up, and what the organiser can do."""
    return _page(own(workshop_id))


def _actor(workshop: Workshop) -> Actor:
    return Actor(ORGANISER, workshop.id, organiser_id=organiser().id)


def _page(
    workshop: Workshop, status: int = 200, forms: Forms | None = None, act: str = "", refused: Refused | None = None
) -> Page:
    lang = language()
    seen = dispatch.follow_up(_actor(workshop))
    links = [_link(link) for link in seen["mine"]["links"]]
    forms = forms or Forms()
    if act != "hand_over":
        forms.hand_over = HandOverForm(data={"due": workshop.response_due.isoformat() if workshop.response_due else ""})
    return page(
        "follow_up",
        status,
        workshop=workshop,
        here="follow_up",
        seen=seen,
        names=names(workshop, lang),
        titles={item["id"]: item["title"] for item in seen["items"]},
        links=links,
        missing=_missing(workshop, links),
        waiting=waiting(seen, links, today()),
        rhythm=table(seen, today()),
        today=today(),
        ends=follow_up_ends(workshop),
        iso=date.fromisoformat,
        answers={item["id"]: answer_words(item["answer"], lang) for item in seen["items"]},
        forms=forms,
        act=act,
        about=request.form.get("link") or request.form.get("on") or "",
        once=command_id("page"),
        drawn=_drawn(links),
        refused=refusal_words(refused, lang) if refused else None,
        **messages_section(workshop),
    )


def _link(link: dict[str, Any]) -> dict[str, Any]:
    token = link["token"]
    return link | {"url": f"{public_root()}/{_SHORT[link['role']]}/{token}" if token else None}


def _drawn(links: list[dict[str, Any]]) -> tuple[str, Any] | None:
    """Returns the id of the link that `?qr=` names, and its QR code; None where none is named."""
    shown = next((one for one in links if one["id"] == request.args.get("qr") and one["url"]), None)
    return (shown["id"], qr(shown["url"])) if shown is not None else None


def _missing(workshop: Workshop, links: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Returns the links that have not been made yet: the receiver's, and one for each owner and party of an item."""
    made = {(one["role"], one["on"], one["party"]) for one in links}
    found = [{"role": "receiver", "on": "", "party": ""}] if ("receiver", None, "") not in made else []
    for item in items(workshop):
        for party in dict.fromkeys(owner for owner in item.owners if owner) if item.kind != "idea" else ():
            if not item.intention and ("steward", item.id, party) not in made:
                found.append({"role": "steward", "on": item.id, "party": party})
    return found


@organising.post(f"{_HERE}/<any(link,end_link,replace_link,hand_over,rhythm,correct,pass_on):task>")
def follow_up_act(workshop_id: int, task: str) -> Page:
    """Carries out one of the page's forms. A refusal is shown at its field, and what was typed is kept."""
    workshop = own(workshop_id)
    forms = Forms()
    form = _sent(forms, task)
    try:
        said, anchor = _ACTS[task](workshop, form)
    except Refused as refused:
        if form is not None:
            say_no(form, refused, language())
        return _page(own(workshop_id), status_of(refused), forms, task, None if form is not None else refused)
    tell(f"organiser.follow_up.said.{said}")
    return redirect(url_for("organising.follow_up", workshop_id=workshop_id, _anchor=anchor), 303)


def _sent(forms: Forms, act: str) -> Form | None:
    """Returns the form that was sent, with what was typed, and puts it into `forms`; None for an act without a form."""
    if act not in ("link", "hand_over", "rhythm", "correct", "pass_on"):
        return None
    form: Form = type(getattr(forms, act))(request.form)
    setattr(forms, act, form)
    return form


def _give(workshop: Workshop, name: str, /, **args: Any) -> dict[str, Any]:
    return perform(_actor(workshop), name, args, command_id(name)).get("result") or {}


def _make_link(workshop: Workshop, form: Form | None) -> tuple[str, str]:
    words = {name: typed(name) for name in ("party", "body", "name", "address")}
    _give(workshop, "make_link", role=typed("role"), on=typed("on") or None, **words)
    return "link", "links"


def _end_link(workshop: Workshop, form: Form | None) -> tuple[str, str]:
    _give(workshop, "end_link", link=typed("link"))
    return "ended", "links"


def _replace_link(workshop: Workshop, form: Form | None) -> tuple[str, str]:
    """Replaces a link. For the receiver's own link there is one command, which keeps the drafts; for any other a new link is
    made and then the old one ended. Work that is offered is offered anew by the same owner, so that it still has to be
    accepted. Returns what to say and the anchor to lead to."""
    links = dispatch.follow_up(_actor(workshop))["mine"]["links"]
    old = next((one for one in links if one["id"] == typed("link")), None)
    if old is None:
        raise Refused("not_found", "link")
    if old["role"] == "receiver" and old["on"] is None:
        _give(workshop, "replace_link", role="receiver")
        return "replaced", "links"
    if old["state"] == "offered":
        words = {"to_name": old["name"] or old["party"], "words": old["words"], "address": old["address"]}
        _give(workshop, "pass_on", link=old["follows"], **words)
    else:
        words = {name: old[name] for name in ("party", "body", "name", "address")}
        _give(workshop, "make_link", role=old["role"], on=old["on"], **words)
    _give(workshop, "end_link", link=old["id"])
    return "replaced", "links"


def _hand_over(workshop: Workshop, form: Form | None) -> tuple[str, str]:
    due = {"due": typed("due")} if typed("due") else {}
    _give(workshop, "hand_over_result", to=typed("to"), note=typed("note"), **due)
    return "hand_over", "hand-over"


def _rhythm(workshop: Workshop, form: Form | None) -> tuple[str, str]:
    days = [day for day in request.form.getlist("dates") if day.strip()]
    _give(workshop, "set_rhythm", dates=days)
    return "rhythm", "rhythm"


def _correct(workshop: Workshop, form: Form | None) -> tuple[str, str]:
    _give(workshop, "correct_overdue", on=typed("on"), reason=typed("reason"))
    return "correct", "waiting"


def _pass_on(workshop: Workshop, form: Form | None) -> tuple[str, str]:
    words = {name: typed(name) for name in ("to_name", "words", "address")}
    _give(workshop, "pass_on", link=typed("link"), **words)
    return "pass_on", "links"


_ACTS = {
    "link": _make_link,
    "end_link": _end_link,
    "replace_link": _replace_link,
    "hand_over": _hand_over,
    "rhythm": _rhythm,
    "correct": _correct,
    "pass_on": _pass_on,
}
