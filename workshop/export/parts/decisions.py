"""The sections of decisions, with one table by group for each vote, and of commitments."""

from __future__ import annotations

from collections.abc import Callable
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
    """Returns the votes on each text, by group: the valid one first, earlier ones under it; None if there was no vote."""
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
    """Returns one vote: the result, who voted openly and why, the table, its time, and the votes by name. A vote on a text that
    is not shown elsewhere also has that text first, and the reservations and dissent last."""
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
    # The reasons of those who voted openly are in the table of votes by name.
    return blocks if stands else blocks + minority(replace(decision, by_name=()), (), words)


def served(decision: Decision, words: Words) -> list[Block]:
    """Returns the goals of an agreement in the versions that were voted on."""
    if not decision.goals:
        return []
    return [
        Paragraph(words("decisions.goals"), soft=True),
        Bullets(tuple(as_voted(goal, words) for goal in decision.goals)),
    ]


def as_voted(goal: VotedGoal, words: Words) -> str:
    """Returns one goal in a line: its label and version, its title, its figures, its deadline and its owner."""
    facts = (
        goals.measure(goal, words),
        words.day(goal.deadline) and words("decisions.goal_by", day=words.day(goal.deadline)),
        goal.owner and words("decisions.goal_owner", owner=goal.owner),
    )
    said = words("decisions.goal", label=goal.label, version=goal.edition or goal.version, title=goal.title)
    return ". ".join([said.rstrip("."), *(fact for fact in facts if fact)])


def verdict(decision: Decision, words: Words) -> Block:
    """Returns the result of a vote in words; for an agreement with the drawing of a round table, in which the seat of each
    group that carried it is filled."""
    said = f"{words.carried(decision)} {words.overall(decision)}"
    if not decision.subject.id.startswith("agreement:"):
        return Paragraph(said)
    carried = tuple(group.status == "carried" for group in decision.groups)
    return Verdict(said, carried, words("decisions.drawn", n=sum(carried), groups=len(carried)))


def table(decision: Decision, words: Words) -> Table:
    """Returns the table of groups: result, requirement and status, with the whole room as the last row."""
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
    """Returns one row; the group without keys is the whole room."""
    said = required(group, decision.rules, words)
    return group.name, result(group, limit, decision, words), said, status(group, decision.rules, words)


def result(group: GroupResult, limit: float, decision: Decision, words: Words) -> Counted:
    """Returns the stances with a bar and the turnout; without counts a dash, and for the room the reason."""
    if group.counts is None:
        return Counted("–" if group.keys else words("overall.withheld", n=decision.counts_from))
    voted, eligible = group.counts.cast, group.counts.eligible
    turnout = words("overall.turnout", voted=voted.exact, eligible=eligible.exact) if group.keys else ""
    return Counted(f"{words.tally(group.counts)}. {turnout}".strip(), bar(group, limit))


def status(group: GroupResult, rules: Rules, words: Words, *, counts: bool = False) -> Status:
    """Returns a group's status, with the required share if that is larger than the usual one, and with `counts` its counts."""
    own = asked_more(group, rules) and group.status in ("carried", "not_carried")
    key = f"element.status.{group.status}{'.share' if own else ''}"
    said = t(key, words.language, share=rules.binding_majority) if own else words.one_of("status_of", group.status)
    note = words.tally(group.counts, brief=True) if counts and group.counts is not None else ""
    return Status(said, "positive" if group.status == "carried" else "negative", note)


def required(group: GroupResult, rules: Rules, words: Words, written: Callable[[str], str] = str) -> str:
    """Returns what the decision's rules require of a group or of the room, and why: "2/3, fordi gruppen selv er part".
    `written` writes the share; a table has the fraction."""
    if not group.keys:
        return words("requires.room", share=written(rules.overall_majority))
    if asked_more(group, rules):
        key = "requires.party" if len(group.keys) == 1 else "requires.party_among"
        return words(key, share=written(rules.binding_majority))
    return words("requires.over", share=written(rules.group_majority))


def bar(group: GroupResult, limit: float) -> Bar | None:
    """Returns a bar with the share of votes for among those who took a position; None where counts are withheld."""
    counts = group.counts
    if counts is None or counts.for_.exact is None or counts.against.exact is None:
        return None
    in_favour = counts.for_.exact + (counts.reservation.exact or 0)
    positions = in_favour + counts.against.exact
    return Bar(in_favour / positions if positions else 0, limit)


def asked_more(group: GroupResult, rules: Rules) -> bool:
    """Returns whether a group needs more than the usual majority, because its party binds itself."""
    binds = not set(group.keys).isdisjoint(rules.binding_groups)
    return binds and share(rules.binding_majority) > share(rules.group_majority)


def group_limit(group: GroupResult, rules: Rules) -> float:
    """Returns the threshold in one group, as a number from 0 to 1."""
    return share(rules.binding_majority if asked_more(group, rules) else rules.group_majority)


def room_limit(decision: Decision) -> float:
    """Returns the threshold in the room, as a number from 0 to 1."""
    return share(decision.rules.overall_majority)


def share(text: str) -> float:
    """Returns a threshold "a/b" as a number for drawing."""
    return float(Fraction(text))


def commitments(outcome: Outcome, words: Words) -> Section | None:
    """Returns the commitments; None where there are none. Only those who chose it are named."""
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
    """Returns a name and its group; without a name "En deltager", with the group where it may be shown."""
    name = one.name or words("commitments.unnamed")
    return f"{name}, {one.group}" if one.group else name
