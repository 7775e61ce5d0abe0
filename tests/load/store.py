"""The client's whole rule of docs/protocol.md, without a network: what a phone keeps and when it must ask."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Record = dict[str, Any]

APPLIED = "applied"
IGNORED = "ignored"
BEHIND = "behind"


class Store:
    """The records one connection holds. Records are whole and never changed in place: stores may share them.

    `epoch` names one life of the server's clock, `seq` is how far this store has read; both are None before
    the first sync. `mine` is the person's own state, with the clock it was true at in `mine_seq`.
    """

    def __init__(self) -> None:
        self.epoch: str | None = None
        self.seq: int | None = None
        self.records: dict[str, Record] = {}
        self.mine: dict[str, Any] = {}
        self.mine_seq = -1
        self.me: dict[str, Any] = {}
        self.heard: tuple[str | None, int] | None = None  # epoch and clock of the last delta not applied

    def since(self) -> dict[str, Any]:
        """The arguments of the next `sync`: from where this store is, or from nothing."""
        return {"since": self.seq or 0, "epoch": self.epoch}

    def take_delta(self, delta: Mapping[str, Any]) -> str:
        """Apply a pushed delta, ignore it when it is old, or answer BEHIND: then the client must `sync`.

        A delta that cannot be applied is remembered in `heard`: the sync that is already on its way may have
        been read before it, and no later delta may ever come to reveal the gap.
        """
        epoch, to = delta.get("epoch"), delta.get("to")
        if to is None or (self.seq is not None and epoch != self.epoch):
            self.forget()
        elif self.seq is not None and to <= self.seq:
            return IGNORED
        elif self.seq is not None and delta["from"] <= self.seq:
            self._apply(delta)
            return APPLIED
        self.heard = (epoch, to or 0)
        return BEHIND

    def take_sync(self, answer: Mapping[str, Any]) -> bool:
        """Apply the answer to a `sync`; True when the store is now up to date.

        False means: ask again at once, because the answer is older than a delta already heard of or does not
        start where this store is.
        """
        start, to, epoch = answer["from"], answer["to"], answer["epoch"]
        if epoch != self.epoch:
            self.forget()
            self.epoch, self.mine_seq = epoch, -1
        held = -1 if self.seq is None else self.seq
        if start > max(held, 0) or (start > 0 and self.seq is None):
            self.forget()
            return False
        if to > held:
            self._apply(answer)
        self.take_mine(to, answer.get("mine"))
        self.me = answer.get("me") or self.me
        return self.heard is None or self.heard[0] != epoch or (self.seq or 0) >= self.heard[1]

    def take_mine(self, seq: int, mine: Mapping[str, Any] | None) -> None:
        """Keep the person's own state if it is at least as new as the one held: the highest seq wins."""
        if mine is not None and seq >= self.mine_seq:
            self.mine, self.mine_seq = dict(mine), seq

    def forget(self) -> None:
        """Start again from nothing at the next sync; what is on the screen stays until its answer comes."""
        self.seq = None

    def of(self, kind: str) -> list[Record]:
        """Every record of one kind, in the order of their numbers."""
        found = [record for record in self.records.values() if record.get("kind") == kind]
        return sorted(found, key=lambda record: (len(record["id"]), record["id"]))

    def _apply(self, change: Mapping[str, Any]) -> None:
        if change["from"] == 0:
            self.records.clear()
        for record in change.get("put", ()):
            self.records[record["id"]] = record
        for record in change.get("put", ()):
            if record["kind"] == "turnout" and record["on"] in self.records:
                counts = {name: record[name] for name in ("turnout", "turnout_by_group")}
                self.records[record["on"]] = self.records[record["on"]] | counts
        for gone in change.get("gone", ()):
            self.records.pop(gone, None)
        self.seq = change["to"]
