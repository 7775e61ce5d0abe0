"""The measure "kept": the verdicts of those who were in the room, at a look-back. Each look-back is a vote of its own, and the
newest closed one is shown."""

from __future__ import annotations

from dataclasses import dataclass

from workshop.export.promises.answered import Said
from workshop.export.promises.told import Record, Told
from workshop.rules.groups import split_key

VERDICTS = ("kept", "partly", "not_kept", "cannot_say")


@dataclass(frozen=True)
class Group:
    """The name of an effective group and its drawn marks."""

    name: str
    marks: tuple[int, ...]


@dataclass(frozen=True)
class Kept:
    """The verdict on an item as a sentence and in short, the counts of each group where every group has enough cards, and what
    people wrote, with their group where that may be shown."""

    heading: str
    short: str
    groups: tuple[tuple[Group, str], ...] = ()
    note: str = ""
    words: tuple[Said, ...] = ()


def kept(item: Record, told: Told) -> Kept:
    """Returns the verdict on an item of the newest closed look-back; without one, whether the cards are asked now."""
    found = item["kept"]
    if found is None:
        asked = _asked_now(item, told)
        return Kept(asked or told.say("kept.none"), asked or told.say("kept.none.short"))
    groups = tuple((group(key, told), counted(counts, told)) for key, counts in (found["by_group"] or {}).items())
    said = tuple(
        Said(group(one["group"], told).name if one["group"] else "", one["words"]) for one in found.get("words", ())
    )
    note = "" if groups else told.say("kept.counts_from", n=found.get("counts_from", 10))
    return Kept(heading(found, told), short(found, told), groups, note, said)


def _asked_now(item: Record, told: Told) -> str:
    """Returns until when the cards answer about an item in a look-back that is open; an empty text where there is none."""
    for one in told.status["look_backs"]:
        if one["state"] == "open" and item["id"] in one["on"]:
            return told.say("kept.asked", day=told.day(told.last_day(one)))
    return ""


def heading(found: Record, told: Told) -> str:
    """Returns the verdict as a sentence: "33 af 42 kort har svaret: 17 holdt, 11 delvist, 5 ikke holdt"; without counts only
    how many answered."""
    said = told.say("kept.turnout", n=found["cards"], judged=found["judged"])
    return f"{said}: {counted(found['counts'], told)}" if found["counts"] else said


def short(found: Record, told: Told) -> str:
    """Returns the verdict in short: "17 af 33 kort siger holdt"; without counts how many answered."""
    if found["counts"]:
        return told.say("kept.short", n=found["judged"], kept=found["counts"]["kept"])
    return heading(found, told)


def counted(counts: Record, told: Told) -> str:
    """Returns the verdicts that were given, in order: "17 holdt, 11 delvist"."""
    return ", ".join(told.say(f"verdict.{key}", n=counts[key]) for key in VERDICTS if counts[key])


def group(key: str, told: Told) -> Group:
    """Returns an effective group by its key, with the names of its groups."""
    by_key = {one: presence for presence in told.outcome.room.groups for one in presence.keys}
    found = dict.fromkeys(by_key[one].name if one in by_key else one for one in split_key(key))
    marks = dict.fromkeys(mark for one in split_key(key) if one in by_key for mark in by_key[one].marks)
    return Group(" + ".join(found), tuple(marks))
