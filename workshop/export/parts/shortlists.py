"""The chosen ideas: how many votes each got, why these were chosen, and what the plain order of votes would have given."""

from __future__ import annotations

from workshop.catalogue import t
from workshop.export.blocks import Bar, Block, Cell, Counted, Entry, Heading, Paragraph, Table
from workshop.export.document import Ballot, Figure, Idea, OptionResult, Outcome, Reference, Share, Shortlist
from workshop.export.parts import ideas
from workshop.export.words import Words

MOST_ROWS = 14
"""The largest number of ideas on the page of results; the whole table has all."""
MOST_GROUPS = 7
"""The largest number of columns for groups; with more groups one column has all counts."""


def in_short(outcome: Outcome, words: Words) -> list[Block]:
    """Returns the ideas of each ballot that chose some: first the chosen ones, then others by their votes."""
    blocks: list[Block] = []
    room_for = max(MOST_ROWS - len(outcome.decisions), 6)
    for ballot in outcome.ballots:
        if ballot.shortlist is not None and ballot.shortlist.winners:
            shown = in_order(ballot)[: max(room_for, len(ballot.shortlist.winners))]
            heading = words("shortlist.chosen_of", n=len(ballot.shortlist.winners), of=len(ballot.options))
            blocks += [Heading(3, f"{ballot.title}: {heading}" if ballot.title else words("shortlist.title", said=heading))]
            blocks.append(Paragraph(why(ballot, words)))
            blocks.append(matrix(ballot, shown, outcome, words, brief=True))
            if left := len(ballot.options) - len(shown):
                blocks.append(Paragraph(words("shortlist.others", n=left), soft=True))
    return blocks


def in_order(ballot: Ballot) -> list[OptionResult]:
    """Returns the options: first the chosen ones in the order of choosing, then the others by their votes."""
    places = places_of(ballot)
    return sorted(ballot.options, key=lambda one: (places.get(one.option.id, len(places) + 1), -(one.total[0].exact or 0)))


def places_of(ballot: Ballot) -> dict[str, int]:
    """Returns the place of each chosen idea, counted from 1."""
    winners = ballot.shortlist.winners if ballot.shortlist else ()
    return {one.id: place for place, one in enumerate(winners, 1)}


def why(ballot: Ballot, words: Words) -> str:
    """Returns sentences: why these ideas were chosen and not those with the most votes, what the plain order of votes would
    have given, and which groups have no chosen idea."""
    shortlist = ballot.shortlist
    if shortlist is None:
        return ""
    weights = shortlist.weights if shortlist.weights in ("one_person", "per_group") else "own"
    said = [t(f"shortlist.why.{weights}", words.language), plain_order(ballot, words)]
    if shortlist.uncovered is not None:
        said.append(uncovered(shortlist.uncovered, words))
    return " ".join(part for part in said if part)


def plain_order(ballot: Ballot, words: Words) -> str:
    """Returns which idea would have been chosen by the plain order of votes, and in which place; an empty text where the list
    is the same or counts are withheld."""
    totals = {one.option.id: one.total[0].exact for one in ballot.options}
    places = places_of(ballot)
    if not places or any(total is None for total in totals.values()):
        return ""
    counts = {key: total or 0 for key, total in totals.items()}
    lowest = min(places, key=lambda key: counts.get(key, 0))
    instead = max((one for one in ballot.options if one.option.id not in places), key=_votes, default=None)
    if instead is None or _votes(instead) <= counts.get(lowest, 0):
        return ""
    quoted = t("shortlist.quoted", words.language, words=instead.option.text)
    facts = {"place": places[lowest], "words": quoted, "n": _votes(instead)}
    return t(f"shortlist.plain.{ballot.method}", words.language, **facts)


def _votes(option: OptionResult) -> int:
    return option.total[0].exact or 0


def uncovered(groups: tuple[str, ...], words: Words) -> str:
    """Returns which groups have no chosen idea, or that every group has one."""
    return words("shortlist.uncovered", groups=words.listed(groups)) if groups else words("shortlist.covered")


def matrix(ballot: Ballot, options: list[OptionResult], outcome: Outcome, words: Words, *, brief: bool = False) -> Table:
    """Returns a table with a row for each idea: its count, a column for each group whose counts are published, and what became
    of it. `brief` leaves out the ideas' groups and reasons."""
    shown = [place for place in range(len(ballot.groups)) if any(not one.by_group[place][0].withheld for one in options)]
    wide = len(shown) <= MOST_GROUPS and len(ballot.columns) == 1
    if brief and not wide:
        shown = []
    names = [ballot.groups[place] for place in shown]
    columns = names if wide or not names else [words("ballots.per_group")]
    known = {idea.id: idea for idea in outcome.ideas}
    rows = tuple(
        (
            Entry(one.option.label, one.option.text) if brief else written(one.option, known.get(one.option.id), words),
            count(ballot, one.total, words),
            *groups(ballot, one, shown, words, wide),
            became(ballot, one, known.get(one.option.id), words, brief=brief),
        )
        for one in options
    )
    head = (words("ballots.option"), words(f"ballots.count.{ballot.method}"), *columns, words("ideas.became"))
    widths = (22, 19, *([6] * len(names) if wide else [24] if names else []), 14)
    return Table(words("ballots.caption"), head, rows, widths)


