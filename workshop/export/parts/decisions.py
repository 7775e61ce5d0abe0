"""How each group stood: one table per vote, with reservations and dissent; and who committed."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from workshop.export.blocks import Bar, Block, Bullets, Heading, Paragraph, Section, Table, Verdict
from workshop.export.document import Commitment, Decision, GroupResult, Outcome, Rules, Tally, VotedGoal
from workshop.export.parts import goals, openness
from workshop.export.parts.agreements import minority
from workshop.export.words import Words


def in_every_group(outcome: Outcome, words: Words) -> Section | None:
    """The result of every vote on a text, per group; None when there was no vote."""
    if not outcome.decisions:
        return None
    blocks: list[Block] = []
    for decision in outcome.decisions:
        blocks += written(decision, outcome, words)
    small = words("decisions.small_groups", n=outcome.room.privacy_minimum)
    if any(decision.open_groups for decision in outcome.decisions):
        small += " " + words("decisions.open_groups")
    blocks.append(Paragraph(small, soft=True))
    return Section("decisions", words("decisions.heading"), tuple(blocks))


def written(decision: Decision, outcome: Outcome, words: Words) -> list[Block]:
    """One vote: the sentence, the room, who voted openly and why, the table, who voted how, what people added, its time."""
    title = words("decisions.on", label=decision.subject.label, version=decision.subject_version)
    blocks: list[Block] = [
        Heading(3, title),
        Paragraph(decision.subject.text, voice="words"),
        *served(decision, words),
        verdict(decision, words),
        *openness.held(decision, outcome, words),
    ]
    if decision.reopened:
        blocks.append(Paragraph(words("decisions.reopened"), soft=True))
    if not decision.binding:
        blocks.append(Paragraph(words("decisions.superseded"), soft=True))
    blocks.append(table(decision, words))
    if any(group.counts is None for group in decision.groups):
        blocks.append(Paragraph(words.per_group(decision), soft=True))
    blocks += openness.by_name(decision, title, words)
    if decision.closed_at is not None:
        moment = words.moment(decision.closed_at)
        blocks.append(Paragraph(words("decisions.closed", moment=moment, text_hash=decision.text_hash[:12]), soft=True))
    # Those who voted openly have their words in the table.
    return blocks + minority(replace(decision, by_name=()), (), words)


def served(decision: Decision, words: Words) -> list[Block]:
    """The goals an agreement served, in the words they were voted on with."""
    if not decision.goals:
        return []
    return [
        Paragraph(words("decisions.goals"), soft=True),
        Bullets(tuple(as_voted(goal, words) for goal in decision.goals)),
    ]


def as_voted(goal: VotedGoal, words: Words) -> str:
    """One goal in a line: its number and version, what is different, by how much, by when, by whom."""
    facts = (
        goals.measure(goal, words),
        words.day(goal.deadline) and words("decisions.goal_by", day=words.day(goal.deadline)),
        goal.owner and words("decisions.goal_owner", owner=goal.owner),
    )
    said = words("decisions.goal", label=goal.label, version=goal.version, title=goal.title)
    return ". ".join([said.rstrip("."), *(fact for fact in facts if fact)])


def verdict(decision: Decision, words: Words) -> Block:
    """What came of a vote; an agreement also gets the table from above, with a filled seat for each group."""
    said = f"{words.carried(decision)} {words.overall(decision)}"
    if not decision.subject.id.startswith("agreement:"):
        return Paragraph(said)
    carried = tuple(group.status == "carried" for group in decision.groups)
    return Verdict(said, carried, words("decisions.drawn", n=sum(carried), groups=len(carried)))


def table(decision: Decision, words: Words) -> Table:
    """Group, turnout, result and status, with the room as the last row."""
    overall_limit = share(decision.rules.overall_majority)
    results = (*decision.groups, decision.overall)
    rows = [row(group, words) for group in decision.groups]
    turnout = words.turnout(decision.voted, decision.eligible)
    rows.append((words("whole_room"), turnout, *row(decision.overall, words)[2:]))
    return Table(
        caption=words("decisions.caption", label=decision.subject.label, version=decision.subject_version),
        head=(words("group"), words("voted"), words("result"), words("status")),
        rows=tuple(rows),
        widths=(4, 3, 5, 3),
        total=True,
        bars=tuple(
            bar(one, overall_limit if one is decision.overall else group_limit(one, decision.rules)) for one in results
        ),
        bar_column=2,
        tones=tuple("positive" if one.status == "carried" else "negative" for one in results),
    )


def row(group: GroupResult, words: Words) -> tuple[str, ...]:
    """One group's row."""
    status = words.one_of("status_of", group.status)
    counts = group.counts or Tally()
    return group.name, words.turnout(counts.cast, counts.eligible), words.result(group), status


def bar(group: GroupResult, limit: float) -> Bar:
    """The share for of those who took a position, where counts are published."""
    counts = group.counts
    if counts is not None and counts.for_.exact is not None and counts.against.exact is not None:
        in_favour = counts.for_.exact + (counts.reservation.exact or 0)
        positions = in_favour + counts.against.exact
        return Bar(limit, in_favour / positions if positions else None)
    return Bar(limit)


def group_limit(group: GroupResult, rules: Rules) -> float:
    """The threshold in one group: higher where its party binds itself."""
    binds = not set(group.keys).isdisjoint(rules.binding_groups)
    return share(rules.binding_majority if binds else rules.group_majority)


def share(text: str) -> float:
    """A threshold "a/b" as a number to draw at."""
    return float(Fraction(text))


def commitments(outcome: Outcome, words: Words) -> Section | None:
    """Who said where they stand; None when nobody did. Names only of those who chose it."""
    if not outcome.commitments:
        return None
    head = (
        words("commitments.who"),
        words("commitments.stands"),
        words("commitments.on"),
        words("commitments.words"),
    )
    rows = tuple(
        (who(one, words), words.one_of("standing", one.standing), one.on.label, one.words) for one in outcome.commitments
    )
    table_ = Table(words("commitments.caption"), head, rows, (4, 3, 2, 5), words=(3,))
    return Section("commitments", words("commitments.heading"), (Paragraph(words("commitments.lead"), soft=True), table_))


def who(one: Commitment, words: Words) -> str:
    """A name and its group; without a name "En deltager" and the group where it may be shown."""
    name = one.name or words("commitments.unnamed")
    return f"{name}, {one.group}" if one.group else name
