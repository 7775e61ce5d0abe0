"""What happened to each idea."""

from __future__ import annotations

from workshop.export.blocks import Block, Paragraph, Section, Table
from workshop.export.document import Idea, Outcome
from workshop.export.words import Words


def trails(outcome: Outcome, words: Words) -> Section:
    """One row per idea the room has seen: the idea, whose it is as far as may be said, and what became of it."""
    blocks: list[Block] = []
    if outcome.ideas:
        head = (words("ideas.idea"), words("ideas.group"), words("ideas.became"))
        rows = tuple((text(one, words), origin(one, words), fate(one, words)) for one in outcome.ideas)
        blocks.append(Table(words("ideas.caption"), head, rows, (6, 3, 5), words=(0,)))
    else:
        blocks.append(Paragraph(words("ideas.none"), soft=True))
    if outcome.hidden_ideas:
        blocks.append(Paragraph(words("ideas.hidden", n=outcome.hidden_ideas), soft=True))
    return Section("ideas", words("ideas.heading"), tuple(blocks))


def text(idea: Idea, words: Words) -> str:
    """Returns the idea with its number, its reason under it, and whether a helper wrote it."""
    lines = (f"{idea.label}: {idea.text}", idea.why, words("ideas.by_helper") if idea.by_helper else "")
    return "\n".join(line for line in lines if line)


def origin(idea: Idea, words: Words) -> str:
    """Returns whose idea it is as far as that may be said, or where one that was brought along comes from."""
    if idea.source is not None:
        return words("ideas.brought", source=idea.source)
    return idea.group or words("ideas.no_group")


def fate(idea: Idea, words: Words) -> str:
    """Returns what became of an idea, in short sentences; an idea nothing came of is told so plainly."""
    said = []
    if idea.builds_on is not None:
        said.append(words("ideas.builds_on", idea=idea.builds_on.label))
    if idea.merged_into is not None:
        said.append(words("ideas.merged_into", idea=idea.merged_into.label))
    if idea.chosen:
        said.append(words("ideas.chosen"))
    if idea.became:
        said.append(words("ideas.part_of", texts=words.listed(one.label for one in idea.became)))
    elif idea.merged_into is None:
        said.append(words("ideas.not_taken_up"))
    if idea.supports is not None:
        said.append(words("ideas.supports", n=idea.supports))
    if idea.comments:
        said.append(words("ideas.comments", n=len(idea.comments)))
    return " ".join(said)
