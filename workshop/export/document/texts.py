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
    """One field before and after: a text, a number, a list of references or of rows; None where it was empty. Groups are given
    by their names."""

    field: str
    old: Any
    new: Any


@dataclass(frozen=True)
class Revision:
    """One or more saved versions of a text that count as one change: its versions `first` to `last`, by which role, why, and
    what they changed. `cause`: editor, amendment or language; `confirmed_by` is the role that confirmed a correction of the
    language. `edition` is the number that people read; None where that is the version's own."""

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
    """A goal in its last version. `standing`: agreed, not_agreed or unfinished. `base_version`: the last version that changed
    more than the language."""

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
    """What one party contributes. `contact` is left out of public documents."""

    what: str
    how_much: str = ""
    by_when: str = ""
    contact: str = ""


@dataclass(frozen=True)
class Party:
    """A party to an agreement: its name, its group's name, its contributions, and whether it may decide itself (`mandate`) or
    must ask somebody first (`ask_whom`, `answer_by`)."""

    name: str
    group: str
    contributions: tuple[Contribution, ...] = ()
    mandate: str = ""
    ask_whom: str = ""
    answer_by: str = ""


@dataclass(frozen=True)
class Agreement:
    """An agreement in its last version. `standing`: agreed, intention, not_agreed or unfinished; `base_version` as in
    `Goal`."""

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
    """A person's stated commitment to a text. `name` is None for those who chose to be shown as a member of their group."""

    on: Reference
    standing: str
    name: str | None
    group: str | None
    words: str = ""


@dataclass(frozen=True)
class Remark:
    """A comment on an idea. `by_helper`: a helper wrote it for somebody without a phone."""

    sort: str
    text: str
    group: str | None = None
    by_helper: bool = False


@dataclass(frozen=True)
class Idea:
    """An idea and what became of it. `group` is given only where the group reaches the privacy minimum; for an idea that a
    helper wrote (`by_helper`), only where the group's seats do. `supports` is how many support it beside its author, given from
    the privacy minimum on. `source` is where an imported idea comes from; nobody in the room wrote it."""

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
