"""The follow-up: checks which items there are, and computes every state of each item again from the acts alone, for the day on
which the file was made and for any other."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Any

from workshop.export.checking.acts import check_acts
from workshop.export.checking.core import Json, Report, Story
from workshop.export.checking.look_backs import check_look_backs
from workshop.export.checking.promises import (
    Clock,
    GoalAim,
    done_of,
    due_of_another,
    in_decimals,
    newest_of,
    state_of_answer,
    state_of_goal,
    state_of_line,
)
from workshop.export.checking.readings import check_readings, danish_day, exact, plain_day, plain_figure
from workshop.export.checking.reopened import check_reopened

OVERDUE = ("no_answer", "long_without")


def check_follow_up(document: Json, story: Story, report: Report, on: str | None = None) -> None:
    """Checks the follow-up, and with `on` notes the state of each item on that day."""
    proof = document["proof"]
    file = proof.get("follow_up")
    if file is None:
        told = any(name in entry["proof"] for entry in story.entries for name in ("handover", "report", "line_report"))
        report.expect(not told, "follow.left_out")
        return
    faults, danish = report.faults, document["language"] != "en"
    _check_items(document, report)
    check_readings(file["readings"], proof["versions"], {item["id"] for item in file["items"]}, danish, report)
    _check_values(proof, danish, report)
    check_acts(proof, story, report)
    states = states_on(proof, story, date.fromisoformat(file["day"]))
    for item, state in zip(file["items"], states, strict=True):
        for name, value in state.items():
            report.expect(item[name] == value, "follow.state", id=item["id"], what=name, day=file["day"])
    report.expect(counts_of_items(states) == file["counts"], "follow.counts")
    known = {item["id"] for item in file["items"]}
    check_look_backs(file["look_backs"], story, report, known if document["withheld_agreements"] else None)
    check_reopened(proof, story, report)
    if report.faults == faults:
        report.note("holds", "follow", n=len(states), day=file["day"])
    if on is not None and report.expect(plain_day(on) is not None, "follow.on", day=on):
        for state in states_on(proof, story, date.fromisoformat(on)):
            _say(state, on, report)


def _say(state: Json, day: str, report: Report) -> None:
    reached, done = state["reached"], state["done"]
    facts = {"id": state["id"], "day": day, "answer": state["answer"]["state"], "due": state["answer"]["due"] or "–"}
    report.note("stands", "follow.stands", **facts, delivered=done["delivered"], lines=done["due"])
    if reached is not None:
        progress = "" if reached["progress"] is None else f" ({reached['progress']} %)"
        report.note("stands", "follow.stands.goal", id=state["id"], day=day, reached=reached["state"], progress=progress)


def _check_items(document: Json, report: Report) -> None:
    """Checks that the items are the file's agreed goals and agreements, or without any its chosen ideas, and the intentions."""
    items = document["proof"]["follow_up"]["items"]
    texts = {text["id"]: text for kind in ("goals", "agreements") for text in document[kind]}
    agreed = {name for name, text in texts.items() if text["standing"] == "agreed"}
    found = {item["id"] for item in items if not item["intention"]}
    ideas = {idea["id"] for idea in document["ideas"] if idea["chosen"] and idea["state"] == "open"}
    only_ideas = not agreed and found == ideas
    none_shown = not agreed and not found and bool(document["withheld_agreements"])
    report.expect(found == agreed if agreed else only_ideas or none_shown, "follow.items")
    report.expect(len({item["id"] for item in items}) == len(items), "follow.items")
    for item in items:
        text = texts.get(item["id"])
        standing = "intention" if item["intention"] else "agreed"
        right = text is None if item["kind"] == "idea" else text is not None and text["standing"] == standing
        right &= item["kind"] == item["id"].partition(":")[0] and (text is None or item["version"] == text["version"])
        report.expect(right, "follow.item", id=item["id"])


def _check_values(proof: Json, danish: bool, report: Report) -> None:
    """Checks that a measured value that is written plainly is the one used in computing."""
    units = {one["subject"]: str((one["content"] or {}).get("unit") or "") for one in proof["versions"]}
    for row in proof["follow_up"]["acts"]["report"]:
        plain = plain_figure(row["value"] or "", units.get(row["on"], ""), danish)
        right = (row["exact"] is None) is (row["value"] is None) and plain in (None, exact(row["exact"]))
        report.expect(right, "follow.value", id=row["on"], n=row["id"])


def states_on(proof: Json, story: Story, day: date) -> list[Json]:
    """Returns the state of each item at the end of a day, from the acts and the versions until then."""
    file = proof["follow_up"]
    acts = {act: [row for row in rows if danish_day(row["at"]) <= day] for act, rows in file["acts"].items()}
    versions = _versions_on(file["readings"], story, day)
    worded = {(one["subject"], one["version"]): one["content"] for one in proof["versions"]}
    states = []
    for item in file["items"]:
        reading = versions.get(item["id"], {"by_when": []})
        content = worded.get((item["id"], reading.get("version")), {}) or {}
        own = {act: [row for row in rows if row.get("on") == item["id"]] for act, rows in acts.items()}
        lines = _lines(item, reading, own, day)
        states.append(
            {
                "id": item["id"],
                "intention": item["intention"],
                "answer": _answer(item, acts, own, day),
                "lines": [state_of_line(by_when, said, day) | {"line": n} for n, (by_when, said) in enumerate(lines)],
                "done": done_of(lines, day),
                "reached": _reached(reading, content, own["report"], day) if item["kind"] == "goal" else None,
            }
        )
    return states


