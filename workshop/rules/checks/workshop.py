"""The checks of a workshop, W01 to W03 (docs/rules.md section 2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from workshop.rules.checks.found import Check, Values, date_of, text_of


@dataclass(frozen=True)
class GroupCount:
    """One group now: how many checked in, and how many of them are active (seen in the last thirty minutes, or seats marked
    present)."""

    key: str
    checked_in: int
    active: int
    required: bool = False


def check_groups(groups: Iterable[GroupCount], privacy_minimum: int) -> list[Check]:
    """Returns the findings W01 and W02, for the facilitator before a vote opens; `about` is the key of the group.

    First all W01, then all W02, each in the order of the keys. W02 is never found for a group without people.
    """
    ordered = sorted(groups, key=lambda group: group.key)
    small = [
        Check("W01", "W", "groups", group.key) for group in ordered if group.required and group.checked_in < privacy_minimum
    ]
    falling_away = [Check("W02", "W", "groups", group.key) for group in ordered if 2 * group.active < group.checked_in]
    return small + falling_away


def check_closing(values: Values) -> list[Check]:
    """Returns the finding W03, which blocks closing the workshop: no receiving body, or no date for its answer."""
    if not text_of(values, "receiving_body"):
        return [Check("W03", "B", "receiving_body")]
    if date_of(values, "response_due") is None:
        return [Check("W03", "B", "response_due")]
    return []
