"""The real session in tests/data/london-youth-policing as plain data (its README says what is in it)."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "data" / "london-youth-policing"
POSITIONS = {"1": "agree", "0": "pass", "-1": "disagree"}
MODERATOR = "0"
LARGEST = "group_1"


@dataclass(frozen=True)
class Statement:
    """A statement: its number, its author's (`MODERATOR` or a participant), and whether the room saw it."""

    number: str
    author: str
    text: str
    posted_ms: int
    shown: bool


@dataclass(frozen=True)
class Vote:
    """One recorded vote: when (ms), who, on which statement, and the position taken."""

    at_ms: int
    voter: str
    statement: str
    position: str


@dataclass(frozen=True)
class Session:
    """The whole session. `final` has a position for every cell that is filled in `participants-votes.csv`."""

    question: str
    statements: tuple[Statement, ...]
    votes: tuple[Vote, ...]
    groups: dict[str, str]
    without_group: tuple[str, ...]
    final: dict[tuple[str, str], str]

    @property
    def shown(self) -> tuple[Statement, ...]:
        """The 36 statements that people voted on."""
        return tuple(statement for statement in self.statements if statement.shown)

    @property
    def people(self) -> tuple[str, ...]:
        """The 26 participants."""
        return tuple(self.groups)

    @property
    def sizes(self) -> dict[str, int]:
        """How many people each declared group has."""
        return dict(sorted(Counter(self.groups.values()).items()))

    def counts(self, statement: str) -> dict[str, dict[str, int]]:
        """How many took each position on a statement, by group."""
        found = {group: dict.fromkeys(POSITIONS.values(), 0) for group in self.sizes}
        for person, group in self.groups.items():
            position = self.final.get((person, statement))
            if position is not None:
                found[group][position] += 1
        return found


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def by_age(session: Session) -> Session:
    """The same people in two groups of ten and more, by what they answered to statement 4: 20 to 25, or not."""
    young = {person for (person, statement), answer in session.final.items() if (statement, answer) == ("4", "agree")}
    groups = {person: "age_20_25" if person in young else "other_ages" for person in session.people}
    return replace(session, groups=groups)


@cache
def load() -> Session:
    """Read the session. Two participants have no `group-id`; they sit with the largest group, so that every
    person has declared one of the three."""
    people = list(_rows("participants-votes.csv"))
    with (FOLDER / "summary.csv").open(encoding="utf-8", newline="") as file:
        summary = {row[0]: row[1] for row in csv.reader(file) if len(row) > 1}
    statements = (
        Statement(
            row["comment-id"],
            row["author-id"],
            row["comment-body"],
            int(row["timestamp"]),
            row["moderated"] == "1",
        )
        for row in _rows("comments.csv")
    )
    votes = (
        Vote(int(row["timestamp"]), row["voter-id"], row["comment-id"], POSITIONS[row["vote"]]) for row in _rows("votes.csv")
    )
    return Session(
        question=summary["topic"],
        statements=tuple(sorted(statements, key=lambda statement: statement.posted_ms)),
        votes=tuple(sorted(votes, key=lambda vote: vote.at_ms)),
        groups={row["participant"]: f"group_{row['group-id'] or LARGEST[-1]}" for row in people},
        without_group=tuple(row["participant"] for row in people if not row["group-id"]),
        final={
            (row["participant"], column): POSITIONS[row[column]]
            for row in people
            for column in row
            if column.isdigit() and row[column]
        },
    )
