"""The sections of the question and mandate, and of the ground rules."""

from __future__ import annotations

from workshop.export.blocks import Block, Bullets, Heading, Paragraph, Section, facts
from workshop.export.document import Outcome
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


def ground_rules(outcome: Outcome, words: Words) -> Section | None:
    """Returns the ground rules and the outcome of the rounds of consent on them; None where there are none."""
    rules = outcome.ground_rules
    if not rules.text:
        return None
    blocks: list[Block] = [Paragraph(rules.text, voice="words")]
    if rules.outcome is not None:
        blocks.append(Paragraph(words("rules.rounds", n=rules.rounds) + " " + words.one_of("consent", rules.outcome)))
    if rules.objections:
        blocks += [Heading(3, words("rules.objections")), Bullets(rules.objections, voice="words")]
    return Section("ground_rules", words("rules.heading"), tuple(blocks))
