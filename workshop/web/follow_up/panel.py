"""The panel's page: the panel asks about an item, and writes statements beside the owners' reports. All of it is public."""

from __future__ import annotations

from typing import Any

from flask import redirect, request, url_for

from workshop.clock import today
from workshop.identity import PANEL
from workshop.rules.refusal import Refused
from workshop.screens.follow_up import follow_up
from workshop.screens.follow_up_own import may_see
from workshop.web.follow_up.forms import AskForm, WordsForm
from workshop.web.follow_up.pages import Page, Visit, carry_out, check_form, following, let_in, page, say_no, status_of
from workshop.web.follow_up.wording import names, refusal_words

_HERE = "/workshops/<int:workshop_id>/panel/<int:link_id>"
_WHOLE = "whole"

Words = AskForm | WordsForm


@following.get(_HERE)
def panel(workshop_id: int, link_id: int) -> Page:
    """Shows what was agreed, what was asked about it, and what the panel has stated."""
    return _page(let_in(PANEL, workshop_id, link_id))


def _page(visit: Visit, status: int = 200, sent: dict[str, Words] | None = None, refused: Refused | None = None) -> Page:
    seen = _seen(visit)
    return page(
        "panel",
        visit,
        status,
        seen=seen,
        names=names(visit.workshop, visit.lang),
        forms={**_forms(seen), **(sent or {})},
        refused=refusal_words(refused, visit.lang) if refused else None,
    )


def _seen(visit: Visit) -> dict[str, Any]:
    return follow_up(visit.workshop, today(), lambda item: may_see(visit.actor, item))


def _prefix(act: str, on: str) -> str:
    return f"{act}-{on.replace(':', '-')}-"


def _forms(seen: dict[str, Any]) -> dict[str, Words]:
    """Returns every form by its prefix: to ask about an item, to write about it, and about the whole result."""
    items = [item["id"] for item in seen["items"]]
    asking: dict[str, Words] = {_prefix("ask", one): AskForm(prefix=_prefix("ask", one)) for one in items}
    return asking | {_prefix("say", one): WordsForm(prefix=_prefix("say", one)) for one in (*items, _WHOLE)}


@following.post(_HERE)
def say(workshop_id: int, link_id: int) -> Page:
    """Carries out the form that was sent: a question or a statement."""
    visit = let_in(PANEL, workshop_id, link_id)
    act, _, on = request.form.get("act", "").partition("=")
    prefix = _prefix(act, on)
    known = _forms(_seen(visit)).get(prefix)
    if known is None:
        return _page(visit, 422, refused=Refused("not_found", "on"))
    form = type(known)(request.form, prefix=prefix)
    words = (form.words.data or "").replace("\r\n", "\n")
    try:
        check_form(visit)
        if act == "ask":
            carry_out(visit, "ask_question", on=on, words=words)
        else:
            carry_out(visit, "panel_statement", on, on=None if on == _WHOLE else on, words=words)
    except Refused as refused:
        say_no(form, refused, visit.lang)
        return _page(visit, status_of(refused), {prefix: form})
    return redirect(url_for("following.panel", **visit.address, said=f"panel_{act}"), 303)