def written(option: Reference, idea: Idea | None, words: Words) -> Entry:
    """Returns an option as it was voted on, with the facts about its idea."""
    return ideas.entry(idea, words) if idea else Entry(option.label, option.text)


def groups(ballot: Ballot, one: OptionResult, shown: list[int], words: Words, wide: bool) -> tuple[Cell, ...]:
    """Returns the counts of each group in columns, or all in one column where there are too many groups."""
    figures = [(ballot.groups[place], one.by_group[place]) for place in shown]
    if wide or not shown:
        return tuple(numbers(ballot, of, words) for _, of in figures)
    joint = " · " if len(ballot.columns) == 1 else "\n"
    return (joint.join(f"{name}: {numbers(ballot, of, words)}" for name, of in figures),)


def count(ballot: Ballot, figures: tuple[Figure, ...], words: Words) -> Counted:
    """Returns the count of an option with a bar: "19 af 21 satte kryds"."""
    votes, voters = figures[0].exact, ballot.voted.exact
    if votes is None:
        return Counted(words("overall.withheld", n=ballot.counts_from))
    if ballot.method == "positions":
        return Counted(numbers(ballot, figures, words))
    whole = voters if ballot.method == "approval" else max(_votes(one) for one in ballot.options)
    said = t(f"shortlist.count.{ballot.method}", words.language, n=votes, whole=voters)
    return Counted(said, Bar(votes / whole) if whole else None)


def numbers(ballot: Ballot, figures: tuple[Figure, ...], words: Words) -> str:
    """Returns the figures of one option: a number, or "12 enige, 3 pas, 4 uenige"; a dash where they are withheld."""
    if figures[0].withheld:
        return "–"
    if ballot.columns == ("votes",):
        return words.figure(figures[0])
    pairs = zip(ballot.columns, figures, strict=True)
    return ", ".join(words(f"column.{column}", count=words.figure(figure)) for column, figure in pairs)


def became(ballot: Ballot, one: OptionResult, idea: Idea | None, words: Words, *, brief: bool) -> str:
    """Returns the place on the list, or that the idea was not chosen, and what became of it; with `brief` only what it is part
    of."""
    place = places_of(ballot).get(one.option.id)
    chosen = bool(place) if ballot.shortlist else None
    said = [words("shortlist.place", place=place)] if place else [words("shortlist.not_chosen")] if chosen is False else []
    if idea is not None and (idea.became or not brief):
        said.append(ideas.part_of(idea, words) if brief else ideas.fate(idea, words, chosen=chosen))
    return " ".join(said).strip()


def details(ballot: Ballot, words: Words) -> list[Block]:
    """Returns the steps of choosing, how well each group is covered, and what other weights would have chosen."""
    shortlist = ballot.shortlist
    if shortlist is None:
        return []
    if not shortlist.winners:
        return [Paragraph(words("shortlist.empty"), soft=True)]
    steps = [f"{step.option.label}: {words.chosen(step)}" for step in shortlist.steps]
    blocks: list[Block] = [Paragraph(words(f"weights.{shortlist.weights}") + " " + " ".join(steps), soft=True)]
    return blocks + shares(shortlist, words) + what_else(shortlist, words)


def what_else(shortlist: Shortlist, words: Words) -> list[Block]:
    """Returns what the other weights would have chosen, which idea would come next, and from what lots were drawn."""
    other = words.listed(one.label for one in shortlist.other_winners)
    key = f"shortlist.{'other' if other else 'same'}.{shortlist.other_weights}"
    said = [words(key, ideas=other) if other else words(key)]
    if shortlist.one_more is not None:
        said.append(words("shortlist.one_more", label=shortlist.one_more.label, idea=shortlist.one_more.text))
    if shortlist.lot_seed and any(step.broken_by == "lot" for step in shortlist.steps):
        said.append(words("shortlist.seed", seed=shortlist.lot_seed))
    return [Paragraph("\n".join(said), soft=True)]


def shares(shortlist: Shortlist, words: Words) -> list[Block]:
    """Returns coverage and influence of each group, with its share of the room, where counts by group are published."""
    names = list(dict.fromkeys(one.group for one in (*shortlist.coverage, *shortlist.influence)))
    if not names:
        return []
    columns = [_by_group(values) for values in (shortlist.coverage, shortlist.influence, shortlist.heads)]
    withheld = words("figure.withheld")
    rows = tuple((name, *(column.get(name) or withheld for column in columns)) for name in names)
    head = (words("group"), words("shortlist.coverage"), words("shortlist.influence"), words("shortlist.heads"))
    return [Table(words("shortlist.shares_caption"), head, rows, (4, 4, 4, 3), whole=True)]


def _by_group(values: tuple[Share, ...]) -> dict[str, str | None]:
    return {one.group: one.value for one in values}
