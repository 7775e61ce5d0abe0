"""The table of ideas, and what became of each."""

from __future__ import annotations

from workshop.export.blocks import Entry, Table
from workshop.export.document import Idea
from workshop.export.words import Words


def table(found: tuple[Idea, ...], words: Words) -> Table:
    """Returns a table with one row for each idea: the idea with its group, where that may be shown, and what became of it."""
    head = (words("ideas.idea"), words("ideas.became"))
    rows = tuple((entry(one, words), fate(one, words)) for one in found)
    return Table(words("ideas.caption"), head, rows, (9, 5))


def entry(idea: Idea, words: Words) -> Entry:
    """Returns an idea with its number, its source or its group where that may be shown, its reason, and whether a helper wrote
    it."""
    origin = words("ideas.brought", source=idea.source) if idea.source is not None else idea.group
    label = f"{idea.label}, {origin}" if origin else idea.label
    note = (idea.why, words("ideas.by_helper") if idea.by_helper else "")
    return Entry(label, idea.text, " ".join(part for part in note if part))


def fate(idea: Idea, words: Words, *, chosen: bool | None = None) -> str:
    """Returns what became of an idea in short sentences, also for one that became nothing. `chosen` is False where a ballot
    chose other ideas: then the caller says so."""
    said = []
    if idea.builds_on is not None:
        said.append(words("ideas.builds_on", idea=idea.builds_on.label))
    if idea.merged_into is not None:
        said.append(words("ideas.merged_into", idea=idea.merged_into.label))
    if idea.became:
        said.append(part_of(idea, words))
    elif idea.merged_into is None and chosen is not False:
        said.append(words("ideas.not_taken_up"))
    if idea.supports is not None:
        said.append(words("ideas.supports", n=idea.supports))
    if idea.comments:
        said.append(words("ideas.comments", n=len(idea.comments)))
    return " ".join(said)


def part_of(idea: Idea, words: Words) -> str:
    """Returns which goals and agreements an idea is part of."""
    return words("ideas.part_of", texts=words.listed(one.label for one in idea.became))
