"""What people wrote together: goals, agreements, commitments, and the ideas they came from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workshop.export.document.figures import Reference


@dataclass(frozen=True)
class Check:
    """A quality check that is still open on a text (docs/rules.md section 2)."""

    code: str
    severity: str
    field: str | None = None


@dataclass(frozen=True)
class Change:
    """One field before and after: a text, a number, a list of references or of rows as they stood; None where nothing did.
    Groups are called by their names."""

    field: str
    old: Any
    new: Any


@dataclass(frozen=True)
class Revision:
    """What happened to a text in one go: its versions `first` to `last`, by which role, why, and what they changed. `cause`:
    editor, amendment or language; `confirmed_by` is the role of who confirmed a correction of the language. `edition` is the
    number that people read, None where there is only that of the versions."""

    first: int
    last: int
    at: datetime
    by_role: str
    cause: str
    reason: str
    confirmed_by: str | None
    changes: tuple[Change, ...]
    edition: int | None = None


@dataclass(frozen=True)
class Goal:
    """A goal in its last wording. `standing`: agreed, not_agreed or unfinished. `base_version`: the version whose words these
    are, but for corrections of the language."""

    id: str
    label: str
    standing: str
    version: int
    base_version: int
    title: str
    challenge: str = ""
    target_group: str = ""
    indicator: str = ""
    unit: str = ""
    data_source: str = ""
    baseline: str = ""
    baseline_date: str = ""
    target: str = ""
    direction: str = ""
    deadline: str = ""
    owner: str = ""
    contributors: str = ""
    decision_level: str = ""
    first_step: str = ""
    first_step_due: str = ""
    from_ideas: tuple[Reference, ...] = ()
    open_checks: tuple[Check, ...] = ()
    revisions: tuple[Revision, ...] = ()


@dataclass(frozen=True)
class Contribution:
    """What one party gives. `contact` is left out of public documents."""

    what: str
    how_much: str = ""
    by_when: str = ""
    contact: str = ""


@dataclass(frozen=True)
class Party:
    """One side of an agreement: its name, its group's name, what it gives, and how far its word binds."""

    name: str
    group: str
    contributions: tuple[Contribution, ...] = ()
    mandate: str = ""
    ask_whom: str = ""
    answer_by: str = ""


@dataclass(frozen=True)
class Agreement:
    """An agreement in its last wording. `standing`: agreed, intention, not_agreed or unfinished; `base_version` as of a
    goal."""

    id: str
    label: str
    standing: str
    version: int
    base_version: int
    kind: str
    purpose: str
    goals: tuple[Reference, ...] = ()
    parties: tuple[Party, ...] = ()
    decision_rule: str = ""
    ground_rules: str = ""
    disagreement: str = ""
    resources: str = ""
    openness: str = "public"
    review_date: str = ""
    end_date: str = ""
    exit_terms: str = ""
    notice_days: int | None = None
    dissent: tuple[str, ...] = ()
    what_we_try: str = ""
    how_we_will_know: str = ""
    stop_or_widen: str = ""
    open_checks: tuple[Check, ...] = ()
    revisions: tuple[Revision, ...] = ()


@dataclass(frozen=True)
class Commitment:
    """Where a person stands, by own choice. `name` is None for those who stand as a member of their group."""

    on: Reference
    standing: str
    name: str | None
    group: str | None
    words: str = ""


@dataclass(frozen=True)
class Remark:
    """A comment on an idea. `by_helper`: written by a helper, for somebody without a phone."""

    sort: str
    text: str
    group: str | None = None
    by_helper: bool = False


@dataclass(frozen=True)
class Idea:
    """An idea and what became of it. `group` only where the group reaches the privacy minimum, of what a helper wrote
    (`by_helper`) only where the group's seats do; `supports`, from that minimum on, is how many stand behind it beside its
    author. `source`: where it comes from, of an idea that was brought along and that nobody in the room wrote."""

    id: str
    label: str
    text: str
    why: str
    state: str
    group: str | None = None
    theme: str | None = None
    builds_on: Reference | None = None
    merged_into: Reference | None = None
    chosen: bool = False
    became: tuple[Reference, ...] = ()
    comments: tuple[Remark, ...] = ()
    by_helper: bool = False
    supports: int | None = None
    source: str | None = None
