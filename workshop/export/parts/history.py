"""The section on the history of the texts: the changes that the room saw, with before and now side by side, word by word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Protocol

from workshop.catalogue import has, t
from workshop.clock import day_of
from workshop.export.blocks import Block, Changed, Changes, Heading, Paragraph, Quotes, Run, Section
from workshop.export.document import Agreement, Change, Goal, Outcome, Reference, Revision
from workshop.export.words import Words
from workshop.rules import language
from workshop.rules.difference import Part, difference
from workshop.rules.fields import FIELDS, Field
from workshop.rules.history import GATHERED as EDITOR
from workshop.rules.history import same_value
from workshop.rules.rows import aligned, same

Text = Goal | Agreement


class Voice(Protocol):
    """What formats the fields of a text: `Words`, or an object with only a language for a page without an outcome."""

    @property
    def language(self) -> str:
        """Returns `da` or `en`."""
        ...

    def day(self, value: date | str | None) -> str:
        """Returns a day in words."""
        ...


def section(outcome: Outcome, words: Words) -> Section | None:
    """Returns the changes of every text that the room saw, agreements first; None where there are none."""
    blocks: list[Block] = []
    for text in outcome.texts:
        if found := seen(text, versions_voted_on(text, outcome)):
            blocks.append(Heading(3, text.label))
            for revision in found:
                blocks += written(text, revision, words)
    if not blocks:
        return None
    return Section("history", words("history.heading"), (Paragraph(words("history.lead"), soft=True), *blocks))


def versions_voted_on(text: Text, outcome: Outcome) -> list[int]:
    """Returns the numbers of the versions that were voted on."""
    return sorted({one.subject_version for one in outcome.decisions if one.subject.id == text.id})


def voted_on(text: Text, outcome: Outcome, words: Words) -> str:
    """Returns the versions that were voted on, with their times: "Aftale A: version 4, 13.21"; an empty text for none. The day
    is left out where it is that of the workshop."""
    found = {one.subject_version: one.closed_at for one in outcome.decisions if one.subject.id == text.id}
    said = [
        words("versions.one", n=number(text, n), moment=_when(at, outcome, words)) for n, at in sorted(found.items()) if at
    ]
    return f"{text.label}: {'; '.join(said)}" if said else ""


def _when(at: datetime, outcome: Outcome, words: Words) -> str:
    return words.clock(at) if day_of(at) == outcome.held_on else words.moment(at)


def seen(text: Text, voted: Sequence[int]) -> list[Revision]:
    """Returns the changes that the room saw: amendments, corrections of the language, and what editors rewrote between two
    votes, joined into one change. What editors saved before the first vote or after the last one is left out."""
    found: list[Revision] = []
    for revision in text.revisions:
        if revision.cause != EDITOR:
            found.append(revision)
        elif voted and voted[0] < revision.first and revision.last <= voted[-1]:
            together = found and found[-1].cause == EDITOR and found[-1].last not in voted
            if together:
                found[-1] = joined(found[-1], revision)
            else:
                found.append(revision)
    return found


def joined(before: Revision, after: Revision) -> Revision:
    """Returns two consecutive changes as one: each field before the first and after the second."""
    old = {change.field: change for change in before.changes}
    new = {change.field: change for change in after.changes}
    changes = (Change(field, (new | old)[field].old, (old | new)[field].new) for field in old | new)
    kept = tuple(change for change in changes if not same_value(change.old, change.new))
    return replace(after, first=before.first, reason=after.reason or before.reason, changes=kept)


def written(text: Text, revision: Revision, words: Words) -> list[Block]:
    """Returns one change: which versions, by which role and when, why, and the fields before and after."""
    moment = words.moment(revision.at)
    blocks: list[Block] = [
        Heading(4, versions(text, revision, words)),
        Paragraph(f"{who(revision, words)}, {moment}.", soft=True),
    ]
    if revision.reason:
        blocks.append(Quotes((revision.reason,)))
    rows = tuple(changed(text, revision, words))
    if not rows:
        return [*blocks, Paragraph(words("history.nothing_shown"), soft=True)]
    caption = words("history.caption", label=text.label, versions=versions(text, revision, words).lower())
    head = (words("history.field"), t("history.before", words.language), t("history.now", words.language))
    return [*blocks, Changes(caption, head, rows)]


def number(text: Text, version: int) -> int:
    """Returns the number that people read for a version of a text."""
    found = next((one for one in text.revisions if one.first <= version <= one.last), None)
    return version if found is None or found.edition is None else found.edition


def versions(text: Text, revision: Revision, words: Words) -> str:
    """Returns the name of a change: "Version 3", or "Version 3–7" for several versions."""
    first, last = number(text, revision.first), number(text, revision.last)
    if first == last:
        return t("history.version", words.language, n=first)
    return t("history.versions", words.language, first=first, last=last)


def who(revision: Revision, words: Words) -> str:
    """Returns how a change was made, and by which role."""
    role = t(f"history.role.{revision.by_role}", words.language)
    if revision.cause == language.CAUSE:
        return t("history.by.language", words.language, role=role, confirmed=confirmer(revision, words))
    key = f"history.by.{revision.cause}"
    return t(key if has(key) else "history.by.editor", words.language, role=role)


def confirmer(revision: Revision, words: Words) -> str:
    """Returns which role confirmed a correction of the language; it was another person than the one who proposed it."""
    chairs = ("facilitator", "organiser")
    another = revision.confirmed_by == "facilitator" and revision.by_role in chairs
    return t(f"history.confirmed.{'another' if another else revision.confirmed_by}", words.language)


def language_only(text: Text, decided_on: int | None, words: Words) -> str:
    """Returns sentences for a text whose language was corrected after version `decided_on`: "Indgået i version 2. I version 3
    er kun stavning og sprog rettet. …"; an empty text for any other. Without a decision the base version is named."""
    base = text.base_version if decided_on is None else decided_on
    made = [one for one in text.revisions if one.cause == language.CAUSE and one.first > base]
    if not made:
        return ""
    state = t(f"mandate.result.{words.level}", words.language)
    began = (
        t("history.settled_in", words.language, state=state, n=number(text, base))
        if decided_on is not None and text.standing == "agreed"
        else t("history.same_words", words.language, n=number(text, base))
    )
    confirmed = words.listed(dict.fromkeys(confirmer(one, words) for one in made))
    if len(made) == 1:
        said = t("history.language.one", words.language, n=number(text, made[0].first), who=confirmed)
    else:
        first, last = number(text, made[0].first), number(text, made[-1].last)
        said = t("history.language.many", words.language, first=first, last=last, who=confirmed)
    return f"{began} {said}"


