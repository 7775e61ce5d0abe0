"""The organiser's list of who waits for whom after the seminar: first what is late, then what the organiser must do, then
what is due soon."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from workshop.rules.answers import OVERDUE, PASSED_TO_ANOTHER
from workshop.rules.rhythm import reported_on

#: how far ahead something is shown as due
SOON = timedelta(days=60)


@dataclass(frozen=True)
class Waiting:
    """Something that `who` must do (the organiser, if empty). `kind` selects the sentence, `what` and `about` are facts in it;
    `late` is the day since which it is late, `due` the day by which it is to be done. `link` is the id of the link whose
    holder can do it, if there is one."""

    kind: str
    who: str
    on: str | None = None
    late: date | None = None
    due: date | None = None
    what: str = ""
    about: str = ""
    link: str | None = None

    @property
    def order(self) -> tuple[int, date]:
        """Returns its place in the order: late ones by their day, then the organiser's own, then others by their day."""
        if self.late is not None:
            return 0, self.late
        return (1, date.min) if not self.who else (2, self.due or date.min)


def waiting(seen: dict[str, Any], links: Iterable[dict[str, Any]], today: date) -> list[Waiting]:
    """Returns what is waited for, in order. `seen` is the follow-up as an organiser sees it, `links` the valid links."""
    alive = list(links)
    found = [*_handover(seen, alive)]
    for item in seen["items"]:
        found += [*_answer(item, alive), *_lines(item, alive), *_report(item, seen["dates"], alive, today)]
    found += [
        Waiting("offered", link["name"], link["on"], about=link["party"], link=link["id"])
        for link in alive
        if link["state"] == "offered"
    ]
    soon = today + SOON
    return sorted((one for one in found if one.due is None or one.due <= soon), key=lambda one: one.order)


def _link(links: list[dict[str, Any]], role: str, on: str | None, party: str = "") -> str | None:
    """Returns the id of the newest link of this role for this item and party."""
    found = [one["id"] for one in links if one["role"] == role and one["on"] == on and one["party"] == party]
    return found[-1] if found else None


def _handover(seen: dict[str, Any], links: list[dict[str, Any]]) -> Iterator[Waiting]:
    if not seen["items"]:
        return
    if seen["handover"] is None:
        yield Waiting("hand_over", "")
    elif seen["handover"]["confirmed_at"] is None:
        yield Waiting("confirm", seen["handover"]["to"], link=_link(links, "receiver", None))


def _answer(item: dict[str, Any], links: list[dict[str, Any]]) -> Iterator[Waiting]:
    answer = item["answer"]
    passed = [one for one in links if one["role"] == "receiver" and one["on"] == item["id"]]
    if answer["answer"] == PASSED_TO_ANOTHER and not passed:
        yield Waiting("pass_to", "", item["id"], what=answer["body"] or "", about=answer["reason"] or "")
    if item["intention"] or answer["state"] in ("answered", "not_handed_over") or answer["due"] is None:
        return
    due = date.fromisoformat(answer["due"])
    link = passed[-1]["id"] if passed else _link(links, "receiver", None)
    late = due if answer["state"] in OVERDUE else None
    moved = answer["postponed"][-1]["reason"] if answer["postponed"] else ""
    yield Waiting("answer", answer["awaited_from"], item["id"], late=late, due=None if late else due, about=moved, link=link)


def _lines(item: dict[str, Any], links: list[dict[str, Any]]) -> Iterator[Waiting]:
    if item["ended"]:
        return
    for line in item["lines"]:
        link = _link(links, "steward", item["id"], line["party"])
        if line["standing"] == "contested":
            verdicts = line["reports"][-1]["verdicts"]
            against = [one for one in verdicts if one["verdict"] == "contested"][-1]
            yield Waiting("contested", "", item["id"], what=against["party"], about=f"{line['party']}: {line['what']}")
        elif line["state"] == "none" and line["by_when"]:
            day = date.fromisoformat(line["by_when"])
            late = day if line["late_since"] else None
            yield Waiting(
                "line", line["party"], item["id"], late=late, due=None if late else day, what=line["what"], link=link
            )


def _report(item: dict[str, Any], dates: list[str], links: list[dict[str, Any]], today: date) -> Iterator[Waiting]:
    """Yields each party of an item, if the last reporting day has passed and nothing was reported on the item for it."""
    days = [date.fromisoformat(one) for one in dates]
    reached = [day for day in days if day <= today]
    if not reached or item["kind"] == "idea" or item["intention"] or item["ended"]:
        return
    reports = [date.fromisoformat(report["date"]) for report in item["reports"]]
    if reported_on(days, reports, today)[-1] is not None or max(reports, default=date.min) >= reached[-1]:
        return
    parties = list(dict.fromkeys(line["party"] for line in item["lines"]))
    for party in parties:
        yield Waiting("report", party, item["id"], late=reached[-1], link=_link(links, "steward", item["id"], party))
