"""The sections on how decisions were made, and on the document itself and how to check it."""

from __future__ import annotations

from fractions import Fraction

from workshop.catalogue import has, t
from workshop.export.blocks import Block, Bullets, Paragraph, Section, facts
from workshop.export.document import Ballot, Outcome
from workshop.export.parts.openness import any_open
from workshop.export.words import Words


def how(outcome: Outcome, words: Words) -> Section:
    """Returns the rules and settings by which the room voted."""
    rules = outcome.rules
    items = [
        words("how.stances"),
        words("how.quorum", share=fraction(rules.quorum, words)),
        words("how.every_group", share=fraction(rules.group_majority, words)),
    ]
    if any(decision.rules.binding_groups for decision in outcome.decisions):
        items.append(words("how.parties", share=fraction(rules.binding_majority, words)))
    items += [
        words("how.overall", share=fraction(rules.overall_majority, words)),
        words("how.version"),
        words("how.some_open" if any_open(outcome) else "how.secret", n=outcome.room.privacy_minimum),
    ]
    items += [ballot_rule(ballot, number, words) for number, ballot in enumerate(outcome.ballots, 1)]
    lead = Paragraph(words.one_of("level", outcome.mandate.decision_level))
    return Section("method", words.mandated("how.heading"), (lead, Bullets(tuple(items))))


def fraction(share: str, words: Words) -> str:
    """Returns a share in words: "halvdelen", "to tredjedele"; one without words as "3/5"."""
    try:
        value = Fraction(share)
    except (ValueError, ZeroDivisionError):
        return share
    key = f"element.share.{value.numerator}_over_{value.denominator}"
    return t(key, words.language) if has(key) else f"{value.numerator}/{value.denominator}"


def ballot_rule(ballot: Ballot, number: int, words: Words) -> str:
    """Returns the settings of one ballot in a sentence."""
    given = ballot.settings
    title = ballot.title or words("ballots.number", number=number)
    # No colon after a question mark: "Hvilke skal blive til mål?: Deltagerne …".
    said = f"{title}{'' if title.endswith(('?', '!', '.')) else ':'} {words.one_of('method', ballot.method)}"
    if ballot.method == "dots" and given.get("dots"):
        said += " " + words("how.dots", n=int(given["dots"]), per_option=given.get("per_option") or given["dots"])
    if ballot.method == "approval" and given.get("choices"):
        said += " " + words("how.choices", n=int(given["choices"]))
    if ballot.shortlist is not None:
        said += " " + words("how.shortlist") + " " + words(f"weights.{ballot.shortlist.weights}")
    return said


def about(outcome: Outcome, words: Words) -> Section:
    """Returns when and by which program the document was made, and how to check it."""
    made = outcome.provenance
    blocks: list[Block] = []
    if outcome.example:
        blocks.append(Paragraph(words("about.example")))
    if outcome.state != "closed":
        blocks.append(Paragraph(words("about.interim")))
    blocks.append(
        facts(
            (words("about.workshop"), outcome.title),
            (words("about.made_at"), words.moment(made.made_at)),
            (words("about.version"), f"Rundbord {made.program_version}"),
            (words("about.entries"), str(made.journal_entries)),
            (words("about.hash"), made.journal_hash or words("about.no_hash")),
        )
    )
    blocks.append(Paragraph(words("about.check", entries=made.journal_entries)))
    blocks.append(Paragraph(words("about.names"), soft=True))
    return Section("about", words("about.heading"), tuple(blocks))
