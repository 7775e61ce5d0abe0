"""Lines: a party reports what it delivered, another party of the same agreement confirms or contests it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from sqlalchemy import func, select

from workshop.clock import day_of
from workshop.commands.follow_up.arguments import Day, On
from workshop.commands.follow_up.endings import refuse_ended
from workshop.commands.follow_up.finding import item_of, line_of, steward_of
from workshop.commands.follow_up.telling import told, words_hash
from workshop.door.arguments import Args, Words
from workshop.door.context import Context
from workshop.door.registry import Result, command
from workshop.extensions import db
from workshop.identity import STEWARD
from workshop.models import LineReport, LineVerdict
from workshop.rules import limits
from workshop.rules.promise_lines import STANDS_OR_FALLS
from workshop.rules.refusal import Refused


class ReportLine(Args):
    """`line` counts from 0 in the order of the contributions. `evidence`: a link, a figure with its source, or who saw
    it."""

    on: On
    line: Annotated[int, Field(ge=0, le=limits.CONTRIBUTIONS - 1)]
    state: Literal["delivered", "partly", "not_delivered", "withdrawn"]
    words: Annotated[str, Words("follow_up.words")] = ""
    evidence: Annotated[str, Words("follow_up.evidence")] = ""
    date: Day | None = None


class ConfirmLine(Args):
    on: On
    line: Annotated[int, Field(ge=0, le=limits.CONTRIBUTIONS - 1)]
    verdict: Literal["confirmed", "contested"]
    words: Annotated[str, Words("follow_up.words")] = ""


@command("report_line", ReportLine, (STEWARD,), while_closed=True, while_draft=False)
def report_line(context: Context, args: ReportLine) -> Result:
    """Report what became of an own line. A later report counts instead; the earlier stays readable. Raises `not_yours` for
    another party's line, `reason_required` without words where something was not delivered, `malformed` for a day ahead."""
    link = steward_of(context, args.on)
    found = item_of(context, args.on)
    line = line_of(found, args.line)
    if link.party != line.party:
        raise Refused("not_yours", "line")
    refuse_ended(context, found)
    if args.state != "delivered" and not args.words:
        raise Refused("reason_required", "words")
    day = args.date or day_of(context.now())
    if day > day_of(context.now()):
        raise Refused("malformed", "date", ahead=True)
    _refuse_too_many(args)
    row = LineReport(
        workshop_id=context.workshop.id,
        on=args.on,
        line=args.line,
        party=line.party,
        state=args.state,
        words=args.words,
        evidence=args.evidence,
        date=day,
        at=context.now(),
    )
    context.add(row)
    facts = {
        "id": row.id,
        "on": row.on,
        "line": row.line,
        "state": row.state,
        "date": day.isoformat(),
        "evidence": bool(row.evidence),
        "words": words_hash(party=row.party, words=row.words, evidence=row.evidence),
    }
    context.proof["line_report"] = told(context, "line_report", facts)
    return {"report": row.id}


def _refuse_too_many(args: ReportLine) -> None:
    kept = select(func.count()).select_from(LineReport).where(LineReport.on == args.on, LineReport.line == args.line)
    if (db.session.scalar(kept) or 0) >= limits.REPORTS:
        raise Refused("too_many", "line", limit=limits.REPORTS)


@command("confirm_line", ConfirmLine, (STEWARD,), while_closed=True, while_draft=False)
def confirm_line(context: Context, args: ConfirmLine) -> Result:
    """Confirm or contest what another party of the same agreement says it delivered. One's newest word counts. Raises
    `not_yours` for the own line, `not_open` where nothing was delivered, `reason_required` to contest without words."""
    link = steward_of(context, args.on)
    found = item_of(context, args.on)
    line = line_of(found, args.line)
    if link.party == line.party:
        raise Refused("not_yours", "line")
    report = newest_report(args.on, args.line)
    if report is None or report.state not in STANDS_OR_FALLS:
        raise Refused("not_open", "line", state=report.state if report else "none")
    if args.verdict == "contested" and not args.words:
        raise Refused("reason_required", "words")
    row = LineVerdict(
        workshop_id=context.workshop.id,
        report_id=report.id,
        party=link.party,
        verdict=args.verdict,
        words=args.words,
        at=context.now(),
    )
    context.add(row)
    words = words_hash(party=row.party, words=row.words)
    facts = {"id": row.id, "on": args.on, "report": report.id, "verdict": row.verdict, "words": words}
    context.proof["line_verdict"] = told(context, "line_verdict", facts)
    return None


def newest_report(on: str, line: int) -> LineReport | None:
    """Returns the report of a line that counts: the newest; None for none."""
    wanted = select(LineReport).where(LineReport.on == on, LineReport.line == line)
    return db.session.scalar(wanted.order_by(LineReport.id.desc()).limit(1))