def changed(text: Text, revision: Revision, words: Words) -> Iterator[Changed]:
    """Yields the lines of a change: one for each field, and one for each row of a list that differs."""
    noun = "agreement" if isinstance(text, Agreement) else "goal"
    table = {field.name: field for field in FIELDS[noun]}
    for change in revision.changes:
        field = table[change.field]
        for before, now in pairs(field, change, words):
            yield marked(label(field, words), before, now)


def label(field: Field, words: Words) -> str:
    """Returns the name of a field. Where the room only advises, the name does not contain the word decision."""
    if field.name == "decision_rule":
        return words.mandated("term.decision_rule")
    return words("history.level") if field.name == "decision_level" else t(field.label_key, words.language)


def pairs(field: Field, change: Change, words: Voice) -> list[tuple[str, str]]:
    """Returns a field before and after in words, or the rows of a list that differ."""
    if field.kind != "list":
        return [(value(field, change.old, words), value(field, change.new, words))]
    rows = aligned(change.old, change.new)
    return [(row(field, before, words), row(field, now, words)) for before, now in rows if not same(before, now)]


def value(field: Field, given: Any, words: Voice) -> str:
    """Returns the value of a field in words."""
    if given is None or given == "":
        return ""
    if field.kind == "choice":
        return t(field.choice_key(str(given)), words.language)
    return words.day(given) if field.kind == "date" else str(given)


def row(field: Field, given: Any, words: Voice) -> str:
    """Returns one row of a list in a line."""
    if given is None:
        return ""
    if isinstance(given, Reference):
        return f"{given.label}: {given.text}"
    return _ROWS[field.name](given, words)


def _party(given: Mapping[str, Any], words: Voice) -> str:
    return f"{given['name']} ({given['group']})" if given.get("group") else str(given.get("name") or "")


def _contribution(given: Mapping[str, Any], words: Voice) -> str:
    parts = (given.get("what"), given.get("how_much"), _by(given, words), given.get("contact"))
    return f"{given.get('party') or ''}: {_listed(parts)}"


def _mandate(given: Mapping[str, Any], words: Voice) -> str:
    kind = t(f"choice.kind.{given['kind']}", words.language) if given.get("kind") else ""
    asked = " ".join(part for part in (kind, given.get("ask_whom")) if part)
    return f"{given.get('party') or ''}: {_listed((asked, _by(given, words)))}"


def _by(given: Mapping[str, Any], words: Voice) -> str:
    return t("history.row.by", words.language, day=words.day(given["by_when"])) if given.get("by_when") else ""


def _listed(parts: Iterable[str | None]) -> str:
    return ", ".join(part for part in parts if part)


_ROWS = {"parties": _party, "contributions": _contribution, "mandates": _mandate}


def marked(name: str, before: str, now: str) -> Changed:
    """Returns the two texts as runs: removed words are marked in the first, added words in the second."""
    parts = difference(before, now)
    return Changed(name, _runs(parts, "removed"), _runs(parts, "added"))


def _runs(parts: Iterable[Part], kind: str) -> tuple[Run, ...]:
    """Returns the runs of one of the two texts; the spaces around a change are not marked."""
    runs: list[Run] = []
    for part in parts:
        if part.kind == "same":
            runs.append(Run(part.text))
        elif part.kind == kind:
            words = part.text.strip()
            start = part.text.index(words) if words else len(part.text)
            runs += [Run(part.text[:start]), Run(words, kind if words else "same"), Run(part.text[start + len(words) :])]
    return tuple(run for run in runs if run.text)
