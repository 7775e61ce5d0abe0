"""The state of an item on a day: the receiver's answer, what was delivered, and whether the goal is reached by its numbers
(docs/rules.md section 11). Figures are exact fractions."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from workshop.export.checking.core import Json

LONG = timedelta(days=90)
STANDINGS = ("confirmed", "documented", "undocumented", "contested")


@dataclass
class Clock:
    """The days that decide when an answer is overdue. `never_late`: an intention, whose answer is never overdue."""

    handed_over: date
    due: date
    postponed_to: list[date] = field(default_factory=list)
    corrected_on: list[date] = field(default_factory=list)
    never_late: bool = False

    @property
    def last_day(self) -> date:
        """Returns the last day on which the answer is in time."""
        return self.postponed_to[-1] if self.postponed_to else self.due


def state_of_answer(clock: Clock | None, answer: str | None, day: date) -> str:
    """Returns the state of an answer on a day. `answer` is the newest published one; a question back does not count."""
    if answer not in (None, "needs_clarification"):
        return "answered"
    if clock is None:
        return "not_handed_over"
    cleared = any(one > clock.last_day for one in clock.corrected_on)
    if clock.never_late or cleared or day <= clock.last_day:
        return "postponed" if clock.postponed_to else "awaited"
    return "no_answer" if day <= clock.last_day + LONG else "long_without"


def due_of_another(handed_over: date, due: date, passed_on: date) -> date:
    """Returns the day by which another body must answer: it has as many days as the first body had."""
    return passed_on + max(due - handed_over, timedelta(0))


def state_of_line(by_when: date | None, report: Json | None, day: date) -> Json:
    """Returns `{state, standing, late_since}` of one line. `report` is the newest: its `state`, `evidence`, and `verdicts` by
    party."""
    if report is None:
        late = by_when is not None and by_when < day
        return {"state": "none", "standing": None, "late_since": by_when.isoformat() if late and by_when else None}
    return {"state": report["state"], "standing": _standing_of(report), "late_since": None}


def _standing_of(report: Json) -> str | None:
    """Returns how a delivery is supported: a contradiction outweighs every confirmation, a confirmation outweighs evidence."""
    if report["state"] not in ("delivered", "partly"):
        return None
    said = list(report["verdicts"].values())
    if "contested" in said:
        return "contested"
    if "confirmed" in said:
        return "confirmed"
    return "documented" if report["evidence"] else "undocumented"


def done_of(lines: list[tuple[date | None, Json | None]], day: date) -> Json:
    """Returns how many lines are due, how many of them are delivered, and how the deliveries are supported. A line without a
    day is due once something is reported on it."""
    due = [report for by_when, report in lines if (by_when <= day if by_when else report is not None)]
    delivered = [_standing_of(report) for report in due if report and report["state"] == "delivered"]
    apart = {standing: delivered.count(standing) for standing in STANDINGS}
    return {"delivered": len(delivered), "due": len(due), **apart}


@dataclass
class GoalAim:
    """The numbers of a goal in one version."""

    direction: str
    baseline: Fraction | None
    target: Fraction | None
    deadline: date | None


def newest_of(values: list[tuple[Fraction, date]]) -> tuple[Fraction, date] | None:
    """Returns the value with the newest day; of several for that day the one reported last; None without values."""
    return max(enumerate(values), key=lambda one: (one[1][1], one[0]))[1] if values else None


def state_of_goal(aim: GoalAim, newest: tuple[Fraction, date] | None, day: date) -> Json:
    """Returns `{state, progress}` by the newest value and the day only; the owner's own status is not used. `progress` is in
    whole percent."""
    if newest is None:
        return {"state": "not_measured", "progress": None}
    value, measured = newest
    b, t, upward = aim.baseline, aim.target, aim.direction in ("at_least", "up")
    way = None if b is None or t is None or b == t else (value - b) / (t - b)
    progress = None if way is None else int(way * 100)
    over = aim.deadline is not None and (measured >= aim.deadline or day > aim.deadline + LONG)
    if t is None:
        return {"state": _moved(aim, value), "progress": None}
    if (value >= t) if upward else (value <= t):
        return {"state": "reached", "progress": progress}
    if over:
        return {"state": "not_reached", "progress": progress}
    if way is None:
        return {"state": "measured", "progress": None}
    return {"state": "unmoved" if way == 0 else "moving" if way > 0 else "wrong_way", "progress": progress}


def _moved(aim: GoalAim, value: Fraction) -> str:
    """Returns the state of a goal without a target figure: by comparison with the baseline, where the direction says which way
    is better."""
    if aim.baseline is None or aim.direction not in ("up", "down"):
        return "measured"
    if value == aim.baseline:
        return "unmoved"
    return "moving" if (value > aim.baseline) is (aim.direction == "up") else "wrong_way"


def in_decimals(value: Fraction) -> str:
    """Returns a value as it is printed, with at most six decimals; further ones are cut off."""
    millionths = int(abs(value) * 10**6)
    text = f"{millionths // 10**6}.{millionths % 10**6:06d}".rstrip("0").rstrip(".")
    return f"-{text}" if value < 0 else text
