"""Ballots: checking their settings and choices, and counting them (docs/rules.md section 4).

A ballot is always sent whole: casting again replaces what was cast before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeGuard, get_args

from workshop.rules.refusal import Refused

Method = Literal["approval", "dots", "positions"]
METHODS: tuple[str, ...] = get_args(Method)
POSITIONS: tuple[str, ...] = ("agree", "pass", "disagree")
WEIGHTS: tuple[str, ...] = ("one_person", "per_group")

MOST_APPROVALS = 7
DEFAULT_DOTS = 5
DEFAULT_DOTS_PER_OPTION = 3
HIGHEST_SETTING = 1000

Choice = int | str
Choices = Mapping[str, Choice]


@dataclass(frozen=True)
class BallotPaper:
    """One cast ballot without a name: the effective group it came from and what was chosen on it."""

    group: str
    choices: Choices

    def supports(self, option: str) -> bool:
        """Returns whether the ballot gives the option at least one approval or dot."""
        value = self.choices.get(option, 0)
        return isinstance(value, int) and value > 0

    def amount(self, option: str) -> int:
        """Returns the approvals (0 or 1) or dots on the option."""
        value = self.choices.get(option, 0)
        return value if isinstance(value, int) else 0


@dataclass(frozen=True)
class Positions:
    """Answers to one statement by one group. `seen` counts everybody who answered, pass included."""

    agree: int = 0
    passed: int = 0
    disagree: int = 0

    @property
    def seen(self) -> int:
        """Returns how many people have answered the statement."""
        return self.agree + self.passed + self.disagree


def max_approvals(n_options: int) -> int:
    """Returns how many options one person may approve unless the ballot says otherwise: seven, or a quarter of the options
    if that is fewer, but at least one."""
    return min(MOST_APPROVALS, max(1, n_options // 4))


def checked_settings(method: str, settings: Mapping[str, object], n_options: int) -> dict[str, object]:
    """Returns all settings of a ballot, defaults filled in, as they are frozen and printed with the result.

    Approval has `choices`, and `seats` and `weights` where a shortlist is wanted; dots has `dots` and `per_option`, and the
    same two; positions has none. Raises `Refused("malformed", "settings.NAME")`.
    """
    if method not in METHODS:
        raise Refused("malformed", "method", known=list(METHODS))
    known = {
        "approval": {"choices", "seats", "weights"},
        "dots": {"dots", "per_option", "seats", "weights"},
        "positions": set(),
    }
    for name in settings:
        if name not in known[method]:
            raise Refused("malformed", f"settings.{name}")
    checked: dict[str, object] = {}
    if method == "approval":
        checked["choices"] = _whole_number(settings, "choices", max_approvals(n_options))
    if method == "dots":
        dots = checked["dots"] = _whole_number(settings, "dots", DEFAULT_DOTS)
        checked["per_option"] = min(dots, _whole_number(settings, "per_option", DEFAULT_DOTS_PER_OPTION))
    if "seats" in settings:
        checked["seats"] = _whole_number(settings, "seats", 1)
    if method != "positions":
        checked["weights"] = _weights(settings.get("weights", "one_person"))
    return checked


def _whole_number(settings: Mapping[str, object], name: str, default: int) -> int:
    value = settings.get(name, default)
    if not _is_whole(value) or not 1 <= value <= HIGHEST_SETTING:
        raise Refused("malformed", f"settings.{name}", lowest=1, highest=HIGHEST_SETTING)
    return value


def _weights(value: object) -> object:
    """Returns the weights: `one_person`, `per_group`, or whole numbers by effective group key. Raises `Refused`."""
    if isinstance(value, str) and value in WEIGHTS:
        return value
    if isinstance(value, Mapping) and value and all(_is_whole(weight) and weight > 0 for weight in value.values()):
        return dict(value)
    raise Refused("malformed", "settings.weights", known=list(WEIGHTS))


def _is_whole(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def checked_choices(
    method: str, settings: Mapping[str, object], options: Collection[str], choices: Mapping[str, object]
) -> dict[str, Choice]:
    """Returns the choices as they are stored: only the options chosen, in the order of their ids.

    Raises `Refused`: `unknown_option` (fact `option`), `malformed` for a value the method does not know,
    `over_budget` (facts `limit`, `given`) for too many approvals, too many dots, or too many dots on one
    option.
    """
    for option in choices:
        if option not in options:
            raise Refused("unknown_option", "choices", option=option)
    if method == "positions":
        return _checked_positions(choices)
    kept: dict[str, Choice] = {}
    given = 0
    per_option = 1 if method == "approval" else _setting(settings, "per_option")
    for option, value in sorted(choices.items()):
        if not _is_whole(value) or value < 0 or (method == "approval" and value > 1):
            raise Refused("malformed", "choices", option=option)
        if value > per_option:
            raise Refused("over_budget", "choices", option=option, limit=per_option, given=value)
        if value:
            kept[option] = value
            given += value
    limit = _setting(settings, "choices" if method == "approval" else "dots")
    if given > limit:
        raise Refused("over_budget", "choices", limit=limit, given=given)
    return kept


def _setting(settings: Mapping[str, object], name: str) -> int:
    value = settings[name]
    if not _is_whole(value):
        raise ValueError(f"the ballot was opened without checked settings: {name}")
    return value


def _checked_positions(choices: Mapping[str, object]) -> dict[str, Choice]:
    kept: dict[str, Choice] = {}
    for option, value in sorted(choices.items()):
        if not isinstance(value, str) or value not in POSITIONS:
            raise Refused("malformed", "choices", option=option)
        kept[option] = value
    return kept


def is_empty(choices: Choices) -> bool:
    """Returns whether nothing is chosen. An empty ballot counts as not cast."""
    return not any(isinstance(value, str) or value for value in choices.values())


def ballots_by_group(papers: Iterable[BallotPaper]) -> dict[str, int]:
    """Returns the number of these ballots per effective group."""
    cast: dict[str, int] = {}
    for paper in papers:
        cast[paper.group] = cast.get(paper.group, 0) + 1
    return cast


def tally(options: Iterable[str], papers: Sequence[BallotPaper], groups: Iterable[str]) -> dict[str, dict[str, int]]:
    """Returns the approvals or dots as `{option: {group: n}}`, with 0 where a group gave none."""
    counts = {option: dict.fromkeys(groups, 0) for option in options}
    for paper in papers:
        for option in paper.choices:
            counts[option][paper.group] += paper.amount(option)
    return counts


def tally_positions(
    options: Iterable[str], papers: Sequence[BallotPaper], groups: Iterable[str]
) -> dict[str, dict[str, Positions]]:
    """Returns the answers per statement and group as `{option: {group: Positions}}`."""
    counts = {option: {group: dict.fromkeys(POSITIONS, 0) for group in groups} for option in options}
    for paper in papers:
        for option, value in paper.choices.items():
            counts[option][paper.group][str(value)] += 1
    return {
        option: {group: Positions(n["agree"], n["pass"], n["disagree"]) for group, n in by_group.items()}
        for option, by_group in counts.items()
    }
