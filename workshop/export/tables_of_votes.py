"""The tables of votes: decisions, votes by name, reasons, ballots, and shows of hands."""

from __future__ import annotations

from dataclasses import replace

from workshop.export.cells import Cell, Kind, count
from workshop.export.document import Ballot, Choice, Decision, Figure, GroupResult, NamedVote, Outcome, Tally, Vote
from workshop.export.parts import openness
from workshop.export.words import Words


def of_decisions(outcome: Outcome, words: Words) -> Kind:
    """Returns one row for each group of each decision, and one for the whole room."""
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
        decision.id, decision.subject.label, decision.number, words.carried(decision), name,
        words.one_of("status_of", group.status), words.tally(counts), count(counts.for_, words),
        count(counts.reservation, words), count(counts.against, words), count(counts.blank, words),
        count(counts.cast, words), count(counts.eligible, words),
        decision.by_helper if group is decision.overall else None, _held(decision, name, words),
        words.moment(decision.closed_at), decision.text_hash,
    )  # fmt: skip


def named_votes(outcome: Outcome, words: Words) -> Kind:
    """Returns the votes by name: one row for each vote on a decision, and for each choice on a ballot."""
    rows: list[tuple[Cell, ...]] = []
    for decision in outcome.decisions:
        for one in decision.by_name:
            who, chosen = openness.who(one, words), openness.chosen(one, words)
            rows.append(
                (decision.id, decision.subject.label, who, one.group, chosen, one.reason, _why(decision, one, words))
            )
    for ballot in outcome.ballots:
        for one in ballot.by_name:
            who, why = openness.who(one, words), _why(ballot, one, words)
            rows += [
                (ballot.id, choice.option.label, who, one.group, _value(choice, words), choice.option.text, why)
                for choice in one.choices
            ]
    return Kind("named_vote", ("ballot", "on", "name", "group", "chosen", "text", "open_because"), tuple(rows))


def _why(vote: Vote, one: NamedVote, words: Words) -> str:
    return _held(vote, one.group, words)


def _held(vote: Vote, group: str, words: Words) -> str:
    """Returns whether the group of this name voted openly and why, or secretly; an empty text for the whole room."""
    for one in vote.open_groups:
        if one.name == group:
            return words.one_of("open_because", one.why)
    return words("open_because.secret") if group in vote.secret_groups else ""


def _value(choice: Choice, words: Words) -> Cell:
    return words(f"position.{choice.value}") if isinstance(choice.value, str) else choice.value


def statements(outcome: Outcome) -> Kind:
    """Returns the reservations and dissent, word for word."""
    rows: list[tuple[Cell, ...]] = []
    words = Words(outcome)
    for one in outcome.decisions:
        for stance, sort in (("reservation", "reservation"), ("against", "dissent")):
            rows += [(one.subject.label, one.number, sort, text) for text in openness.said(one, stance, words)]
    named = tuple((on, version, words(f"statement.{sort}"), text) for on, version, sort, text in rows)
    return Kind("statement", ("on", "version", "sort", "text"), named)


def shortlist(outcome: Outcome, words: Words) -> Kind:
    """Returns the chosen ideas, in the order of choosing."""
    rows = tuple(
        (ballot.id, place, step.option.label, step.option.text, words.chosen(step))
        for ballot in outcome.ballots
        if ballot.shortlist is not None
        for place, step in enumerate(ballot.shortlist.steps, 1)
    )
    return Kind("shortlist", ("ballot", "place", "on", "text", "why"), rows)


def options(outcome: Outcome, words: Words) -> Kind:
    """Returns every option of every ballot with its published figures."""
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
    given = dict(zip(ballot.columns, (count(figure, words) for figure in figures), strict=True))
    return tuple(given.get(column) for column in ("votes", "agree", "pass", "disagree"))


def hands(outcome: Outcome, words: Words) -> Kind:
    """Returns one row for each answer of each show of hands. These are no votes and are in no total."""
    rows: list[tuple[Cell, ...]] = [
        (
            one.id, one.on.label if one.on else "", one.on_edition or one.on_version, one.question, row.label, row.count,
            words.moment(one.recorded_at),
        )
        for one in outcome.hands
        for row in one.rows
    ]  # fmt: skip
    return Kind("hands", ("id", "on", "version", "text", "answer", "hands", "counted"), tuple(rows))
