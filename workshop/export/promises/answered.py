"""The receiver's answer to an item in words: its state, the reason, postponements, and earlier answers."""

from __future__ import annotations

from dataclasses import dataclass

from workshop.export.promises.told import Record, Told

OPEN = frozenset({"not_handed_over", "awaited", "postponed", "no_answer", "long_without"})


@dataclass(frozen=True)
class Said:
    """A text of somebody, with the program's sentence about it."""

    about: str
    words: str


@dataclass(frozen=True)
class Stamp:
    """An answer: who answers (`by`), the answer or its state (`word`), a note under it, and `short` for a table. `settled` is
    false as long as an answer is awaited. `reason` is the receiver's text; `notes` are about postponements and corrections;
    `earlier` are the previous answers."""

    by: str
    word: str
    note: str
    short: str
    settled: bool
    reason: str
    notes: tuple[Said, ...]
    earlier: tuple[Said, ...]


def stamp(item: Record, told: Told) -> Stamp:
    """Returns the present answer to an item."""
    answer = item["answer"]
    settled = answer["state"] not in OPEN
    word = _word(answer, told) if answer["answer"] else waiting(answer, told)
    note = told.say("answer.on", day=told.day_at(answer["at"])) if answer["answer"] else ""
    if answer["answer"] and not settled:
        note = waiting(answer, told)
    by = answer["by_body"] or answer["awaited_from"] or told.receiver
    return Stamp(
        by=told.say("answer.by", body=by),
        word=word,
        note=note,
        short=word if settled else waiting(answer, told),
        settled=settled,
        reason=answer["reason"] or "",
        notes=tuple(_notes(item, told)),
        earlier=tuple(
            Said(
                told.say("answer.was", answer=_word(one, told), body=one["by_body"], day=told.day_at(one["at"])),
                one["reason"],
            )
            for one in reversed(answer["earlier"])
        ),
    )


def waiting(answer: Record, told: Told) -> str:
    """Returns the sentence for an answer that has not been given: "Afventer svar senest 27. januar"."""
    if answer["state"] in ("awaited", "postponed") and answer["due"] < told.today.isoformat():
        # The day has passed, but an intention is never overdue, nor is an item that the organiser has corrected.
        return told.say("state.intention")
    return told.say(f"state.{answer['state']}", day=told.day(answer["due"]))


def _word(answer: Record, told: Told) -> str:
    """Returns what was answered: "Følger", "Senere, 1. januar 2029", "Hører til hos Region Fjord"."""
    key = answer["answer"]
    return told.say(f"answers.{key}", day=told.day(answer["date"]), body=answer["body"] or "")


def _notes(item: Record, told: Told) -> list[Said]:
    answer = item["answer"]
    found = [Said(told.say("answer.postponed", day=told.day(one["to"])), one["reason"]) for one in answer["postponed"]]
    if answer["corrected"]:
        corrected = answer["corrected"]
        found.append(Said(told.say("answer.corrected", day=told.day_at(corrected["at"])), corrected["reason"]))
    if answer["state"] in ("answered", "not_handed_over") or not answer["due"]:
        return found
    if answer["answer"]:
        found.append(Said(told.say("answer.clock", day=told.day(answer["due"])), ""))
    return found
