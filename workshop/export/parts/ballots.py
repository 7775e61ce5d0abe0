"""The votes on ideas: results per option, the shortlist with its reasons, and common ground."""

from __future__ import annotations

from workshop.export.blocks import Block, Bullets, Heading, Paragraph, Section, Table
from workshop.export.document import Ballot, CommonGround, Figure, Outcome, Share, Shortlist
from workshop.export.parts import openness
from workshop.export.words import Words


def shortlists(outcome: Outcome, words: Words) -> Section | None:
    """The shortlist of each ballot that has one, with its reason in words."""
    blocks: list[Block] = []
    for ballot in outcome.ballots:
        if ballot.shortlist is not None:
            if ballot.title:
                blocks.append(Heading(3, ballot.title))
            blocks += reasons(ballot.shortlist, words)
    return Section("shortlist", words("shortlist.heading"), tuple(blocks)) if blocks else None


def reasons(shortlist: Shortlist, words: Words) -> list[Block]:
    """Each chosen idea and why, then how well each group is covered, then what the other weights would have chosen."""
    blocks: list[Block] = [Paragraph(words(f"weights.{shortlist.weights}"))]
    if not shortlist.winners:
        return [*blocks, Paragraph(words("shortlist.empty"), soft=True)]
    head = (words("shortlist.idea"), words("shortlist.why"))
    texts = {one.id: one.text for one in shortlist.winners}
    rows = tuple(
        (f"{step.option.label}: {texts.get(step.option.id, step.option.text)}", words.chosen(step))
        for step in shortlist.steps
    ) or tuple((f"{one.label}: {one.text}", "") for one in shortlist.winners)
    blocks.append(Table(words("shortlist.caption"), head, rows, (6, 5), words=(0,)))
    return blocks + shares(shortlist, words) + what_else(shortlist, words)


def what_else(shortlist: Shortlist, words: Words) -> list[Block]:
    """What the other weights would have chosen, which idea would come next, and where the lot came from."""
    other = words.listed(one.label for one in shortlist.other_winners)
    said = f"shortlist.{'other' if other else 'same'}.{shortlist.other_weights}"
    blocks: list[Block] = [Paragraph(words(said, ideas=other) if other else words(said))]
    if shortlist.one_more is not None:
        blocks.append(Paragraph(words("shortlist.one_more", label=shortlist.one_more.label, idea=shortlist.one_more.text)))
    if shortlist.lot_seed:
        blocks.append(Paragraph(words("shortlist.seed", seed=shortlist.lot_seed), soft=True))
    return blocks


def shares(shortlist: Shortlist, words: Words) -> list[Block]:
    """Coverage and influence per group, beside its share of the room; without them, which groups have no chosen idea."""
    names = list(dict.fromkeys(one.group for one in (*shortlist.coverage, *shortlist.influence)))
    if not names:
        return [] if shortlist.uncovered is None else [Paragraph(uncovered(shortlist.uncovered, words))]
    columns = [_by_group(values) for values in (shortlist.coverage, shortlist.influence, shortlist.heads)]
    withheld = words("figure.withheld")
    rows = tuple((name, *(column.get(name) or withheld for column in columns)) for name in names)
    head = (words("group"), words("shortlist.coverage"), words("shortlist.influence"), words("shortlist.heads"))
    return [Table(words("shortlist.shares_caption"), head, rows, (4, 4, 4, 3), whole=True)]


def uncovered(groups: tuple[str, ...], words: Words) -> str:
    """Which groups have no chosen idea, or that every group has one."""
    return words("shortlist.uncovered", groups=words.listed(groups)) if groups else words("shortlist.covered")


def _by_group(values: tuple[Share, ...]) -> dict[str, str | None]:
    return {one.group: one.value for one in values}


def results(outcome: Outcome, words: Words) -> Section | None:
    """Every published ballot, option by option, in all and per group; None when none was published."""
    blocks: list[Block] = []
    for number, ballot in enumerate(outcome.ballots, 1):
        blocks += result(ballot, number, outcome, words)
    return Section("ballots", words("ballots.heading"), tuple(blocks)) if blocks else None


def result(ballot: Ballot, number: int, outcome: Outcome, words: Words) -> list[Block]:
    """One ballot."""
    blocks: list[Block] = [Heading(3, ballot.title or words("ballots.number", number=number))]
    method = words.one_of("method", ballot.method)
    blocks += [Paragraph(f"{method} {words.turnout_of(ballot)}".strip()), *openness.held(ballot, outcome, words)]
    head = (words("ballots.option"), words("ballots.all"), words("ballots.per_group"))
    rows = tuple(
        (
            f"{one.option.label}: {one.option.text}",
            cells(ballot, one.total, words),
            "\n".join(
                f"{name}: {cells(ballot, figures, words)}"
                for name, figures in zip(ballot.groups, one.by_group, strict=True)
                if not figures[0].withheld
            ),
        )
        for one in ballot.options
    )
    if rows:
        blocks.append(Table(words("ballots.caption", number=number), head, rows, (6, 3, 5), words=(0,)))
        blocks.append(Paragraph(words.per_group(ballot), soft=True))
    named = openness.by_name(ballot, ballot.title or words("ballots.number", number=number), words)
    return blocks + named + common_ground(ballot, words)


def cells(ballot: Ballot, figures: tuple[Figure, ...], words: Words) -> str:
    """The figures of one option: a number, or "12 enige, 3 springer over, 4 uenige"."""
    if figures[0].withheld:
        return words("overall.withheld", n=ballot.counts_from)
    if ballot.columns == ("votes",):
        return words.figure(figures[0])
    pairs = zip(ballot.columns, figures, strict=True)
    return ", ".join(words(f"column.{column}", count=words.figure(figure)) for column, figure in pairs)


def common_ground(ballot: Ballot, words: Words) -> list[Block]:
    """The statements most shared by all groups, highest first, then each group's own causes: a map for talk."""
    blocks: list[Block] = []
    if ballot.common_ground:
        rows = tuple(shared(one, words) for one in ballot.common_ground)
        blocks += [Heading(4, words("common_ground.heading")), Paragraph(words("common_ground.lead"))]
        blocks.append(Bullets(rows, "words"))
    causes = tuple(
        words("common_ground.own", group=one.group, statements="; ".join(each.text for each in one.statements))
        for one in ballot.own_causes
    )
    if causes:
        blocks += [Heading(4, words("common_ground.own_heading")), Bullets(causes, "words")]
    return blocks


def shared(one: CommonGround, words: Words) -> str:
    """A statement, and how far it is shared where that is published."""
    if one.value is None:
        return one.statement.text
    return f"{one.statement.text} ({words('common_ground.value', value=words.number(one.value))})"
