"""The second page, with the results: votes on texts by group, the chosen ideas and why, attendance, versions."""

from __future__ import annotations

from workshop.clock import day_of
from workshop.export.blocks import Block, Cell, Chart, Counted, Entry, Heading, Paragraph, Section, Status, Table
from workshop.export.document import Attended, Decision, Look, Outcome
from workshop.export.parts import decisions, history, method, openness, shortlists
from workshop.export.parts.agenda import cut
from workshop.export.words import Words

MOST_GROUPS = 6
"""The largest number of columns for groups; with more groups a sentence says where there was no majority."""
MOST_TEXTS = 10
MOST_COLUMNS = 16


def results(outcome: Outcome, words: Words) -> Section | None:
    """Returns the second page; None where there are no results yet."""
    blocks = [
        *votes(outcome, words),
        *shortlists.in_short(outcome, words),
        *attendance(outcome.room.attendance, outcome, words),
        *versions(outcome, words),
    ]
    return Section("results", words("results.heading"), tuple(blocks), new_page=True) if blocks else None


def votes(outcome: Outcome, words: Words) -> list[Block]:
    """Returns the last vote on each text as a table: a row for each text, a column for each group."""
    found = sorted((one for one in outcome.decisions if one.binding), key=_goals_first)
    if not found:
        return []
    rule = found[0].rules
    lead = words("votes.lead", share=method.fraction(rule.overall_majority, words))
    how = "" if openness.any_open(outcome) else words("votes.secret")
    blocks: list[Block] = [Heading(3, words("votes.heading")), Paragraph(f"{lead} {how}".strip())]
    blocks.append(matrix(found[:MOST_TEXTS], words))
    notes = []
    if any(one.rules.binding_groups for one in found):
        notes.append(words("votes.parties", share=rule.binding_majority))
    if any(group.counts is None for one in found for group in one.groups):
        notes.append(words.per_group(found[0]))
    if found[MOST_TEXTS:]:
        notes.append(words("votes.more", n=len(found) - MOST_TEXTS))
    return [*blocks, *([Paragraph(" ".join(notes), soft=True)] if notes else [])]


def _goals_first(decision: Decision) -> bool:
    return not decision.subject.id.startswith("goal:")


def matrix(found: list[Decision], words: Words) -> Table:
    """Returns the table: what was voted on, the room, and each group with its status and its published counts."""
    names = list(dict.fromkeys(group.name for one in found for group in one.groups))
    wide = len(names) <= MOST_GROUPS
    rows = tuple((Entry(one.subject.label, cut(one.subject.text, 60)), room(one, words)) for one in found)
    cells = tuple(by_group(one, names, words) if wide else (in_words(one, words),) for one in found)
    return Table(
        caption=words("votes.caption"),
        head=(words("commitments.on"), words("whole_room"), *(names if wide else [words("ballots.per_group")])),
        rows=tuple((*row, *more) for row, more in zip(rows, cells, strict=True)),
        widths=(8, 8, *([5] * len(names) if wide else [14])),
    )


def room(decision: Decision, words: Words) -> Counted:
    """Returns the room's counts with a bar that shows the required majority."""
    counts = decision.overall.counts
    if counts is None:
        return Counted(words("overall.withheld", n=decision.counts_from))
    return Counted(words.tally(counts), decisions.bar(decision.overall, decisions.room_limit(decision)))


def by_group(decision: Decision, names: list[str], words: Words) -> tuple[Cell, ...]:
    """Returns a status for each group; a dash where a group was not counted separately in this vote."""
    by_name = {group.name: group for group in decision.groups}
    return tuple(
        decisions.status(by_name[name], decision.rules, words, counts=True) if name in by_name else "–" for name in names
    )


def in_words(decision: Decision, words: Words) -> Status:
    """Returns all groups in one cell, for a room with too many of them for columns."""
    carried = all(group.status == "carried" for group in decision.groups)
    return Status(words.in_short(decision), "positive" if carried else "negative")


def attendance(looks: tuple[Look, ...], outcome: Outcome, words: Words) -> list[Block]:
    """Returns a chart of attendance over the day; nothing where there are fewer than two samples."""
    if len(looks) < 2:
        return []
    one_day = len({day_of(look.at) for look in looks}) == 1
    columns = tuple(
        (words.clock(look.at) if one_day else words.moment(look.at), *present(look.groups)) for look in spread(looks)
    )
    blocks: list[Block] = [
        Heading(3, words("attendance.heading")),
        Chart(words("attendance.caption"), columns),
    ]
    notes = [words("attendance.how")]
    if any(text.endswith("+") for _, _, text in columns):
        notes.append(words("attendance.plus", n=outcome.room.privacy_minimum))
    return [*blocks, Paragraph(" ".join(notes), soft=True)]


def present(groups: tuple[Attended, ...]) -> tuple[int, str]:
    """Returns how many were present in the groups whose numbers may be shown, as a number and as text; the text has a plus
    where the numbers of other groups are withheld."""
    counted = sum(group.present.exact or 0 for group in groups)
    return counted, f"{counted}+" if any(group.present.exact is None for group in groups) else str(counted)


def spread(looks: tuple[Look, ...]) -> tuple[Look, ...]:
    """Returns at most `MOST_COLUMNS` samples, evenly spread from the first to the last."""
    if len(looks) <= MOST_COLUMNS:
        return looks
    return tuple(looks[place * (len(looks) - 1) // (MOST_COLUMNS - 1)] for place in range(MOST_COLUMNS))


def versions(outcome: Outcome, words: Words) -> list[Block]:
    """Returns which versions of each text were voted on, and when."""
    lines = [line for text in outcome.texts if (line := history.voted_on(text, outcome, words))]
    return [Heading(3, words("versions.heading")), Paragraph(" · ".join(lines))] if lines else []
