"""The receiver's page: confirms the handover, answers, postpones or passes on each item, and lists the meetings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import jsonify, redirect, request, url_for
from werkzeug.wrappers import Response

from workshop.catalogue import t
from workshop.clock import ZONE, now, today
from workshop.identity import RECEIVER
from workshop.rules.answers import OVERDUE
from workshop.rules.refusal import Refused
from workshop.web.follow_up import answering, path, questions
from workshop.web.follow_up.answering import Row
from workshop.web.follow_up.pages import (
    Page,
    Visit,
    carry_out,
    check_form,
    following,
    let_in,
    page,
    say_no,
    status_of,
    typed,
)
from workshop.web.follow_up.wording import refusal_words

_HERE = "/workshops/<int:workshop_id>/receiver/<int:link_id>"


@following.get(_HERE)
def receiver(workshop_id: int, link_id: int) -> Page:
    """Shows what is to be answered, and by when."""
    visit = let_in(RECEIVER, workshop_id, link_id)
    return _page(visit)


def _page(
    visit: Visit,
    status: int = 200,
    shown: Sequence[Row] | None = None,
    refused: Refused | None = None,
    steps: path.Steps | None = None,
    asked: questions.Asked | None = None,
) -> Page:
    seen = answering.seen(visit)
    rows = list(shown) if shown is not None else answering.rows(visit, seen["items"])
    due = sorted({row.item["answer"]["due"] for row in rows if row.item["answer"]["due"]})
    drafts, missing = _drafts(rows)
    waits = any(row.item["answer"]["state"] != "answered" for row in rows if not row.item["intention"])
    return page(
        "receiver",
        visit,
        status,
        rows=rows,
        handover=seen["handover"],
        body=visit.link.body or visit.workshop.receiving_body,
        due=due[0] if due and waits else None,
        left=(date.fromisoformat(due[0]) - today()).days if due else 0,
        today=today(),
        drafts=drafts,
        missing=missing,
        overdue=OVERDUE,
        steps=steps or path.Steps.of(visit, seen),
        asked=asked or questions.Asked.of(seen["items"]),
        refused=refusal_words(refused, visit.lang) if refused else None,
    )


@following.post(_HERE)
def answer(workshop_id: int, link_id: int) -> Page:
    """Carries out the form of all items. Whichever button was pressed, what was typed is stored as drafts first; then answers
    are published, an item is postponed or the handover confirmed."""
    visit = let_in(RECEIVER, workshop_id, link_id)
    act, _, on = request.form.get("act", "save").partition("=")
    rows = answering.rows(visit, answering.seen(visit)["items"], request.form)
    try:
        check_form(visit)
    except Refused as refused:
        for one in rows:
            one.is_open = one.is_changed
        return _page(visit, status_of(refused), rows, refused)
    faults = _save(visit, rows)
    if not faults and act in ("publish", "postpone", "confirm"):
        try:
            return _carry_out(visit, act, on, rows)
        except Refused as refused:
            faults = [refused]
            if act == "postpone" and (row := _row(rows, on)) is not None:
                _at_postponement(visit, row, refused)
                return _page(visit, status_of(refused), _again(visit, rows))
            return _page(visit, status_of(refused), _again(visit, rows), refused)
    if faults:
        return _page(visit, status_of(faults[0]), _again(visit, rows))
    return _back(visit, "saved", on)


def _save(visit: Visit, rows: Sequence[Row]) -> list[Refused]:
    """Stores what was typed in each row as its draft. Returns the refusals, each shown at its field."""
    faults = []
    for row in rows:
        if row.is_changed:
            try:
                answering.save(visit, row)
            except Refused as refused:
                answering.refuse(visit, row, refused)
                faults.append(refused)
    return faults


def _again(visit: Visit, rows: Sequence[Row]) -> list[Row]:
    """Returns the rows read again; those with a fault keep their form with what was typed."""
    fresh = answering.rows(visit, answering.seen(visit)["items"])
    wrong = {row.key: row for row in rows if row.form.errors or row.form.form_errors}
    for row in fresh:
        if row.key in wrong:
            before = wrong[row.key]
            row.form, row.kept, row.is_open = before.form, before.kept, True
    return fresh


def _carry_out(visit: Visit, act: str, on: str, rows: Sequence[Row]) -> Page:
    if act == "confirm":
        carry_out(visit, "confirm_handover")
        return _back(visit, "confirmed")
    if act == "publish":
        carry_out(visit, "publish_answers")
        return _back(visit, "published")
    row = _row(rows, on)
    if row is None:
        raise Refused("not_found", "on")
    to, reason = typed(row.form.to.name), typed(row.form.because.name)
    if not to:
        raise Refused("empty", "to")
    carry_out(visit, "postpone_answer", row.key, on=on, to=to, reason=reason)
    return _back(visit, "postponed", on)


def _row(rows: Sequence[Row], on: str) -> Row | None:
    return next((row for row in rows if row.item["id"] == on), None)


def _at_postponement(visit: Visit, row: Row, refused: Refused) -> None:
    """Shows a refusal at the field of the postponement. Its reason has another name in the form (`because`), where `reason`
    is that of the answer."""
    field = "because" if (refused.field or "") == "reason" else refused.field
    moved = Refused(refused.code, field, **refused.facts)
    say_no(row.form, moved, visit.lang)
    row.is_open = True


def _back(visit: Visit, said: str, on: str = "") -> Response:
    anchor = on.replace(":", "-") or None
    return redirect(url_for("following.receiver", **visit.address, said=said, _anchor=anchor), 303)


@following.post(f"{_HERE}/draft")
def draft(workshop_id: int, link_id: int) -> Page:
    """Stores one draft while it is being typed, for the page's script. Returns `{ok, revision, time, drafts, publish}`, or for
    a refusal `{ok: false, words, revision?, kept?}`."""
    visit = let_in(RECEIVER, workshop_id, link_id)
    rows = answering.rows(visit, answering.seen(visit)["items"], request.form)
    row = _row(rows, request.form.get("on", ""))
    try:
        check_form(visit)
        if row is None:
            raise Refused("not_found", "on")
        revision = answering.save(visit, row)
    except Refused as refused:
        facts: dict[str, Any] = {"ok": False, "words": refusal_words(refused, visit.lang)}
        if refused.code == "conflict":
            facts |= {"kept": answering.kept_words(refused, visit.lang), "revision": refused.facts["revision"]}
        return jsonify(facts)
    rows = answering.rows(visit, answering.seen(visit)["items"])
    time = now().astimezone(ZONE).strftime("%H.%M" if visit.lang == "da" else "%H:%M")
    drafts, missing = _drafts(rows)
    # The bar at the bottom of the page always says what its button will publish.
    bar = [t("following.drafts", visit.lang, n=len(drafts))]
    if missing:
        bar.append(t("following.missing", visit.lang, names=", ".join(one.name for one in missing)))
    publish = t("following.publish", visit.lang, n=len(drafts))
    return jsonify({"ok": True, "revision": revision, "time": time, "drafts": " ".join(bar), "publish": publish})


def _drafts(rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """Returns the rows that have a draft, and those that wait for an answer and have none."""
    waiting = [row for row in rows if not row.item["intention"] and row.item["answer"]["state"] != "answered"]
    return [row for row in rows if row.draft is not None], [row for row in waiting if row.draft is None]


@following.post(f"{_HERE}/path")
def receiver_path(workshop_id: int, link_id: int) -> Page:
    """Adds or changes a meeting."""
    visit = let_in(RECEIVER, workshop_id, link_id)
    steps = path.Steps.of(visit, answering.seen(visit), request.form)
    try:
        check_form(visit)
        path.carry_out_step(visit, steps)
    except Refused as refused:
        return _page(visit, status_of(refused), steps=steps, refused=steps.refuse(refused, visit.lang))
    return _back(visit, "path", "")


@following.post(f"{_HERE}/question")
def receiver_question(workshop_id: int, link_id: int) -> Page:
    """Answers a question of the panel."""
    visit = let_in(RECEIVER, workshop_id, link_id)
    asked = questions.Asked.of(answering.seen(visit)["items"], request.form)
    try:
        check_form(visit)
        questions.answer(visit, asked)
    except Refused as refused:
        return _page(visit, status_of(refused), asked=asked, refused=asked.refuse(refused, visit.lang))
    return _back(visit, "question", "")
