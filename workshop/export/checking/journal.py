"""The journal: each entry's fingerprint covers the entry and the fingerprint before it, so none can be changed, dropped,
moved or numbered anew without breaking every one after it."""

from __future__ import annotations

import hashlib
from typing import Any

from workshop.export.checking.ground import Json, Report, canonical

START = "0" * 64


def check_journal(proof: Json, report: Report, count: int | None = None, last_hash: str | None = None) -> None:
    """Follow the chain from the start to the printed count and last fingerprint.

    `count` and `last_hash` are what the reader has from elsewhere: the record, a PDF, a photo of the board.
    """
    journal: Json = proof["journal"]
    entries: list[Json] = journal["entries"]
    previous, seq = START, 0
    for place, entry in enumerate(entries, 1):
        if entry["workshop"] != proof["workshop"]:
            return report.fault("journal.workshop", place=place)
        if not _after(seq, entry["seq"]):
            return report.fault("journal.order", place=place)
        if link(previous, entry) != entry["hash"]:
            return report.fault("journal.hash", place=place, name=entry["name"])
        previous, seq = entry["hash"], entry["seq"]
    whole = report.expect(journal["count"] == len(entries), "journal.count", said=journal["count"], found=len(entries))
    whole &= report.expect(journal["last_hash"] == previous, "journal.last", found=previous)
    if count is not None:
        whole &= report.expect(count == len(entries), "journal.count", said=count, found=len(entries))
    if last_hash is not None:
        whole &= report.expect(last_hash.strip().lower() == previous, "journal.last", found=previous)
    started = bool(entries) and entries[0]["name"] == "create_workshop"
    whole &= report.expect(started, "journal.start")
    if started:
        whole &= report.expect(entries[0]["proof"]["lot_seed"] == proof["lot_seed"], "journal.seed")
    if whole:
        report.holds("journal", n=len(entries), hash=previous)
    return None


def link(previous: str, entry: Json) -> str:
    """SHA-256 of the fingerprint before, a line break, and the entry without its own fingerprint."""
    body = {key: value for key, value in entry.items() if key != "hash"}
    return hashlib.sha256(f"{previous}\n{canonical(body)}".encode()).hexdigest()


def _after(seq: int, number: Any) -> bool:
    return isinstance(number, int) and number > seq
