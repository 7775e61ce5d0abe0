"""The outcome as flat tables, one for each kind of thing, for the spreadsheet and the CSV file."""

from __future__ import annotations

from workshop.export import tables_of_votes as votes
from workshop.export.cells import Cell, Kind, amount, count, lines, yes
from workshop.export.document import Agreement, Goal, Idea, Outcome
from workshop.export.parts import agreements, frame, goals, history, ideas, method
from workshop.export.words import Words
from workshop.rules.checks.words import says_unknown
from workshop.rules.numbers import is_percent


def tables(outcome: Outcome) -> tuple[Kind, ...]:
    """Returns the tables of all kinds, agreements first. A kind without anything has a table with only its header."""
    words = Words(outcome)
    return (
        _agreements(outcome, words, "agreement", "agreed"),
        _parties(outcome, words),
        _goals(outcome, words),
        _agreements(outcome, words, "intention", "intention"),
        _agreements(outcome, words, "draft", "not_agreed", "unfinished"),
        votes.of_decisions(outcome, words),
        votes.named_votes(outcome, words),
        votes.statements(outcome),
        _commitments(outcome, words),
        _frame(outcome, words),
        _room(outcome, words),
        _attendance(outcome, words),
        votes.shortlist(outcome, words),
        votes.options(outcome, words),
        votes.hands(outcome, words),
        _ideas(outcome, words),
        _versions(outcome, words),
        _comments(outcome, words),
        _about(outcome, words),
    )


def _agreements(outcome: Outcome, words: Words, key: str, *standings: str) -> Kind:
    columns = (
        "id", "label", "status", "version", "text", "goals", "decision_rule", "disagreement", "resources",
        "openness", "review_date", "end_date", "exit_terms", "notice_days", "experiment", "dissent", "missing",
    )  # fmt: skip
    found = [one for standing in standings for one in outcome.agreements_standing(standing)]
    return Kind(key, columns, tuple(_agreement(one, words) for one in found))


def _agreement(one: Agreement, words: Words) -> tuple[Cell, ...]:
    trial = (one.what_we_try, one.how_we_will_know, one.stop_or_widen) if one.kind == "experiment" else ()
    return (
        one.id, one.label, words.one_of("standing_of", one.standing), history.number(one, one.version), one.purpose,
        lines(goal.label for goal in one.goals), one.decision_rule, one.disagreement, one.resources,
        words.one_of("openness", one.openness) if one.openness else "", one.review_date, one.end_date,
        one.exit_terms, one.notice_days, lines(trial), lines(one.dissent),
        lines(agreements.open_points(one, words)),
    )  # fmt: skip


def _parties(outcome: Outcome, words: Words) -> Kind:
    columns = ("on", "party", "group", "gives", "how_much", "by_when", "contact", "mandate")
    rows: list[tuple[Cell, ...]] = []
    for agreement in outcome.agreements:
        for party in agreement.parties:
            bound = agreements.mandate(party, words)
            for one in party.contributions:
                rows.append(
                    (
                        agreement.label,
                        party.name,
                        party.group,
                        one.what,
                        one.how_much,
                        one.by_when,
                        one.contact,
                        bound,
                    )
                )
            if not party.contributions:
                rows.append((agreement.label, party.name, party.group, "", "", "", "", bound))
    return Kind("contribution", columns, tuple(rows))


def _goals(outcome: Outcome, words: Words) -> Kind:
    columns = (
        "id", "label", "status", "version", "text", "challenge", "target_group", "indicator", "unit", "data_source",
        "baseline", "baseline_value", "baseline_date", "target", "target_value", "direction", "deadline", "owner",
        "contributors", "first_step", "first_step_due", "from_ideas", "measure",
    )  # fmt: skip
    return Kind("goal", columns, tuple(_goal(one, words, outcome.language) for one in outcome.goals))


