"""The outcome as flat tables, one per kind: what the spreadsheet and the CSV file hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from workshop.export.document import (
    Agreement,
    Ballot,
    Choice,
    Decision,
    Figure,
    Goal,
    GroupResult,
    NamedVote,
    Outcome,
    Tally,
)
from workshop.export.parts import agreements, decisions, frame, goals, history, ideas, method, openness
from workshop.export.words import Words

Cell = str | int | None


@dataclass(frozen=True)
class Kind:
    """One kind of thing: `key` names it, `columns` are keys of `export.column_name.*`, rows hold texts and numbers."""

    key: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def tables(outcome: Outcome) -> tuple[Kind, ...]:
    """All kinds, agreements first. A kind nothing of which happened has no rows but keeps its head."""
    words = Words(outcome)
    return (
        _agreements(outcome, words, "agreement", "agreed"),
        _parties(outcome, words),
        _goals(outcome, words),
        _agreements(outcome, words, "intention", "intention"),
        _agreements(outcome, words, "draft", "not_agreed", "unfinished"),
        _decisions(outcome, words),
        _named_votes(outcome, words),
        _statements(outcome),
        _commitments(outcome, words),
        _frame(outcome, words),
        _room(outcome, words),
        _attendance(outcome, words),
        _shortlist(outcome, words),
        _options(outcome, words),
        _hands(outcome, words),
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
        one.id, one.label, words.one_of("standing_of", one.standing), one.version, one.purpose,
        _lines(goal.label for goal in one.goals), one.decision_rule, one.disagreement, one.resources,
        words.one_of("openness", one.openness) if one.openness else "", one.review_date, one.end_date,
        one.exit_terms, one.notice_days, _lines(trial), _lines(one.dissent),
        _lines(agreements.open_points(one, words)),
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
        "baseline", "baseline_date", "target", "direction", "deadline", "owner", "contributors", "first_step",
        "first_step_due", "from_ideas", "measure",
    )  # fmt: skip
    return Kind("goal", columns, tuple(_goal(one, words) for one in outcome.goals))


def _goal(one: Goal, words: Words) -> tuple[Cell, ...]:
    return (
        one.id, one.label, words.one_of("standing_of", one.standing), one.version, one.title, one.challenge,
        one.target_group, one.indicator, one.unit, one.data_source, one.baseline, one.baseline_date, one.target,
        words.one_of("direction", one.direction) if one.direction else "", one.deadline, one.owner,
        one.contributors, one.first_step, one.first_step_due, _lines(idea.label for idea in one.from_ideas),
        goals.measure(one, words),
    )  # fmt: skip


def _decisions(outcome: Outcome, words: Words) -> Kind:
    columns = (
        "id", "on", "version", "outcome", "group", "status", "result", "for", "reservation", "against", "blank",
        "voted", "eligible", "by_helper", "open_because", "closed", "text_hash",
    )  # fmt: skip
    rows = []
    for decision in outcome.decisions:
        for group in decision.groups:
            rows.append(_result(decision, group, group.name, words))
        rows.append(_result(decision, decision.overall, words("whole_room"), words))
    return Kind("decision", columns, tuple(rows))


def _result(decision: Decision, group: GroupResult, name: str, words: Words) -> tuple[Cell, ...]:
    counts = group.counts or Tally()
    if group is decision.overall:
        counts = replace(counts, cast=decision.voted, eligible=decision.eligible)
    return (
        decision.id, decision.subject.label, decision.subject_version, words.carried(decision), name,
        decisions.row(group, words)[3], words.result(group), _count(counts.for_, words),
        _count(counts.reservation, words), _count(counts.against, words), _count(counts.blank, words),
        _count(counts.cast, words), _count(counts.eligible, words),
        decision.by_helper if group is decision.overall else None, _held(decision, name, words),
        words.moment(decision.closed_at), decision.text_hash,
    )  # fmt: skip


def _named_votes(outcome: Outcome, words: Words) -> Kind:
    """The votes of those whose group voted openly: one row a vote; on a ballot one a choice."""
    rows: list[tuple[Cell, ...]] = []
    for decision in outcome.decisions:
        for one in decision.by_name:
            who, chosen = openness.who(one, words), openness.chosen(one, words)
            rows.append((decision.id, decision.subject.label, who, one.group, chosen, one.reason, _why(decision, one, words)))
    for ballot in outcome.ballots:
        for one in ballot.by_name:
            who, why = openness.who(one, words), _why(ballot, one, words)
            rows += [
                (ballot.id, choice.option.label, who, one.group, _value(choice, words), choice.option.text, why)
                for choice in one.choices
            ]
    return Kind("named_vote", ("ballot", "on", "name", "group", "chosen", "text", "open_because"), tuple(rows))


def _why(vote: Decision | Ballot, one: NamedVote, words: Words) -> str:
    return _held(vote, one.group, words)


def _held(vote: Decision | Ballot, group: str, words: Words) -> str:
    """How the group of this name voted: openly and why, or secretly; nothing of the room as a whole."""
    for one in vote.open_groups:
        if one.name == group:
            return words.one_of("open_because", one.why)
    return words("open_because.secret") if group in vote.secret_groups else ""


def _value(choice: Choice, words: Words) -> Cell:
    return words(f"position.{choice.value}") if isinstance(choice.value, str) else choice.value


def _statements(outcome: Outcome) -> Kind:
    rows: list[tuple[Cell, ...]] = []
    words = Words(outcome)
    for one in outcome.decisions:
        for stance, sort in (("reservation", "reservation"), ("against", "dissent")):
            rows += [(one.subject.label, one.subject_version, sort, text) for text in openness.said(one, stance, words)]
    named = tuple((on, version, words(f"statement.{sort}"), text) for on, version, sort, text in rows)
    return Kind("statement", ("on", "version", "sort", "text"), named)


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
        (group.name, _count(group.people, words), _yes(group.required, words)) for group in outcome.room.groups
    ]
    rows += [(name, words("room.absent"), "") for name in outcome.room.absent]
    return Kind("group", ("group", "people", "required"), tuple(rows))


def _attendance(outcome: Outcome, words: Words) -> Kind:
    rows = tuple(
        (words.moment(look.at), look.step or "", group.name, _count(group.present, words), _count(group.joined, words))
        for look in outcome.room.attendance
        for group in look.groups
    )
    return Kind("attendance", ("at", "step", "group", "present", "joined"), rows)


def _shortlist(outcome: Outcome, words: Words) -> Kind:
    rows = tuple(
        (ballot.id, place, step.option.label, step.option.text, words.chosen(step))
        for ballot in outcome.ballots
        if ballot.shortlist is not None
        for place, step in enumerate(ballot.shortlist.steps, 1)
    )
    return Kind("shortlist", ("ballot", "place", "on", "text", "why"), rows)


def _options(outcome: Outcome, words: Words) -> Kind:
    columns = ("ballot", "on", "text", "group", "votes", "agree", "pass", "disagree", "open_because")
    rows: list[tuple[Cell, ...]] = []
    for ballot in outcome.ballots:
        for option in ballot.options:
            named = [(words("whole_room"), option.total), *zip(ballot.groups, option.by_group, strict=True)]
            for name, figures in named:
                counted = _figures(ballot, figures, words)
                held = _held(ballot, name, words)
                rows.append((ballot.id, option.option.label, option.option.text, name, *counted, held))
    return Kind("vote", columns, tuple(rows))


def _figures(ballot: Ballot, figures: tuple[Figure, ...], words: Words) -> tuple[Cell, ...]:
    given = dict(zip(ballot.columns, (_count(figure, words) for figure in figures), strict=True))
    return tuple(given.get(column) for column in ("votes", "agree", "pass", "disagree"))


def _hands(outcome: Outcome, words: Words) -> Kind:
    rows: list[tuple[Cell, ...]] = [
        (
            one.id, one.on.label if one.on else "", one.on_version, one.question, row.label, row.count,
            words.moment(one.recorded_at),
        )
        for one in outcome.hands
        for row in one.rows
    ]  # fmt: skip
    return Kind("hands", ("id", "on", "version", "text", "answer", "hands", "counted"), tuple(rows))


def _ideas(outcome: Outcome, words: Words) -> Kind:
    columns = ("id", "label", "text", "why", "group", "by_helper", "theme", "builds_on", "merged_into", "became", "supports")
    rows = tuple(
        (
            one.id, one.label, one.text, one.why, one.group or "", _yes(one.by_helper, words), one.theme or "",
            one.builds_on.label if one.builds_on else "", one.merged_into.label if one.merged_into else "",
            ideas.fate(one, words), one.supports,
        )
        for one in outcome.ideas
    )  # fmt: skip
    return Kind("idea", columns, rows)


def _versions(outcome: Outcome, words: Words) -> Kind:
    """One row for each line that a change altered, without marks: two columns are easily compared."""
    columns = ("on", "version", "moment", "how", "field", "before", "now", "reason")
    rows: list[tuple[Cell, ...]] = []
    for text in (*outcome.agreements, *outcome.goals):
        for revision in text.revisions:
            made = (text.label, history.versions(revision.first, revision.last, words), words.moment(revision.at))
            for line in history.changed(text, revision, words):
                sides = ("".join(run.text for run in side) for side in (line.before, line.now))
                rows.append((*made, history.who(revision, words), line.label, *sides, revision.reason))
    return Kind("version", columns, tuple(rows))


def _comments(outcome: Outcome, words: Words) -> Kind:
    rows = tuple(
        (idea.label, words.one_of("remark", one.sort), one.text, one.group or "", _yes(one.by_helper, words))
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


def _count(figure: Figure, words: Words) -> Cell:
    """A number where it may be shown as one, words where it may not."""
    return figure.exact if figure.exact is not None else words.figure(figure)


def _yes(value: bool, words: Words) -> str:
    return words("yes" if value else "no")


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(text for text in texts if text)
