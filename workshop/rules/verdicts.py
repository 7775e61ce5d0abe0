"""The verdict of those who hold a follow-up card, and until when a card is valid (docs/rules.md section 11).

A look-back is a vote of its own: what is published of it follows the disclosure rules of section 7, once, at closing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from workshop.rules.dates import months_after
from workshop.rules.disclosure import counts_from, disclosure

VERDICTS: tuple[str, ...] = ("kept", "partly", "not_kept", "cannot_say")
"""What a card may say of an item."""
OPEN_FOR = timedelta(days=14)
"""How long a look-back that the clock opens is open, its first day included."""
WITHOUT_REVIEW = timedelta(days=365)
"""Where there is no day of review, how long after closing one is assumed."""


@dataclass(frozen=True)
class Verdict:
    """One card's verdict on one item: the effective group it speaks for, the verdict, its words."""

    group: str
    verdict: str
    words: str = ""


def published(given: Sequence[Verdict], cards: Mapping[str, int], privacy_minimum: int) -> dict[str, Any]:
    """Returns what is published of the verdicts on one item: `{cards, judged, counts, by_group, words, counts_from}`.

    `cards` is cards per effective group, of every group that could judge. `counts` is null under ten verdicts (twice the
    privacy minimum); `by_group` is empty unless every group has ten. `words` are in alphabetical order, without name, and
    with the group only where it has as many cards as the privacy minimum.
    """
    judged = Counter(one.group for one in given)
    shown = disclosure({group: judged[group] for group in cards}, (), privacy_minimum)
    return {
        "cards": sum(cards.values()),
        "judged": len(given),
        "counts": _counts(given) if shown.total else None,
        "by_group": {group: _counts(_of(group, given)) for group in sorted(shown.groups)} if shown.all_groups else {},
        "words": _words(given, cards, privacy_minimum),
        "counts_from": counts_from(privacy_minimum),
    }


def _of(group: str, given: Iterable[Verdict]) -> list[Verdict]:
    return [one for one in given if one.group == group]


def _counts(given: Iterable[Verdict]) -> dict[str, int]:
    found = Counter(one.verdict for one in given)
    return {verdict: found[verdict] for verdict in VERDICTS}


def _words(given: Iterable[Verdict], cards: Mapping[str, int], privacy_minimum: int) -> list[dict[str, Any]]:
    said = [(one.words, one.group if cards.get(one.group, 0) >= privacy_minimum else "") for one in given if one.words]
    return [{"words": words, "group": group or None} for words, group in sorted(said)]


def last_day(reviews: Iterable[date], closed: date) -> date:
    """Returns the last day on which a card is valid: one month after the last day of review."""
    return months_after(max([*reviews], default=closed + WITHOUT_REVIEW), 1)
