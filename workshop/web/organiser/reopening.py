"""The organiser's page of a reopened agreement: the reason, the new version's fields, and asking cards and parties to decide
(docs/rules.md section 11).

It works without a script. A refusal is shown above the form, and what was typed is kept.
"""

from __future__ import annotations

from typing import Any

from flask import abort, redirect, request, url_for

from workshop import dispatch
from workshop.catalogue import t
from workshop.export.promises.reopened import new_version
from workshop.forwarding import perform
from workshop.identity import ORGANISER, Actor
from workshop.models import Workshop
from workshop.rules.fields import AGREEMENT, CONTRIBUTION, Field
from workshop.rules.record_ids import RecordId
from workshop.rules.refusal import Refused
from workshop.web.follow_up.pages import command_id, status_of, typed
from workshop.web.follow_up.wording import names, refusal_words
from workshop.web.organiser.accounts import Page
from workshop.web.organiser.pages import language, organiser, organising, own, page, tell

_HERE = "/workshops/<int:workshop_id>/reopened/<int:number>"
#: the kinds of fields in the form; parties and their mandates, goals and the agreement's kind cannot be changed
_WRITTEN = ("text", "longtext", "date", "number")
#: the fields of a contribution that can be changed; its party cannot
_OF_A_LINE = ("what", "how_much", "by_when")


def form_fields(content: dict[str, Any]) -> list[Field]:
    """Returns the fields of an agreement that the form has, in their order."""
    kind = content.get("kind") or "agreement"
    return [one for one in AGREEMENT if one.kind in _WRITTEN and not one.derived and one.only_for in (None, kind)]


@organising.get(_HERE)
def reopened(workshop_id: int, number: int) -> Page:
    """Shows an agreement and its new version, if there is one."""
    return _page(own(workshop_id), number)


def _page(workshop: Workshop, number: int, status: int = 200, refused: Refused | None = None) -> Page:
    on, seen = str(RecordId("agreement", number)), dispatch.follow_up(_actor(workshop))
    item = next((one for one in seen["items"] if one["id"] == on and not one["intention"]), None)
    if item is None:
        abort(404)
    newest = item["reopened"][-1] if item["reopened"] else None
    draft = seen["mine"]["reopened"].get(on)
    content = draft["content"] if draft else {}
    lines = list(content.get("contributions") or [])
    return page(
        "reopened",
        status,
        workshop=workshop,
        here="follow_up",
        item=item,
        number=number,
        label=names(workshop, language()).get(on, ""),
        version=new_version(newest, language()) if newest else None,
        under_way=newest["state"] if newest and newest["state"] in ("draft", "deciding") else None,
        draft=draft,
        fields=form_fields(content),
        line_fields=[one for one in CONTRIBUTION if one.name in _OF_A_LINE],
        lines=lines,
        parties=[party["name"] for party in content.get("parties") or []],
        value=lambda name, kept: typed(name) if refused and name in request.form else kept if kept is not None else "",
        once=command_id("page"),
        refused=_words_of(refused) if refused else None,
        missing=refused.facts.get("checks", []) if refused else [],
    )


def _words_of(refused: Refused) -> str:
    """Returns the sentence of a refusal. If fields are missing, the page lists them under it."""
    if refused.code == "checks_open":
        return t("organiser.reopened.missing", language())
    return refusal_words(refused, language())


def _actor(workshop: Workshop) -> Actor:
    return Actor(ORGANISER, workshop.id, organiser_id=organiser().id)


@organising.post(f"{_HERE}/<any(begin,edit,decide,withdraw,close):move>")
def reopened_act(workshop_id: int, number: int, move: str) -> Page:
    """Carries out one of the page's forms."""
    workshop, on = own(workshop_id), str(RecordId("agreement", number))
    try:
        said = _ACTS[move](workshop, on)
    except Refused as refused:
        return _page(own(workshop_id), number, status_of(refused), refused)
    tell(f"organiser.reopened.said.{said}")
    return redirect(url_for("organising.reopened", workshop_id=workshop_id, number=number), 303)


def _give(workshop: Workshop, name: str, **args: Any) -> dict[str, Any]:
    return perform(_actor(workshop), name, args, command_id(name)).get("result") or {}


def _begin(workshop: Workshop, on: str) -> str:
    _give(workshop, "reopen_agreement", agreement=on, reason=typed("reason"))
    return "begin"


def _edit(workshop: Workshop, on: str) -> str:
    draft = dispatch.follow_up(_actor(workshop))["mine"]["reopened"].get(on)
    if draft is None:
        raise Refused("not_found", "agreement")
    content = draft["content"]
    changes = {one.name: _given(one) for one in form_fields(content) if one.name in request.form}
    revision = typed("revision")
    _give(
        workshop,
        "edit_reopened",
        agreement=on,
        revision=int(revision) if revision.isascii() and revision.isdigit() else 1,
        contributions=_lines(list(content.get("contributions") or [])),
        **changes,
    )
    return "edit"


def _given(field: Field) -> str | int | None:
    written = typed(field.name).strip()
    if field.kind != "number":
        return written
    if written and not (written.isascii() and written.isdigit() and len(written) < 5):
        raise Refused("malformed", field.name)
    return int(written) if written else None


def _lines(kept: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Returns the contributions as they were typed, with a new one where its text is filled in."""
    found = [{**line, **_line(str(number))} for number, line in enumerate(kept)]
    new = _line("new")
    return [*found, {"party": typed("line-new-party"), **new}] if new["what"] else found


def _line(number: str) -> dict[str, str]:
    return {name: typed(f"line-{number}-{name}").strip() for name in _OF_A_LINE}


def _decide(workshop: Workshop, on: str) -> str:
    _give(workshop, "decide_reopened", agreement=on, until=typed("until"))
    return "decide"


def _withdraw(workshop: Workshop, on: str) -> str:
    _give(workshop, "withdraw_reopened", agreement=on)
    return "withdraw"


def _close(workshop: Workshop, on: str) -> str:
    return "carried" if _give(workshop, "close_reopened", agreement=on)["carried"] else "not_carried"


_ACTS = {"begin": _begin, "edit": _edit, "decide": _decide, "withdraw": _withdraw, "close": _close}
