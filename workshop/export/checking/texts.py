"""The texts of goals and agreements: checks that every version is there, under its own number, word for word."""

from __future__ import annotations

from workshop.export.checking.core import Json, Report, Story, fingerprint

#: fields whose change may be in a contact, which is not printed
MAY_DIFFER_UNSEEN = {"contributions"}


def check_texts(proof: Json, story: Story, report: Report) -> None:
    """Compares the printed versions with those of the journal, one by one and in order."""
    told = sorted(texts_of(story), key=_number_of)
    printed: list[Json] = proof["versions"]
    faults = report.faults
    report.expect(printed == sorted(printed, key=_number_of), "texts.order")
    names = {_number_of(text) for text in printed}
    for text in told:
        report.expect(_number_of(text) in names, "texts.missing", subject=text["subject"], version=text["version"])
    known = {_number_of(text): text for text in told}
    report.expect(len(known) == len(told) and len(names) == len(printed), "texts.twice")
    before: Json | None = None
    words: Json | None = None
    left_out = only_proposed(story.entries)
    for text in printed:
        _check_version(text, known.get(_number_of(text)), before, words, report)
        # The next version was made from the one in force, and not from one that was only proposed.
        words = words if (text["subject"], text["version"]) in left_out else text
        before = text
    hidden = sum(text["content"] is None for text in printed)
    if hidden:
        report.note("withheld", "texts.withheld", n=hidden)
    if report.faults == faults:
        report.note("holds", "texts", n=len(printed) - hidden)


def only_proposed(entries: list[Json]) -> set[tuple[str, int]]:
    """Returns the versions that were proposed by reopening an agreement and are not in force."""
    told = [text for entry in entries for text in entry["proof"].get("texts", ()) if text.get("proposed")]
    carried = [entry["proof"]["in_force"] for entry in entries if "in_force" in entry["proof"]]
    return {(one["subject"], one["version"]) for one in told} - {(one["subject"], one["version"]) for one in carried}


def texts_of(story: Story) -> list[Json]:
    """Returns every version of every text in the order in which they were made."""
    return [text for entry in story.entries for text in entry["proof"].get("texts", ())]


def _number_of(text: Json) -> tuple[str, int, int]:
    kind, _, number = text["subject"].partition(":")
    return kind, int(number), int(text["version"])


def _check_version(text: Json, told: Json | None, before: Json | None, words: Json | None, report: Report) -> None:
    facts = {"subject": text["subject"], "version": text["version"]}
    if told is None:
        return report.note("fault", "texts.unknown", **facts)
    first = before is None or before["subject"] != text["subject"]
    report.expect(text["version"] == (1 if first or before is None else before["version"] + 1), "texts.number", **facts)
    for name in ("text_hash", "changed", "cause"):
        report.expect(text[name] == told[name], "texts.told", field=name, **facts)
    confirmed = text.get("confirmed_by") == told.get("confirmed_by")
    report.expect(confirmed, "texts.told", field="confirmed_by", **facts)
    content = text["content"]
    if content is None:
        return None
    report.expect(fingerprint(content) == text["text_hash"], "texts.hash", **facts)
    if not first and words is not None and words["content"] is not None:
        report.expect(_as_said(words["content"], content, set(text["changed"])), "texts.changed", **facts)
    return None


def _as_said(old: Json, new: Json, changed: set[str]) -> bool:
    """Returns whether exactly the fields that are said to have changed differ."""
    differing = {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}
    return differing <= changed and changed - differing <= MAY_DIFFER_UNSEEN
