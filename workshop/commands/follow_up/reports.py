"""Owners' reports: a measured value, a status in the owner's own word, what worked and what went wrong; and the days on
which reports are asked for."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field
from sqlalchemy import delete, func, select

from workshop.clock import day_of
from workshop.commands.follow_up.arguments import Day, On, check_near
from workshop.commands.follow_up.endings import refuse_ended
from workshop.commands.follow_up.finding import began_on, item_of, steward_of
from workshop.commands.follow_up.telling import told, words_hash
from workshop.door.arguments import Args, Ref, Words
from workshop.door.context import Context
from workshop.door.registry import ORGANISERS, Result, command
from workshop.extensions import db
from workshop.identity import STEWARD
from workshop.models import FollowUpDate, FollowUpReport
from workshop.models.items import Item
from workshop.rules import limits
from workshop.rules.measures import read_value
from workshop.rules.record_ids import RecordId
from workshop.rules.refusal import Refused, together

#: reports that say an end, or a part of one, also say what went well and what did not
_SAYS_BOTH = frozenset({"reached", "partly", "not_reached", "dropped"})


class ReportFollowUp(Args):
    """`value` as it was measured, "412" or "412 træer", with the day and the source; `status` is the owner's own word, and
    whether the goal is reached is computed. `corrects`: an earlier report that was mistaken."""

    on: On
    date: Day | None = None
    value: Annotated[str, Words("follow_up.value")] = ""
    value_date: Day | None = None
    source: Annotated[str, Words("follow_up.source")] = ""
    status: Literal["on_track", "partly", "reached", "not_reached", "dropped"]
    what_worked: Annotated[str, Words("follow_up.words")] = ""
    what_went_wrong: Annotated[str, Words("follow_up.words")] = ""
    lesson: Annotated[str, Words("follow_up.words")] = ""
    next_date: Day | None = None
    corrects: Annotated[str | None, Ref("follow_up")] = None


class SetRhythm(Args):
    """The days on which owners are asked to report; they replace those there were."""

    dates: Annotated[list[Day], Field(max_length=limits.FOLLOW_UP_DATES)]


@command("report_follow_up", ReportFollowUp, (STEWARD,), while_closed=True, while_draft=False)
def report_follow_up(context: Context, args: ReportFollowUp) -> Result:
    """Report on a goal or an agreement. History stays; a mistake is corrected by a report that names the old one. Raises
    `empty` for what worked or went wrong where the status needs both, `malformed` for a value that cannot be read, a day
    before the agreement, or a next report too many years ahead."""
    link = steward_of(context, args.on)
    found = item_of(context, args.on)
    refuse_ended(context, found)
    exact = together(lambda: _exact(found, args, context), lambda: _check_words(args), lambda: _check_days(context, args))[0]
    corrected = _corrected(context, args, link.party)
    kept = select(func.count()).where(FollowUpReport.on == args.on, FollowUpReport.party == link.party)
    if (db.session.scalar(kept) or 0) >= limits.REPORTS:
        raise Refused("too_many", "on", limit=limits.REPORTS)
    day = args.date or day_of(context.now())
    row = FollowUpReport(
        workshop_id=context.workshop.id,
        on=args.on,
        party=link.party,
        date=day,
        value=args.value or None,
        exact=exact,
        value_date=(args.value_date or day) if args.value else None,
        source=args.source,
        status=args.status,
        what_worked=args.what_worked,
        what_went_wrong=args.what_went_wrong,
        lesson=args.lesson,
        next_date=args.next_date,
        corrects_id=corrected.id if corrected else None,
        at=context.now(),
    )
    context.add(row)
    context.proof["report"] = told(context, "report", _as_proof(row))
    return {"follow_up": str(RecordId(FollowUpReport.kind, row.id))}


def _exact(found: Item, args: ReportFollowUp, context: Context) -> str | None:
    if not args.value:
        return None
    if found.kind != "goal":
        raise Refused("malformed", "value", only_goals=True)
    value = read_value(args.value, found.content, context.workshop.language)
    return f"{value.numerator}/{value.denominator}"


def _check_words(args: ReportFollowUp) -> None:
    if args.status in _SAYS_BOTH:
        together(*(lambda name=name: _needed(args, name) for name in ("what_worked", "what_went_wrong")))


def _needed(args: ReportFollowUp, name: str) -> None:
    if not getattr(args, name):
        raise Refused("empty", name)


def _check_days(context: Context, args: ReportFollowUp) -> None:
    """A report is not of the future, a measured value not from before the agreement was made, and the next report is near."""
    here = day_of(context.now())
    began = began_on(context)
    for name in ("date", "value_date"):
        day = getattr(args, name)
        if day is not None and day > here:
            raise Refused("malformed", name, ahead=True)
        if day is not None and day < began:
            raise Refused("malformed", name, before=began.isoformat())
    check_near(args.next_date, "next_date")


def _corrected(context: Context, args: ReportFollowUp, party: str) -> FollowUpReport | None:
    """Returns the report that is corrected. Raises `not_found`, `not_yours` for another party's, and `already`."""
    if args.corrects is None:
        return None
    row = db.session.get(FollowUpReport, RecordId.parse(args.corrects).number)
    if row is None or row.workshop_id != context.workshop.id or row.on != args.on:
        raise Refused("not_found", "corrects")
    if row.party != party:
        raise Refused("not_yours", "corrects")
    again = select(FollowUpReport.id).where(FollowUpReport.corrects_id == row.id).limit(1)
    if db.session.scalar(again) is not None:
        raise Refused("already", "corrects")
    return row


def _as_proof(row: FollowUpReport) -> dict[str, Any]:
    return {
        "id": row.id,
        "on": row.on,
        "date": row.date.isoformat(),
        "exact": row.exact,
        "value_date": row.value_date.isoformat() if row.value_date else None,
        "status": row.status,
        "next_date": row.next_date.isoformat() if row.next_date else None,
        "corrects": row.corrects_id,
        "words": words_hash(
            party=row.party,
            value=row.value,
            source=row.source,
            what_worked=row.what_worked,
            what_went_wrong=row.what_went_wrong,
            lesson=row.lesson,
        ),
    }


@command("set_rhythm", SetRhythm, ORGANISERS, while_closed=True, while_draft=False)
def set_rhythm(context: Context, args: SetRhythm) -> Result:
    """Set the days on which owners are asked to report. Closing proposes 3, 9, 15 and 21 months ahead. Raises `malformed` for
    a day too many years ahead."""
    for number, day in enumerate(args.dates):
        check_near(day, f"dates.{number}")
    db.session.execute(delete(FollowUpDate).where(FollowUpDate.workshop_id == context.workshop.id))
    days = sorted(set(args.dates))
    db.session.add_all(FollowUpDate(workshop_id=context.workshop.id, day=day) for day in days)
    context.proof["rhythm"] = [day.isoformat() for day in days]
    return {"dates": [day.isoformat() for day in days]}