def _goal(one: Goal, words: Words, language: str) -> tuple[Cell, ...]:
    percent = is_percent(one.unit)
    known = "" if says_unknown(one.baseline) else one.baseline
    return (
        one.id, one.label, words.one_of("standing_of", one.standing), history.number(one, one.version), one.title,
        one.challenge,
        one.target_group, one.indicator, one.unit, one.data_source, one.baseline,
        amount(known, percent, language), one.baseline_date, one.target, amount(one.target, percent, language),
        words.one_of("direction", one.direction) if one.direction else "", one.deadline, one.owner,
        one.contributors, one.first_step, one.first_step_due, lines(idea.label for idea in one.from_ideas),
        goals.measure(one, words),
    )  # fmt: skip


def _commitments(outcome: Outcome, words: Words) -> Kind:
    rows = tuple(
        (one.on.label, one.name or "", one.group or "", words.one_of("standing", one.standing), one.words)
        for one in outcome.commitments
    )
    return Kind("commitment", ("on", "name", "group", "status", "text"), rows)


def _frame(outcome: Outcome, words: Words) -> Kind:
    rows: list[tuple[Cell, ...]] = [(words("frame.question"), outcome.question)] if outcome.question else []
    rows += [pair for block in frame.mandate(outcome, words).blocks for pair in getattr(block, "pairs", ())]
    if outcome.ground_rules.text:
        rows.append((words("rules.heading"), outcome.ground_rules.text))
    return Kind("frame", ("label", "text"), tuple(rows))


def _room(outcome: Outcome, words: Words) -> Kind:
    rows: list[tuple[Cell, ...]] = [
        (group.name, count(group.people, words), yes(group.required, words)) for group in outcome.room.groups
    ]
    rows += [(name, words("room.absent"), "") for name in outcome.room.absent]
    return Kind("group", ("group", "people", "required"), tuple(rows))


def _attendance(outcome: Outcome, words: Words) -> Kind:
    rows = tuple(
        (words.moment(look.at), look.step or "", group.name, count(group.present, words), count(group.joined, words))
        for look in outcome.room.attendance
        for group in look.groups
    )
    return Kind("attendance", ("at", "step", "group", "present", "joined"), rows)


def _ideas(outcome: Outcome, words: Words) -> Kind:
    columns = (
        "id", "label", "text", "why", "group", "by_helper", "source", "theme", "builds_on", "merged_into", "became", "supports",
    )  # fmt: skip
    rows = tuple(
        (
            one.id, one.label, one.text, one.why, one.group or "", yes(one.by_helper, words), one.source or "",
            one.theme or "", one.builds_on.label if one.builds_on else "", one.merged_into.label if one.merged_into else "",
            _became(one, words), one.supports,
        )
        for one in outcome.ideas
    )  # fmt: skip
    return Kind("idea", columns, rows)


def _became(one: Idea, words: Words) -> str:
    return " ".join([words("ideas.chosen"), ideas.fate(one, words)] if one.chosen else [ideas.fate(one, words)])


def _versions(outcome: Outcome, words: Words) -> Kind:
    """Returns one row for each line that a change altered, before and now in two columns without marks."""
    columns = ("on", "version", "moment", "how", "field", "before", "now", "reason")
    rows: list[tuple[Cell, ...]] = []
    for text in outcome.texts:
        for revision in text.revisions:
            made = (text.label, history.versions(text, revision, words), words.moment(revision.at))
            for line in history.changed(text, revision, words):
                sides = ("".join(run.text for run in side) for side in (line.before, line.now))
                rows.append((*made, history.who(revision, words), line.label, *sides, revision.reason))
    return Kind("version", columns, tuple(rows))


def _comments(outcome: Outcome, words: Words) -> Kind:
    rows = tuple(
        (idea.label, words.one_of("remark", one.sort), one.text, one.group or "", yes(one.by_helper, words))
        for idea in outcome.ideas
        for one in idea.comments
    )
    return Kind("comment", ("on", "sort", "text", "group", "by_helper"), rows)


def _about(outcome: Outcome, words: Words) -> Kind:
    rows: list[tuple[Cell, ...]] = []
    for section in (method.how(outcome, words), method.about(outcome, words)):
        for block in section.blocks:
            rows += [(section.heading, item) for item in getattr(block, "items", ())]
            rows += getattr(block, "pairs", ())
            if hasattr(block, "text"):
                rows.append((section.heading, block.text))
    return Kind("about", ("label", "text"), tuple(rows))
