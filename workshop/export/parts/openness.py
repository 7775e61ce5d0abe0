"""Which groups voted openly and why, and how each of their members voted; shown with every vote that had open groups."""

from __future__ import annotations

from collections.abc import Iterable

from workshop.export.blocks import Block, Heading, Paragraph, Table
from workshop.export.document import Choice, Decision, NamedVote, Outcome, Vote
from workshop.export.words import Words


def any_open(outcome: Outcome) -> bool:
    """Returns whether some group voted openly in any vote of the document."""
    votes: tuple[Vote, ...] = (*outcome.decisions, *outcome.ballots)
    return any(vote.open_groups for vote in votes)


def how_held(vote: Vote, words: Words) -> str:
    """Returns who voted by name and why, and who secretly: "Politikere stemte åbent ved navn. … Borgere stemte hemmeligt."."""
    said = []
    declared = [group.name for group in vote.open_groups if group.why == "declared"]
    if declared:
        said.append(words("held.declared", groups=words.listed(declared)))
    said += [words("held.agreed", group=group.name) for group in vote.open_groups if group.why == "agreed"]
    if vote.secret_groups:
        said.append(words("held.secret", groups=words.listed(vote.secret_groups)))
    return " ".join(said)


def held(vote: Vote, outcome: Outcome, words: Words) -> list[Block]:
    """Returns the sentence of `how_held` if the document has any open vote; otherwise nothing."""
    return [Paragraph(how_held(vote, words))] if any_open(outcome) and how_held(vote, words) else []


def by_name(vote: Vote, label: str, words: Words) -> list[Block]:
    """Returns a table of how each member of the open groups voted; nothing where nobody did. `label` names the vote."""
    if not vote.by_name:
        return []
    stances = isinstance(vote, Decision)
    last = (words("by_name.words"),) if stances else ()
    head = (words("by_name.name"), words("group"), words("by_name.stance" if stances else "by_name.choices"), *last)
    rows = tuple(
        (who(one, words), one.group, chosen(one, words), *((one.reason,) if stances else ())) for one in vote.by_name
    )
    table = Table(
        caption=words("by_name.caption", label=label),
        head=head,
        rows=rows,
        widths=(3, 3, 3, 5) if stances else (3, 3, 8),
        words=(3,) if stances else (),
    )
    return [Heading(4, words("by_name.heading")), table]


def who(one: NamedVote, words: Words) -> str:
    """Returns the name, or words for one that has been erased."""
    return one.name or words("by_name.unnamed")


def chosen(one: NamedVote, words: Words) -> str:
    """Returns a stance, or what was chosen on a ballot: "Idé 2, Idé 5 (3)", "Enig: Idé 1. Uenig: Idé 2"."""
    if one.stance is not None:
        return words.one_of("stance", one.stance)
    positions = [choice for choice in one.choices if isinstance(choice.value, str)]
    if positions:
        sides = (
            (side, [one.option.label for one in positions if one.value == side]) for side in ("agree", "pass", "disagree")
        )
        return "\n".join(f"{words(f'position.{side}')}: {', '.join(labels)}" for side, labels in sides if labels)
    return ", ".join(_counted(choice) for choice in one.choices)


def _counted(choice: Choice) -> str:
    """Returns a choice with its number of dots; one dot, or an approval, without a number."""
    return choice.option.label if choice.value == 1 else f"{choice.option.label} ({choice.value})"


def said(decision: Decision, stance: str, words: Words) -> tuple[str, ...]:
    """Returns the reasons given with a stance: first of those who voted secretly, without name or group, then of the others
    with their names."""
    secret = decision.reservations if stance == "reservation" else decision.dissent
    return (*secret, *_attributed((one for one in decision.by_name if one.stance == stance and one.reason), words))


def _attributed(votes: Iterable[NamedVote], words: Words) -> list[str]:
    return [words("by_name.quoted", text=one.reason, name=who(one, words), group=one.group) for one in votes]
