"""The first page, for a committee's agenda: who must answer by when, what was agreed, and what was not."""

from __future__ import annotations

from collections.abc import Iterator

from workshop.catalogue import t
from workshop.export.blocks import Answer, Block, Bullets, Entry, Heading, Paragraph, Quotes, Section, Status, Table
from workshop.export.document import Agreement, Goal, Outcome
from workshop.export.parts import agreements, goals
from workshop.export.words import Words

Text = Goal | Agreement

MOST_LETTERS = 1600
"""Characters of all texts of the page together; above it each is cut to `CUT_AT`. Later pages have the whole texts."""
CUT_AT = 150
MOST_WHOLE = 9
"""With more texts than this each row has only the text, the outcome, who is responsible and who answers when."""
MOST_QUOTES = 4
"""The largest number of reservations and statements of dissent on the page; the others are printed with their texts."""


def agenda(outcome: Outcome, words: Words) -> Section:
    """Returns the first page as a section."""
    blocks: list[Block] = [answer(outcome, words)]
    agreed = standing(outcome, "agreed")
    intended = standing(outcome, "intention")
    if not agreed:
        blocks.append(Paragraph(words(f"agenda.none.{'closed' if outcome.state == 'closed' else 'open'}"), soft=True))
    if agreed or intended:
        blocks.append(table((*agreed, *intended), outcome, words))
    if outcome.withheld_agreements:
        blocks.append(Paragraph(words("agreements.withheld", n=outcome.withheld_agreements), soft=True))
    for key in ("not_agreed", "unfinished"):
        if found := standing(outcome, key):
            items = tuple(left_open(one, outcome, words) for one in found)
            blocks += [Heading(3, words(f"agenda.{key}")), Bullets(items)]
    blocks += said(outcome, words)
    blocks += people(outcome, words)
    return Section("agenda", words("agenda.heading"), tuple(blocks))


def standing(outcome: Outcome, key: str) -> tuple[Text, ...]:
    """Returns the goals, then the agreements with one standing. Goals come first because agreements serve them."""
    return (*outcome.goals_standing(key), *outcome.agreements_standing(key))


def answer(outcome: Outcome, words: Words) -> Answer:
    """Returns the box: who answers by when, and on how many texts; then the promise and the level of decision."""
    given, points = outcome.mandate, len(standing(outcome, "agreed"))
    facts = {"body": given.receiving_body, "day": words.day(given.response_due), "n": points}
    key = (
        "nobody"
        if not given.receiving_body
        else "no_day"
        if given.response_due is None
        else "by"
        if points
        else "on_nothing"
    )
    notes = ((words("agenda.promise"), given.promise), ("", words.one_of("level", given.decision_level)))
    return Answer(words(f"agenda.answers.{key}", **facts), tuple(note for note in notes if note[1]))


def table(texts: tuple[Text, ...], outcome: Outcome, words: Words) -> Table:
    """Returns the table of texts: text, outcome, who is responsible by when, who answers by when."""
    few = len(texts) <= MOST_WHOLE
    length = None if few and sum(len(wording(one)) for one in texts) <= MOST_LETTERS else CUT_AT if few else CUT_AT // 3
    rows = tuple(
        (
            Entry(one.label, cut(wording(one), length), about(one, words) if few else ""),
            came_of_it(one, outcome, words, whole=few),
            responsible(one, words),
            who_answers(one, outcome, words, whole=few),
        )
        for one in texts
    )
    head = tuple(words(f"agenda.{column}") for column in ("agreed", "outcome", "responsible", "answers"))
    return Table(words("agenda.caption"), head, rows, (11, 6, 6, 5))


def wording(text: Text) -> str:
    """Returns the main sentence of a text: a goal's title, an agreement's purpose."""
    return text.title if isinstance(text, Goal) else text.purpose


def cut(text: str, length: int | None = CUT_AT) -> str:
    """Returns a text; one of more than `length` characters is cut after a whole word and ends in dots. None: uncut."""
    if length is None or len(text) <= length:
        return text
    return text[:length].rsplit(maxsplit=1)[0].rstrip(",.;:") + " …"


