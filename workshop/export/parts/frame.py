"""What the room was asked, who was in it, and the rules it worked by."""

from __future__ import annotations

from workshop.clock import day_of
from workshop.export.blocks import Block, Bullets, Heading, Paragraph, Section, Table, facts
from workshop.export.document import Attended, Outcome
from workshop.export.words import Words


def mandate(outcome: Outcome, words: Words) -> Section:
    """Returns the question and the mandate."""
    given = outcome.mandate
    blocks: list[Block] = [Paragraph(outcome.question, voice="words")] if outcome.question else []
    blocks.append(
        facts(
            (words("frame.commissioned_by"), given.commissioning_body),
            (words("frame.receiver"), given.receiving_body),
            (words("frame.response_due"), words.day(given.response_due)),
            (words("frame.participation_level"), words.one_of("participation", given.participation_level)),
            (words("frame.promise"), given.promise),
            (words("frame.reach"), words.one_of("level", given.decision_level)),
            (words("frame.fixed"), given.fixed_frame),
            (words("frame.negotiable"), given.negotiable),
        )
    )
    return Section("frame", words("frame.heading"), tuple(blocks))


def room(outcome: Outcome, words: Words) -> Section:
    """Returns who was in the room, per group, as far as it may be counted."""
    present = outcome.room
    blocks: list[Block] = []
    if present.groups:
        rows = [(group.name, words.figure(group.people)) for group in present.groups]
        if not present.people.withheld:
            rows.append((words("whole_room"), words.figure(present.people)))
        head = (words("group"), words("people"))
        total = not present.people.withheld
        blocks.append(Table(words("room.caption"), head, tuple(rows), (6, 2), total=total))
    else:
        blocks.append(Paragraph(words("room.nobody"), soft=True))
    if present.absent:
        blocks.append(Paragraph(words.not_present(present.absent)))
    blocks.append(Paragraph(words("room.small_groups", n=present.privacy_minimum), soft=True))
    blocks += attendance(outcome, words)
    return Section("room", words("room.heading"), tuple(blocks))


def attendance(outcome: Outcome, words: Words) -> list[Block]:
    """Returns who was there over the day, per group; nothing where nobody looked."""
    looks = outcome.room.attendance
    if not looks:
        return []
    one_day = len({day_of(look.at) for look in looks}) == 1
    rows = tuple(
        (
            words.clock(look.at) if one_day else words.moment(look.at),
            look.step or "",
            "\n".join(f"{group.name}: {there(group, words)}" for group in look.groups),
        )
        for look in looks
    )
    head = (words("attendance.at"), words("attendance.step"), words("attendance.present"))
    return [
        Heading(3, words("attendance.heading")),
        Table(words("attendance.heading"), head, rows, (3, 4, 6), words=(1,)),
        Paragraph(words("attendance.how"), soft=True),
    ]


def there(group: Attended, words: Words) -> str:
    """Returns how many of how many: "11 af 12", "under 5"."""
    if group.joined.exact is None:
        return words("attendance.under", n=(group.joined.at_most or 0) + 1)
    present = group.present
    shown = str(present.exact) if present.exact is not None else words("attendance.under", n=(present.at_most or 0) + 1)
    return words("attendance.of", here=shown, whole=group.joined.exact)


def ground_rules(outcome: Outcome, words: Words) -> Section | None:
    """Returns the ground rules and how consent went; None when there are none."""
    rules = outcome.ground_rules
    if not rules.text:
        return None
    blocks: list[Block] = [Paragraph(rules.text, voice="words")]
    if rules.outcome is not None:
        blocks.append(Paragraph(words("rules.rounds", n=rules.rounds) + " " + words.one_of("consent", rules.outcome)))
    if rules.objections:
        blocks += [Heading(3, words("rules.objections")), Bullets(rules.objections, voice="words")]
    return Section("ground_rules", words("rules.heading"), tuple(blocks))
