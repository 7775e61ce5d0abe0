"""What every check stands on: one spelling per value, fingerprints, and the list of what holds and what does not."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

Json = dict[str, Any]


def canonical(value: Any) -> str:
    """JSON with one spelling per value: sorted keys, no spaces, text as it is."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def fingerprint(value: Any) -> str:
    """SHA-256 of the canonical JSON, as hex."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


class Report:
    """What was found, in order: `(kind, key, facts)`; kind is `holds`, `withheld` or `fault`."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, str, Json]] = []

    def holds(self, key: str, **facts: Any) -> None:
        self.lines.append(("holds", key, facts))

    def withheld(self, key: str, **facts: Any) -> None:
        self.lines.append(("withheld", key, facts))

    def fault(self, key: str, **facts: Any) -> None:
        self.lines.append(("fault", key, facts))

    @property
    def faults(self) -> int:
        return sum(kind == "fault" for kind, _, _ in self.lines)

    def expect(self, true: bool, key: str, **facts: Any) -> bool:
        """Note a fault unless `true`; answers it."""
        if not true:
            self.fault(key, **facts)
        return true

    @contextmanager
    def reading(self, what: str) -> Iterator[None]:
        """A part of the file that cannot be read as what it should be is a fault of its own."""
        try:
            yield
        except (KeyError, TypeError, ValueError, AttributeError, IndexError, ArithmeticError) as error:
            self.fault("malformed", what=what, why=f"{type(error).__name__}: {error}")


class Story:
    """What the journal's open part says happened, without what was undone."""

    def __init__(self, entries: list[Json]) -> None:
        self.whole = entries
        undone = {entry["proof"]["undone"] for entry in entries if "undone" in entry["proof"]}
        self.entries = [entry for entry in entries if entry["seq"] not in undone]

    def texts(self) -> list[Json]:
        """Returns every wording in the order it was made."""
        return [text for entry in self.entries for text in entry["proof"].get("texts", ())]

    def shown(self) -> dict[str, int]:
        """Returns the version of each text that the room was shown last: every one but drafts, and those drafts that were
        shown later. What a command showed before it was undone stays shown."""
        found: dict[str, int] = {}
        for entry in self.whole:
            texts = [text for text in entry["proof"].get("texts", ()) if not text.get("draft")]
            for text in (*entry["proof"].get("shown", ()), *texts):
                found[text["subject"]] = text["version"]
        return found

    def ids(self, noun: str, command: str) -> set[str]:
        """Returns the ids of the ballots or decisions a command was given for."""
        return {str(entry["proof"][noun]) for entry in self.entries if entry["name"] == command}

    def of(self, noun: str, command: str, record: str) -> Json | None:
        """Returns what the last such command on a record proved. A number may be used again after its record was undone."""
        found = [one for one in self.entries if one["name"] == command and one["proof"].get(noun) == record]
        return found[-1]["proof"] if found else None

    def taken_out(self, ballot: str) -> set[str]:
        """Options that were taken out of a ballot while it was open, because their authors were erased."""
        found = [one for entry in self.entries for one in entry["proof"].get("taken_out", ())]
        return {option for one in found if one["ballot"] == ballot for option in one["options"]}

    def ended(self) -> set[str]:
        """Decisions that ended because their text was changed."""
        return {record for entry in self.entries for record in entry["proof"].get("ended", ())}
