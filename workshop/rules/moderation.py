"""The moderation log: what was hidden, when, for which reason, by which role, and whether it was shown again.

It is computed from the entries of the journal, so that it always agrees with what was done.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from workshop.rules.record_ids import RecordId

#: the journal's names of hiding and showing, and the argument that names the record
HIDES = {"hide_idea": "idea", "hide_comment": "comment"}
SHOWS = {"show_idea": "idea", "show_comment": "comment"}


@dataclass(frozen=True)
class Act:
    """One entry of the journal that hid, showed or undid. `undone` is the seq of the entry that an undo reverts."""

    seq: int
    at: datetime
    role: str
    name: str
    record: str | None = None
    undone: int | None = None


@dataclass(frozen=True)
class Hidden:
    """One hiding. `shown_at` is when it was shown again; `undone` says that the hiding was reverted by *undo*."""

    seq: int
    record: str
    at: datetime
    role: str
    reason: str | None
    shown_at: datetime | None = None
    shown_by: str | None = None
    undone: bool = False


def log(acts: Iterable[Act], reasons: Mapping[int, str]) -> list[Hidden]:
    """Returns every hiding in the order it was done. `reasons` are by the seq of the hiding; a missing one becomes None.

    Showing a private idea for the first time is not in the log, nor is a showing that was undone.
    """
    acts = sorted(acts, key=lambda act: act.seq)
    undone = {act.undone: act for act in acts if act.undone is not None}
    found: dict[int, Hidden] = {}
    standing: dict[str, int] = {}
    for act in acts:
        if act.record is None:
            continue
        if act.name in HIDES:
            hidden = Hidden(act.seq, act.record, act.at, act.role, reasons.get(act.seq))
            back = undone.get(act.seq)
            if back is not None:
                hidden = replace(hidden, shown_at=back.at, shown_by=back.role, undone=True)
            else:
                standing[act.record] = act.seq
            found[act.seq] = hidden
        elif act.seq not in undone and act.record in standing:
            seq = standing.pop(act.record)
            found[seq] = replace(found[seq], shown_at=act.at, shown_by=act.role)
    return list(found.values())


def counts(entries: Iterable[Hidden]) -> dict[str, int]:
    """Returns how many ideas and comments were hidden, each counted once, without hidings that were undone; and how many of
    them are hidden now (`hidden_now`) or were shown again (`shown_again`)."""
    last = {entry.record: entry for entry in entries if not entry.undone}
    kinds = Counter(RecordId.parse(record).kind for record in last)
    now_hidden = sum(entry.shown_at is None for entry in last.values())
    return {
        "ideas": kinds["idea"],
        "comments": kinds["comment"],
        "hidden_now": now_hidden,
        "shown_again": len(last) - now_hidden,
    }
