"""The sections of agreements and of intentions, which are agreements from which something required is still missing."""

from __future__ import annotations

from workshop.export.blocks import (
    Block,
    Bullets,
    Facts,
    Heading,
    Paragraph,
    Quotes,
    Section,
    Table,
    Wording,
    facts,
)
from workshop.export.document import Agreement, Decision, Outcome, Party
from workshop.export.parts import history, openness
from workshop.export.words import Words


def agreed(outcome: Outcome, words: Words) -> Section | None:
    """Returns the agreements; if there are none, a sentence that says so. None if there are none yet in an open workshop."""
    found = outcome.agreements_standing("agreed")
    if not found and not outcome.withheld_agreements and outcome.state != "closed":
        return None
    blocks: list[Block] = []
    if not found:
        blocks.append(Paragraph(words("agreements.none"), soft=True))
    for agreement in found:
        blocks += written(agreement, outcome, words)
    if outcome.withheld_agreements:
        blocks.append(Paragraph(words("agreements.withheld", n=outcome.withheld_agreements), soft=True))
    return Section("agreements", words("agreements.heading"), tuple(blocks))


def intentions(outcome: Outcome, words: Words) -> Section | None:
    """Returns the intentions, each with what is missing; None when there are none."""
    found = outcome.agreements_standing("intention")
    if not found:
        return None
    blocks: list[Block] = [Paragraph(words("intentions.lead"), soft=True)]
    for agreement in found:
        blocks += written(agreement, outcome, words)
        blocks += missing(agreement, words)
    return Section("intentions", words("intentions.heading"), tuple(blocks))


def written(agreement: Agreement, outcome: Outcome, words: Words) -> list[Block]:
    """Returns one agreement: first its text, then who contributes what, then the terms, then reservations and dissent."""
    blocks: list[Block] = [
        Heading(3, heading(agreement, words)),
        Wording(agreement.purpose, open=agreement.standing != "agreed"),
        Paragraph(version(agreement, outcome, words), soft=True),
    ]
    if agreement.parties:
        blocks.append(parties(agreement, words))
    blocks.append(terms(agreement, words))
    return blocks + minority(outcome.decision_on(agreement), agreement.dissent, words)


def heading(agreement: Agreement, words: Words) -> str:
    """Returns the name of an agreement: "Aftale A", "Forsøg B"."""
    if agreement.kind == "experiment":
        return words("agreements.experiment", label=agreement.label)
    return agreement.label


def version(agreement: Agreement, outcome: Outcome, words: Words) -> str:
    """Returns which version it is, when and how it was carried, if it was, and which versions have corrected its language
    since."""
    decision = outcome.decision_on(agreement)
    if decision is None or decision.outcome != "ratified":
        said = words("version", version=history.number(agreement, agreement.version))
        return f"{said}. {history.language_only(agreement, None, words)}".strip()
    carried = words("version_carried", moment=words.moment(decision.closed_at))
    said = f"{words('version', version=decision.number)}, {carried}. {words.carried(decision)}"
    return f"{said} {history.language_only(agreement, decision.subject_version, words)}".strip()


def parties(agreement: Agreement, words: Words) -> Table:
    """Returns a table of who contributes what, and whether each party may decide itself."""
    rows = tuple((named(party), given(party, words), mandate(party, words)) for party in agreement.parties)
    head = (words("party"), words("gives"), words("mandate_of_party"))
    return Table(words("parties.caption", label=agreement.label), head, rows, (3, 5, 3), words=(1,))


def named(party: Party) -> str:
    """Returns the party's name, with its group's name where that differs."""
    return party.name if not party.group or party.group == party.name else f"{party.name} ({party.group})"


def given(party: Party, words: Words) -> str:
    """Returns the contributions of one party, one a line."""
    lines = []
    for one in party.contributions:
        by_when = words("by_when", day=words.day(one.by_when)) if one.by_when else ""
        lines.append(", ".join(part for part in (one.what, one.how_much, by_when, one.contact) if part))
    return "\n".join(lines)


def mandate(party: Party, words: Words) -> str:
    """Returns whether a party may decide itself: "Må selv beslutte", "Skal spørge bestyrelsen senest …"."""
    if party.mandate != "must_ask":
        return words.one_of("mandate_kind", party.mandate) if party.mandate else ""
    if party.ask_whom and party.answer_by:
        return words("mandate_kind.must_ask_by", whom=party.ask_whom, day=words.day(party.answer_by))
    return words("mandate_kind.must_ask_whom", whom=party.ask_whom) if party.ask_whom else words("mandate_kind.must_ask")


def terms(agreement: Agreement, words: Words) -> Facts:
    """Returns the terms that have been filled in."""
    return facts(
        (words("term.goals"), "\n".join(f"{goal.label}: {goal.text}" for goal in agreement.goals)),
        (words("term.what_we_try"), agreement.what_we_try),
        (words("term.how_we_will_know"), agreement.how_we_will_know),
        (words("term.stop_or_widen"), agreement.stop_or_widen),
        (words("term.resources"), agreement.resources),
        (words.mandated("term.decision_rule"), agreement.decision_rule),
        (words("term.ground_rules"), agreement.ground_rules),
        (words("term.disagreement"), agreement.disagreement),
        (words("term.review_date"), words.day(agreement.review_date)),
        (words("term.end_date"), words.day(agreement.end_date)),
        (words("term.exit_terms"), agreement.exit_terms),
        (
            words("term.notice_days"),
            words("days", n=agreement.notice_days) if agreement.notice_days is not None else "",
        ),
        (words("term.openness"), words.one_of("openness", agreement.openness) if agreement.openness else ""),
    )


def minority(decision: Decision | None, attached: tuple[str, ...], words: Words) -> list[Block]:
    """Returns reservations and dissent, word for word, with the dissent that is attached to the text; nothing where nobody had
    any."""
    reservations, dissent = minority_words(decision, attached, words)
    blocks: list[Block] = []
    if reservations:
        blocks += [Heading(4, words("reservations")), Quotes(reservations)]
    if dissent:
        blocks += [Heading(4, words("dissent")), Quotes(dissent)]
    return blocks


def minority_words(
    decision: Decision | None, attached: tuple[str, ...], words: Words
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Returns the reservations, and the dissent without repetitions."""
    if decision is None:
        return (), attached
    dissent = dict.fromkeys((*attached, *openness.said(decision, "against", words)))
    return openness.said(decision, "reservation", words), tuple(dissent)


def missing(agreement: Agreement, words: Words) -> list[Block]:
    """Returns what an intention lacks to be an agreement, as the sentences of the checks (docs/rules.md section 2)."""
    points = open_points(agreement, words)
    return [Heading(4, words("intentions.missing")), Bullets(points)] if points else []


def open_points(agreement: Agreement, words: Words) -> tuple[str, ...]:
    """Returns the sentences of the checks that block, each once."""
    blocking = (check.code for check in agreement.open_checks if check.severity == "B")
    return tuple(words.check(code) for code in dict.fromkeys(blocking))