def about(text: Text, words: Words) -> str:
    """Returns a goal's figures, or how much each party of an agreement contributes, where that was written."""
    if isinstance(text, Goal):
        return goals.measure(text, words)
    given = ((party.name, one.how_much) for party in text.parties for one in party.contributions if one.how_much)
    return ". ".join(f"{name}: {how_much.rstrip('.')}" for name, how_much in given)


def came_of_it(text: Text, outcome: Outcome, words: Words, *, whole: bool) -> Status:
    """Returns the outcome in the words of the decision level, with `whole` also in which groups there was a majority; for an
    intention the number of missing points."""
    if text.standing == "intention":
        missing = len({check.code for check in text.open_checks if check.severity == "B"})
        return Status(words.one_of("standing_of", "intention"), "", words("agenda.intention", n=missing))
    decision = outcome.decision_on(text)
    note = words.in_short(decision) if decision and whole else ""
    return Status(t(f"mandate.result.{words.level}", words.language), "positive", note)


def responsible(text: Text, words: Words) -> str:
    """Returns a goal's owner and deadline, or an agreement's parties and the day of its review."""
    if isinstance(text, Goal):
        return "\n".join(part for part in (text.owner, words.day(text.deadline)) if part)
    review = text.review_date and words("agenda.review", day=words.day(text.review_date))
    return "\n".join(part for part in (", ".join(party.name for party in text.parties), review) if part)


def who_answers(text: Text, outcome: Outcome, words: Words, *, whole: bool) -> Status:
    """Returns the receiving body with its day, and with `whole` also the boards that parties must ask first."""
    given = outcome.mandate
    day = [words.day(given.response_due)] if given.receiving_body and given.response_due else []
    return Status(given.receiving_body, "", "\n".join([*day, *(asked_first(text, words) if whole else ())]))


def asked_first(text: Text, words: Words) -> Iterator[str]:
    """Yields a sentence for each party that must ask somebody before it may agree."""
    parties = text.parties if isinstance(text, Agreement) else ()
    for party in parties:
        if party.mandate == "must_ask":
            whom = party.ask_whom or words("agenda.own_board")
            asks = words("agenda.asks", party=party.name, whom=whom)
            yield f"{asks}, {words('by_when', day=words.day(party.answer_by))}" if party.answer_by else asks


def left_open(text: Text, outcome: Outcome, words: Words) -> str:
    """Returns a text that was not agreed; if it was voted down, with the result of the vote."""
    decision = outcome.decision_on(text)
    said = f"{text.label}: {cut(wording(text)).rstrip('.')}."
    return f"{said} {words.carried(decision)}" if decision and text.standing == "not_agreed" else said


def said(outcome: Outcome, words: Words) -> list[Block]:
    """Returns reservations and dissent, word for word; nothing where nobody had any."""
    found: dict[str, None] = {}
    for text in (*standing(outcome, "agreed"), *standing(outcome, "not_agreed")):
        attached = text.dissent if isinstance(text, Agreement) else ()
        for part in agreements.minority_words(outcome.decision_on(text), attached, words):
            found |= {f"{text.label}: {one}": None for one in part}
    if not found:
        return []
    blocks: list[Block] = [Heading(3, words("agenda.minority")), Quotes(tuple(found)[:MOST_QUOTES])]
    if len(found) > MOST_QUOTES:
        blocks.append(Paragraph(words("agenda.more_quotes", n=len(found) - MOST_QUOTES), soft=True))
    return blocks


def people(outcome: Outcome, words: Words) -> list[Block]:
    """Returns one line about who was in the room."""
    room = outcome.room
    if not room.groups:
        return [Heading(3, words("room.heading")), Paragraph(words("room.nobody"), soft=True)]
    whole = words("agenda.people", n=room.people.exact) if room.people.exact else words("room.heading")
    counted = (f"{one.name} {one.people.exact}" if one.people.exact else one.name for one in room.groups)
    line = f"{words.listed(counted)}. {words.not_present(room.absent)}".strip()
    small = words("room.small_groups", n=room.privacy_minimum)
    merged = any(len(one.keys) > 1 for one in room.groups)
    return [Heading(3, whole), Paragraph(line), *([Paragraph(small, soft=True)] if merged else [])]
