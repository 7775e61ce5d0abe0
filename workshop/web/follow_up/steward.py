"""The page of a steward, an owner or a party: reports on its lines and the goal, verdicts on the others' lines, and passing
the work on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from flask import abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import Form

from workshop.catalogue import t
from workshop.clock import today
from workshop.export.promises.dates import next_report
from workshop.export.promises.reopened import last_day, new_version
from workshop.identity import STEWARD
from workshop.models.items import item
from workshop.rules.refusal import Refused
from workshop.screens.follow_up import present_item
from workshop.screens.promises import Promises, promises
from workshop.web.follow_up import questions, reporting
from workshop.web.follow_up.forms import EndForm, PassOnForm, WordsForm
from workshop.web.follow_up.pages import (
    Page,
    Visit,
    carry_out,
    check_form,
    farewell,
    following,
    gone,
    let_in,
    page,
    say_no,
    status_of,
    typed,
)
from workshop.web.follow_up.reporting import STATUSES, Report
from workshop.web.follow_up.wording import names, reached_words, refusal_words

_HERE = "/workshops/<int:workshop_id>/steward/<int:link_id>"


@dataclass
class Side:
    """The small forms beside the report."""

    pass_on: PassOnForm = field(default_factory=PassOnForm)
    end: EndForm = field(default_factory=EndForm)
    refuse: WordsForm = field(default_factory=WordsForm)
    version: WordsForm = field(default_factory=WordsForm)


def _item(visit: Visit, said: Promises | None = None) -> dict[str, Any] | None:
    """Returns the item the link is for, as everybody sees it; None where it is no longer followed up. Ends the request with the
    page for a link that has ended (410) where the item has another owner now."""
    found = item(visit.workshop, visit.link.on or "")
    if found is not None and visit.link.party not in found.owners:
        words = t("error.ended.another_owner", visit.lang)
        abort(make_response(render_template("follow_up/gone.html", lang=visit.lang, words=words), 410))
    return present_item(found, said or promises(visit.workshop), today()) if found is not None else None


@following.get(_HERE)
def steward(workshop_id: int, link_id: int) -> Page:
    """Shows what was promised, and what is to be reported."""
    return _page(let_in(STEWARD, workshop_id, link_id))


def _page(
    visit: Visit,
    status: int = 200,
    report: Report | None = None,
    refused: Refused | None = None,
    side: Side | None = None,
    asked: questions.Asked | None = None,
) -> Page:
    said = promises(visit.workshop)
    shown = _item(visit, said)
    if shown is None:
        return gone()
    # The lines are read again after a refusal, so that those that were reported show their new state.
    fresh = Report.of(visit, shown, today())
    if report is not None:
        for line, before in zip(fresh.lines, report.lines, strict=True):
            line.form = before.form
        fresh.form = report.form
    return page(
        "steward",
        visit,
        status,
        item=shown,
        next_report=next_report(shown, [row.day.isoformat() for row in said.dates], today()),
        name=names(visit.workshop, visit.lang).get(shown["id"], ""),
        report=fresh,
        statuses=STATUSES,
        reached=reached_words(shown["reached"], visit.lang) if shown["reached"] else None,
        version=_version(shown, visit.lang),
        side=side or Side(),
        asked=asked or questions.Asked.of([shown]),
        corrects=request.args.get("corrects") if request.method == "GET" else fresh.form.corrects.data,
        refused=refusal_words(refused, visit.lang) if refused else None,
    )


def _version(shown: dict[str, Any], lang: str) -> dict[str, Any] | None:
    """Returns the new version about which the parties are asked, in words, with its last day; None where there is none."""
    asked = next((one for one in shown["reopened"] if one["state"] == "deciding"), None)
    return {"told": new_version(asked, lang), "last_day": last_day(asked, lang)} if asked is not None else None


@following.post(_HERE)
def report(workshop_id: int, link_id: int) -> Page:
    """Carries out the report that was sent: lines, value and texts."""
    visit, shown = _let_in(workshop_id, link_id)
    if shown is None:
        return gone()
    forms = Report.of(visit, shown, today(), request.form)
    try:
        check_form(visit)
        faults = reporting.send(visit, forms, shown["id"])
    except Refused as refused:
        return _page(visit, status_of(refused), forms, refused)
    if faults:
        return _page(visit, status_of(faults[0]), forms)
    return _back(visit, "reported")


def _let_in(workshop_id: int, link_id: int) -> tuple[Visit, dict[str, Any] | None]:
    visit = let_in(STEWARD, workshop_id, link_id)
    return visit, _item(visit)


def _back(visit: Visit, said: str) -> Response:
    return redirect(url_for("following.steward", **visit.address, said=said), 303)


@following.post(f"{_HERE}/verdict")
def verdict(workshop_id: int, link_id: int) -> Page:
    """Confirms or contests what another party has reported as delivered."""
    visit, shown = _let_in(workshop_id, link_id)
    if shown is None:
        return gone()
    forms = Report.of(visit, shown, today(), request.form)
    try:
        check_form(visit)
        reporting.judge(visit, forms, shown["id"], request.form.get("line", ""), request.form.get("verdict", ""))
    except Refused as refused:
        return _page(visit, status_of(refused), forms, None if forms.has_fault else refused)
    return _back(visit, "judged")


@following.post(f"{_HERE}/question")
def steward_question(workshop_id: int, link_id: int) -> Page:
    """Answers a question of the panel."""
    visit, shown = _let_in(workshop_id, link_id)
    if shown is None:
        return gone()
    asked = questions.Asked.of([shown], request.form)
    try:
        check_form(visit)
        questions.answer(visit, asked)
    except Refused as refused:
        return _page(visit, status_of(refused), asked=asked, refused=asked.refuse(refused, visit.lang))
    return _back(visit, "question")


@following.post(f"{_HERE}/<any(pass_on,accept,refuse,end,version):act>")
def hand_on(workshop_id: int, link_id: int, act: str) -> Page:
    """Passes the work on, accepts or refuses it, ends an agreement by its own terms, or answers its new version."""
    visit = let_in(STEWARD, workshop_id, link_id)
    side = Side()
    form = _sent(side, act)
    try:
        check_form(visit)
        _carry_out(visit, act)
    except Refused as refused:
        if form is not None:
            say_no(form, refused, visit.lang)
        return _page(visit, status_of(refused), side=side, refused=refused if form is None else None)
    if act == "refuse":
        return farewell(visit.lang)
    return _back(visit, act)


def _sent(side: Side, act: str) -> Form | None:
    """Returns the form that was sent, with what was typed, and puts it into `side`; None for an act without a form."""
    if act == "pass_on":
        side.pass_on = PassOnForm(request.form)
        return side.pass_on
    if act == "end":
        side.end = EndForm(request.form)
        return side.end
    if act == "refuse":
        side.refuse = WordsForm(request.form)
        return side.refuse
    if act == "version":
        side.version = WordsForm(request.form)
        return side.version
    return None


def _carry_out(visit: Visit, act: str) -> None:
    if act == "pass_on":
        carry_out(visit, act, **{name: typed(name) for name in ("to_name", "address", "words")})
    elif act == "accept":
        carry_out(visit, "accept_work")
    elif act == "refuse":
        carry_out(visit, "refuse_work", words=typed("words"))
    elif act == "version":
        accepted = request.form.get("accepted") == "yes"
        carry_out(visit, "accept_reopened", on=visit.link.on, accepted=accepted, words=typed("words"))
    else:
        day = {"date": typed("date")} if typed("date") else {}
        carry_out(visit, "end_agreement", agreement=visit.link.on, reason=typed("reason"), **day)
