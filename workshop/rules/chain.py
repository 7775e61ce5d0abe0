"""The journal as a hash chain: each entry's hash covers the entry and the hash before it
(docs/architecture.md).

Changing, dropping, swapping or renumbering an entry breaks every hash after it. Personal text is in the
journal only as a salted digest, so that erasing the text and its salt leaves the chain whole and the
digest meaningless.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

START = "0" * 64
"""The previous hash of the first entry."""


@dataclass(frozen=True)
class Verdict:
    """What a check of the chain found: how many entries are valid, the last valid hash, and the first fault if any.

    `fault` is None, or one of `hash` (the entry or its hash was changed, or an entry before it is missing
    or moved), `order` (its seq is not higher than the one before), `count`, `last_hash` (the end was cut off).
    `at` is the position of the fault, from 0.
    """

    entries: int
    last_hash: str
    fault: str | None = None
    at: int | None = None

    @property
    def holds(self) -> bool:
        """Returns whether no fault was found."""
        return self.fault is None


def canonical(value: object) -> str:
    """Returns JSON with one spelling per value: sorted keys, no spaces, text not escaped. Raises `ValueError` for NaN and
    infinity."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def fingerprint(value: object) -> str:
    """Returns the SHA-256 of the value's canonical JSON, as hex."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def link(previous: str, entry: Mapping[str, object]) -> str:
    """Returns the hash of `entry` after the hash `previous`: SHA-256 of the previous hash, a line break and the entry, as
    hex.

    A key `hash` in the entry is left out, so that a stored entry can be given as it is.
    """
    body = {key: value for key, value in entry.items() if key != "hash"}
    return hashlib.sha256(f"{previous}\n{canonical(body)}".encode()).hexdigest()


def verify(entries: Iterable[Mapping[str, object]], *, count: int | None = None, last_hash: str | None = None) -> Verdict:
    """Returns the verdict on a chain, checked from its first entry on. Each entry has its own `hash` and may have an integer
    `seq`.

    The chain alone cannot show that its end was cut off; the printed `count` and `last_hash` can.
    """
    previous, seq, done = START, None, 0
    for place, entry in enumerate(entries):
        number = entry.get("seq")
        if isinstance(number, int) and seq is not None and number <= seq:
            return Verdict(done, previous, "order", place)
        if link(previous, entry) != entry.get("hash"):
            return Verdict(done, previous, "hash", place)
        previous, seq, done = str(entry["hash"]), number if isinstance(number, int) else seq, done + 1
    if count is not None and count != done:
        return Verdict(done, previous, "count", done)
    if last_hash is not None and last_hash != previous:
        return Verdict(done, previous, "last_hash", done)
    return Verdict(done, previous)


def digest(text: str, salt: bytes) -> str:
    """Returns a fingerprint of personal text that says nothing without its salt: HMAC-SHA-256 of the NFC text, as hex.

    Raises `ValueError` for a salt under 16 bytes: a short text could then be guessed.
    """
    if len(salt) < 16:
        raise ValueError("a salt has at least 16 bytes")
    return hmac.new(salt, unicodedata.normalize("NFC", text).encode(), hashlib.sha256).hexdigest()
