"""The steward's report: one form for the party's own lines, the measured value and the texts, carried out as several
commands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from wtforms import Form

from workshop.rules.refusal import Refused
from workshop.web.follow_up.forms import LineForm, ReportForm, WordsForm
from workshop.web.follow_up.pages import Visit, carry_out, say_no
from workshop.web.follow_up.wording import Said, line_words

STATUSES = ("on_track", "partly", "reached", "not_reached", "dropped")
_REPORT = "report-"
#: the fields that make the form a report: if only days were filled in, no report is sent
_WRITTEN = ("value", "source", "status", "what_worked", "what_went_wrong", "lesson", "next_date", "corrects")


@dataclass
class Line:
    """One line of the item, in words, with its form: a party reports on its own line, and confirms or contests another's."""

    line: dict[str, Any]
    said: Said
    form: LineForm | WordsForm
    is_own: bool
    own_verdict: str | None = None

    @property
    def number(self) -> int:
        """Returns the line's number, counted from 0."""
        return int(self.line["line"])

    @property
    def is_to_judge(self) -> bool:
        """Returns whether another party has reported delivery, so that this party may confirm or contest it."""
        return not self.is_own and self.line["state"] in ("delivered", "partly")


@dataclass
class Report:
    """The page's forms: one for each line, and the report."""

    lines: list[Line]
    form: ReportForm

    @classmethod
    def of(cls, visit: Visit, item: dict[str, Any], today: date, sent: Any = None) -> Report:
        """Returns the forms of a steward's item; with `sent` those that were sent hold what was typed."""
        party = visit.link.party
        lines = [_line(visit, line, today, line["party"] == party, sent) for line in item["lines"]]
        written = sent is not None and any(name.startswith(_REPORT) for name in sent)
        return cls(lines, ReportForm(sent if written else None, prefix=_REPORT))

    @property
    def own(self) -> list[Line]:
        """Returns the lines of this party."""
        return [line for line in self.lines if line.is_own]

    @property
    def others(self) -> list[Line]:
        """Returns the lines of the other parties."""
        return [line for line in self.lines if not line.is_own]

    @property
    def forms(self) -> list[Form]:
        """Returns every form of the page."""
        return [*(line.form for line in self.lines), self.form]

    @property
    def has_fault(self) -> bool:
        """Returns whether a form shows a refusal."""
        return any(form.errors for form in self.forms)


def _line(visit: Visit, line: dict[str, Any], today: date, is_own: bool, sent: Any) -> Line:
    prefix = f"line-{line['line']}-"
    here = sent if sent is not None and any(name.startswith(prefix) for name in sent) else None
    form = LineForm(here, prefix=prefix) if is_own else WordsForm(here, prefix=prefix)
    verdicts = line["reports"][-1]["verdicts"] if line["reports"] else []
    mine = [one["verdict"] for one in verdicts if one["party"] == visit.link.party]
    return Line(line, line_words(line, today, visit.lang), form, is_own, mine[-1] if mine else None)


def _typed(form: Form) -> dict[str, str]:
    return {name: (value or "").replace("\r\n", "\n") for name, value in form.data.items()}


def send(visit: Visit, report: Report, on: str) -> list[Refused]:
    """Carries out what was filled in. Returns the refusals, each shown at its field. A form that was carried out is emptied,
    so that it is not sent twice. Raises `Refused("empty", "report")` where nothing was filled in."""
    faults, sent = [], 0
    for line in report.own:
        typed = _typed(line.form)
        if typed["state"] or typed["words"] or typed["evidence"]:
            faults += _try(visit, line.form, lambda typed=typed, line=line: _report_line(visit, on, line.number, typed))
            sent += 1
    typed = _typed(report.form)
    if any(typed[name] for name in _WRITTEN):
        faults += _try(visit, report.form, lambda: _report(visit, on, typed))
        sent += 1
    if not sent:
        raise Refused("empty", "report")
    return faults


def _try(visit: Visit, form: Form, give: Any) -> list[Refused]:
    try:
        give()
    except Refused as refused:
        say_no(form, refused, visit.lang)
        return [refused]
    form.process(None)
    return []


def _report_line(visit: Visit, on: str, number: int, typed: dict[str, str]) -> None:
    if not typed["state"]:
        raise Refused("empty", "state")
    day = {"date": typed["date"]} if typed["date"] else {}
    words = {name: typed[name] for name in ("state", "words", "evidence")}
    carry_out(visit, "report_line", str(number), on=on, line=number, **words, **day)


def _report(visit: Visit, on: str, typed: dict[str, str]) -> None:
    if not typed["status"]:
        raise Refused("empty", "status")
    words = ("value", "source", "status", "what_worked", "what_went_wrong", "lesson")
    args = {name: typed[name] for name in words}
    args |= {name: typed[name] for name in ("value_date", "next_date", "corrects") if typed[name]}
    carry_out(visit, "report_follow_up", on=on, **args)


def judge(visit: Visit, report: Report, on: str, number: str, verdict: str) -> None:
    """Confirms or contests another party's line. Raises `Refused`, which is also shown at the line's form."""
    line = next((line for line in report.others if str(line.number) == number), None)
    if line is None:
        raise Refused("not_yours", "line")
    try:
        words = _typed(line.form)["words"]
        carry_out(visit, "confirm_line", number, on=on, line=line.number, verdict=verdict, words=words)
    except Refused as refused:
        say_no(line.form, refused, visit.lang)
        raise
