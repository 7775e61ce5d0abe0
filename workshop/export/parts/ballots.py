"""The section of ballots: every idea of every ballot with its counts and what became of it, and the common ground."""

from __future__ import annotations

from workshop.export.blocks import Block, Bullets, Folded, Heading, Paragraph, Section, Table
from workshop.export.document import Ballot, CommonGround, Outcome
from workshop.export.parts import ideas, openness, shortlists
from workshop.export.words import Words


def section(outcome: Outcome, words: Words) -> Section | None:
    """Returns every published ballot, then the ideas that were on none of them; None where there are neither."""
    blocks: list[Block] = []
    for number, ballot in enumerate(outcome.ballots, 1):
        blocks += result(ballot, number, outcome, words)
    voted_on = {one.option.id for ballot in outcome.ballots for one in ballot.options}
    left = tuple(idea for idea in outcome.ideas if idea.id not in voted_on)
    if left and blocks:
        blocks.append(Heading(3, words("ideas.not_voted_on")))
    if left:
        blocks.append(ideas.table(left, words))
    if outcome.hidden_ideas:
        blocks.append(Paragraph(words("ideas.hidden", n=outcome.hidden_ideas), soft=True))
    return Section("ballots", words("ballots.heading"), tuple(blocks)) if blocks else None


def result(ballot: Ballot, number: int, outcome: Outcome, words: Words) -> list[Block]:
    """Returns one ballot."""
    title = ballot.title or words("ballots.number", number=number)
    method = words.one_of("method", ballot.method)
    blocks: list[Block] = [Heading(3, title)]
    lead = (method, words.turnout_of(ballot), shortlists.why(ballot, words))
    blocks += [Paragraph(" ".join(part for part in lead if part)), *openness.held(ballot, outcome, words)]
    if ballot.options:
        blocks.append(matrix(ballot, outcome, words))
    if any(figures[0].withheld for one in ballot.options for figures in one.by_group) or not ballot.groups:
        blocks.append(Paragraph(words.per_group(ballot), soft=True))
    if found := shortlists.details(ballot, words):
        blocks.append(Folded(words("shortlist.details"), tuple(found)))
    return blocks + openness.by_name(ballot, title, words) + common_ground(ballot, words)


def matrix(ballot: Ballot, outcome: Outcome, words: Words) -> Table:
    """Returns the table of all ideas of a ballot."""
    return shortlists.matrix(ballot, shortlists.in_order(ballot), outcome, words)


def common_ground(ballot: Ballot, words: Words) -> list[Block]:
    """Returns the statements that are most shared by all groups, the highest first, then each group's own causes
    (docs/rules.md section 8)."""
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
    """Returns a statement, and how far it is shared where that is published."""
    if one.value is None:
        return one.statement.text
    return f"{one.statement.text} ({words('common_ground.value', value=words.number(one.value))})"
