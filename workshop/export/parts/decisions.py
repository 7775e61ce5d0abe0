"""How each group stood: one table per vote, with reservations and dissent; and who committed."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from workshop.catalogue import t
from workshop.export.blocks import (
    Bar,
    Block,
    Bullets,
    Cell,
    Counted,
    Folded,
    Heading,
    Paragraph,
    Section,
    Status,
    Table,
    Verdict,
)
from workshop.export.document import Commitment, Decision, GroupResult, Outcome, Rules, VotedGoal
from workshop.export.parts import goals, openness
from workshop.export.parts.agreements import minority
from workshop.export.words import Words


def in_every_group(outcome: Outcome, words: Words) -> Section | None:
    """The votes on each text, per group: the one that holds first, earlier ones under it; None when there was no vote."""
    if not outcome.decisions:
        return None
    blocks: list[Block] = [Paragraph(t("element.requires.line", words.language), soft=True)]
    for decision in (one for one in outcome.decisions if one.binding):
        blocks += [Heading(3, title(decision, words)), *written(decision, outcome, words)]
        earlier = [one for one in outcome.decisions if one.subject.id == decision.subject.id and not one.binding]
        for one in reversed(earlier):
            heading = words("decisions.earlier", on=title(one, words))
            superseded = Paragraph(words("decisions.superseded"), soft=True)
            blocks.append(Folded(heading, (superseded, *written(one, outcome, words))))
    small = words("decisions.small_groups", n=outcome.room.privacy_minimum)
    if any(decision.open_groups for decision in outcome.decisions):
        small += " " + words("decisions.open_groups")
    blocks.append(Paragraph(small, soft=True))
    return Section("decisions", words("decisions.heading"), tuple(blocks))


def title(decision: Decision, words: Words) -> str:
    """Returns what was voted on: "Aftale A, version 4"."""
    return words("decisions.on", label=decision.subject.label, version=decision.number)


def written(decision: Decision, outcome: Outcome, words: Words) -> list[Block]:
    """One vote: the wording where it stands nowhere else, the sentence, who voted openly and why, the table, who voted how,
    what people added where it stands nowhere else, its time."""
    stands = any(outcome.decision_on(text) is decision for text in outcome.texts)
    blocks: list[Block] = [] if stands else [Paragraph(decision.subject.text, voice="words")]
    blocks += [*served(decision, words), verdict(decision, words), *openness.held(decision, outcome, words)]
    if decision.reopened:
        blocks.append(Paragraph(words("decisions.reopened"), soft=True))
    blocks.append(table(decision, words))
    notes = [words.per_group(decision)] if any(group.counts is None for group in decision.groups) else []
    if decision.closed_at is not None:
        moment = words.moment(decision.closed_at)
        notes.append(words("decisions.closed", moment=moment, text_hash=decision.text_hash[:12]))
    if notes:
        blocks.append(Paragraph(" ".join(notes), soft=True))
    blocks += openness.by_name(decision, title(decision, words), words)
    # Those who voted openly have their words in the table.
    return blocks if stands else blocks + minority(replace(decision, by_name=()), (), words)


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
    said = words("decisions.goal", label=goal.label, version=goal.edition or goal.version, title=goal.title)
    return ". ".join([said.rstrip("."), *(fact for fact in facts if fact)])


def verdict(decision: Decision, words: Words) -> Block:
    """What came of a vote; an agreement also gets the table from above, with a filled seat for each group."""
    said = f"{words.carried(decision)} {words.overall(decision)}"
    if not decision.subject.id.startswith("agreement:"):
        return Paragraph(said)
    carried = tuple(group.status == "carried" for group in decision.groups)
    return Verdict(said, carried, words("decisions.drawn", n=sum(carried), groups=len(carried)))


def table(decision: Decision, words: Words) -> Table:
    """Group, what is required of it, result and status, with the room as the last row."""
    rows = [row(group, group_limit(group, decision.rules), decision, words) for group in decision.groups]
    whole = replace(decision.overall, name=words("whole_room"))
    rows.append(row(whole, room_limit(decision), decision, words))
    return Table(
        caption=words(
            "decisions.caption",
            label=decision.subject.label,
            version=decision.number,
        ),
        head=(words("group"), words("result"), words("requires"), words("status")),
        rows=tuple(rows),
        widths=(6, 9, 7, 5),
        total=True,
    )


def row(group: GroupResult, limit: float, decision: Decision, words: Words) -> tuple[Cell, ...]:
    """One row: the room's is the one without keys."""
    said = required(group, decision.rules, words)
    return group.name, result(group, limit, decision, words), said, status(group, decision.rules, words)


def result(group: GroupResult, limit: float, decision: Decision, words: Words) -> Counted:
    """The stances with the line of the requirement, and how many of how many voted; a dash where there are no counts."""
    if group.counts is None:
        return Counted("–" if group.keys else words("overall.withheld", n=decision.counts_from))
    voted, eligible = group.counts.cast, group.counts.eligible
    turnout = words("overall.turnout", voted=voted.exact, eligible=eligible.exact) if group.keys else ""
    return Counted(f"{words.tally(group.counts)}. {turnout}".strip(), bar(group, limit))


def status(group: GroupResult, rules: Rules, words: Words, *, counts: bool = False) -> Status:
    """How a group stands, with its share where more than the common majority is asked for; and its counts, if asked."""
    own = asked_more(group, rules) and group.status in ("carried", "not_carried")
    key = f"element.status.{group.status}{'.share' if own else ''}"
    said = t(key, words.language, share=rules.binding_majority) if own else words.one_of("status_of", group.status)
    note = words.tally(group.counts, brief=True) if counts and group.counts is not None else ""
    return Status(said, "positive" if group.status == "carried" else "negative", note)


def required(group: GroupResult, rules: Rules, words: Words) -> str:
    """What the decision's own rule asks of a group or of the room, and why: "2/3, fordi gruppen selv er part"."""
    if not group.keys:
        return words("requires.room", share=rules.overall_majority)
    if asked_more(group, rules):
        key = "requires.party" if len(group.keys) == 1 else "requires.party_among"
        return words(key, share=rules.binding_majority)
    return words("requires.over", share=rules.group_majority)


def bar(group: GroupResult, limit: float) -> Bar | None:
    """The share for of those who took a position, where counts are published."""
    counts = group.counts
    if counts is None or counts.for_.exact is None or counts.against.exact is None:
        return None
    in_favour = counts.for_.exact + (counts.reservation.exact or 0)
    positions = in_favour + counts.against.exact
    return Bar(in_favour / positions if positions else 0, limit)


def asked_more(group: GroupResult, rules: Rules) -> bool:
    """Returns whether a group is asked for more than the common majority, because its party binds itself."""
    binds = not set(group.keys).isdisjoint(rules.binding_groups)
    return binds and share(rules.binding_majority) > share(rules.group_majority)


def group_limit(group: GroupResult, rules: Rules) -> float:
    """The threshold in one group."""
    return share(rules.binding_majority if asked_more(group, rules) else rules.group_majority)


def room_limit(decision: Decision) -> float:
    """The threshold in the room."""
    return share(decision.rules.overall_majority)


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