def _versions_on(readings: list[Json], story: Story, day: date) -> dict[str, Json]:
    """Returns of each text the version in force on a day, or its first version for a day before there was one."""
    made: dict[tuple[str, int], date] = {}
    for entry in story.entries:
        for text in entry["proof"].get("texts", ()):
            # A proposed version is in force from the day on which it is carried, or never.
            made[text["subject"], text["version"]] = date.max if text.get("proposed") else danish_day(entry["at"])
        if "in_force" in entry["proof"]:
            made[entry["proof"]["in_force"]["subject"], entry["proof"]["in_force"]["version"]] = danish_day(entry["at"])
    found: dict[str, Json] = {}
    for row in readings:
        if row["subject"] not in found or made.get((row["subject"], row["version"]), day) <= day:
            found[row["subject"]] = row
    return found


def _answer(item: Json, acts: Json, own: Json, day: date) -> Json:
    """Returns the state of the answer and the day by which it is due."""
    published = sorted(own["answers"], key=lambda row: (row["at"], row["id"]))
    bodies = {row["id"] for row in own["passed_to"]}
    first = [row["answer"] for row in published if row["link"] not in bodies]
    passed_on = "not_ours" in first
    other = own["passed_to"][-1] if own["passed_to"] and passed_on else None
    clock = _clock(item, acts, own, other)
    counting = first if other is None else [row["answer"] for row in published if row["link"] == other["id"]]
    due = clock.last_day.isoformat() if clock else None
    return {"state": state_of_answer(clock, counting[-1] if counting else None, day), "due": due}


def _clock(item: Json, acts: Json, own: Json, other: Json | None) -> Clock | None:
    """Returns the clock of the newest handover, or that of the other body from the day it got its link; None without one."""
    if not acts["handover"]:
        return None
    handed = acts["handover"][-1]
    began, start, due = handed["at"], danish_day(handed["at"]), date.fromisoformat(handed["due"])
    moved = [row for row in acts["postponed"] if row["on"] in (None, item["id"]) and not row["by_body"]]
    if other is not None:
        passed = danish_day(other["at"])
        began, start, due = other["at"], passed, due_of_another(start, due, passed)
        moved = [row for row in own["postponed"] if row["by_body"] == other["body"]]
    postponed = [date.fromisoformat(row["to"]) for row in moved if row["at"] >= began]
    return Clock(start, due, postponed, [danish_day(row["at"]) for row in own["corrected"]], item["intention"])


def _lines(item: Json, reading: Json, own: Json, day: date) -> list[tuple[date | None, Json | None]]:
    """Returns each line's day and newest report, with the newest verdict of each other party on it."""
    if item["intention"] or item["kind"] == "idea":
        return []
    found: list[tuple[date | None, Json | None]] = []
    for number, by_when in enumerate(reading["by_when"]):
        newest: Any = None
        for row in own["line_report"]:
            if row["line"] == number:
                newest = row
        if newest is not None:
            said = {row["party"]: row["verdict"] for row in own["line_verdict"] if row["report"] == newest["id"]}
            newest = {"state": newest["state"], "evidence": bool(newest["evidence"]), "verdicts": said}
        found.append((date.fromisoformat(by_when) if by_when else None, newest))
    return found


def _reached(reading: Json, content: Json, reports: list[Json], day: date) -> Json:
    """Returns the state of a goal by its newest value that no later report has corrected."""
    corrected = {row["corrects"] for row in reports}
    values: list[tuple[Fraction, date]] = []
    for row in reports:
        value = exact(row["exact"])
        if value is not None and row["value_date"] and row["id"] not in corrected:
            values.append((value, date.fromisoformat(row["value_date"])))
    newest = newest_of(values)
    deadline = reading["deadline"] and date.fromisoformat(reading["deadline"])
    aim = GoalAim(str(content.get("direction") or ""), exact(reading["baseline"]), exact(reading["target"]), deadline)
    printed = {"number": newest and in_decimals(newest[0]), "value_date": newest and newest[1].isoformat()}
    return state_of_goal(aim, newest, day) | printed


def counts_of_items(states: Iterable[Json]) -> Json:
    """Returns the counts at the top of the public page."""
    promised = [state for state in states if not state["intention"]]
    goals = [state["reached"]["state"] for state in promised if state["reached"]]
    return {
        "answered": sum(state["answer"]["state"] == "answered" for state in promised),
        "of": len(promised),
        "overdue": sum(state["answer"]["state"] in OVERDUE for state in promised),
        "late_lines": sum(line["late_since"] is not None for state in promised for line in state["lines"]),
        "delivered": sum(state["done"]["delivered"] for state in promised),
        "due": sum(state["done"]["due"] for state in promised),
        "reached": goals.count("reached"),
        "goals": len(goals),
    }
