"""Ballots and decisions. Who voted and what was voted are in two tables without a link between them.

`Participation` says that a person has taken part. `BallotPaper` holds one whole choice under a key that can be made again
from the person's own code only (see `secrecy`), with no time, sequence number or row number. The exception is a person whose
group votes openly: their `NamedPaper` names them.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from workshop.extensions import Model
from workshop.models.base import Document, Listing, Moment, Stamped, workshop_key
from workshop.models.by_kind import by_record_id
from workshop.rules.openness import Openness


class VoteTerms(Stamped):
    """What ballots and decisions share: which groups vote by name, and in which effective groups votes are counted."""

    #: `Openness.as_record`, frozen at opening; empty for a vote from before votes could be open
    openness_record: Mapped[dict[str, Any]] = mapped_column("openness", Document, default=dict, server_default="{}")
    #: effective group of each declared group key, fixed at opening (docs/rules.md section 7)
    effective: Mapped[dict[str, Any]] = mapped_column(Document, default=dict)

    @property
    def openness(self) -> Openness:
        """Returns which groups vote by name."""
        return Openness.from_record(self.openness_record)

    @property
    def open_groups(self) -> list[str]:
        """Returns the effective groups that vote by name, sorted."""
        return self.openness.among(set(self.effective.values()))

    def _terms_of_openness(self) -> dict[str, Any]:
        if not self.openness_record:
            return {}
        return {"openness": dict(self.openness_record), "open_groups": self.open_groups}


class Ballot(VoteTerms, Model):
    """A vote on options: dots, approval, or positions."""

    __tablename__ = "ballot"
    kind = "ballot"

    workshop_id: Mapped[int] = workshop_key()
    step_id: Mapped[int | None] = mapped_column(ForeignKey("step.id", ondelete="SET NULL"))
    title: Mapped[str] = mapped_column(Text, default="")
    method: Mapped[str] = mapped_column(String(12))
    #: record ids of the options; their order has no meaning
    options: Mapped[list[Any]] = mapped_column(Listing, default=list)
    #: options that were removed while it was open, because their authors were erased
    dropped: Mapped[list[Any]] = mapped_column(Listing, default=list, server_default="[]")
    settings: Mapped[dict[str, Any]] = mapped_column(Document, default=dict)
    state: Mapped[str] = mapped_column(String(10), default="open")
    absent: Mapped[list[Any]] = mapped_column(Listing, default=list)
    privacy_minimum: Mapped[int] = mapped_column(default=5)
    #: eligible people per effective group, fixed at closing
    eligible: Mapped[dict[str, Any] | None] = mapped_column(Document)
    result: Mapped[dict[str, Any] | None] = mapped_column(Document)
    opened_at: Mapped[datetime] = mapped_column(Moment)
    ends_at: Mapped[datetime | None] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)

    __table_args__ = (
        CheckConstraint("state in ('open','closed','published')", name="state"),
        CheckConstraint("method in ('dots','approval','positions')", name="method"),
    )

    def terms(self) -> dict[str, Any]:
        """Returns the terms of the ballot, as the journal states them at opening and, with the eligible people, at
        closing."""
        return {
            "method": self.method,
            "options": list(self.options),
            "settings": dict(self.settings),
            "privacy_minimum": self.privacy_minimum,
            "effective": dict(self.effective),
            "absent": list(self.absent),
            "eligible": None if self.eligible is None else dict(self.eligible),
            **self._terms_of_openness(),
        }


class Decision(VoteTerms, Model):
    """A decision on one version of one goal or agreement (docs/rules.md section 6)."""

    __tablename__ = "decision"
    kind = "decision"

    workshop_id: Mapped[int] = workshop_key()
    step_id: Mapped[int | None] = mapped_column(ForeignKey("step.id", ondelete="SET NULL"))
    #: record id of the goal or agreement
    text_id: Mapped[str] = mapped_column("subject", String(40), index=True)
    text_version: Mapped[int] = mapped_column("subject_version")
    #: fingerprint of the text, for an agreement also of its goals (`rules.fingerprints.decided_hash`)
    text_hash: Mapped[str] = mapped_column(String(64))
    #: the goals an agreement served at opening, `{goal, version, text_hash}`; None for a goal, and for an agreement
    #: that was decided on before decisions were bound to goals
    goals: Mapped[list[Any] | None] = mapped_column(Listing)
    rules: Mapped[dict[str, Any]] = mapped_column(Document, default=dict)
    state: Mapped[str] = mapped_column(String(10), default="open")
    #: why it closed: "facilitator", "clock" or "text_changed"
    closed_because: Mapped[str | None] = mapped_column(String(20))
    absent: Mapped[list[Any]] = mapped_column(Listing, default=list)
    #: who takes part: those `present` when it opened, all who had `joined`, or those who hold `cards`
    electorate: Mapped[str] = mapped_column(String(10), default="present", server_default="present")
    #: eligible people per declared group, frozen at opening
    eligible: Mapped[dict[str, Any]] = mapped_column(Document, default=dict)
    privacy_minimum: Mapped[int] = mapped_column(default=5)
    result: Mapped[dict[str, Any] | None] = mapped_column(Document)
    opened_at: Mapped[datetime] = mapped_column(Moment)
    ends_at: Mapped[datetime | None] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)

    __table_args__ = (CheckConstraint("state in ('open','closed')", name="state"),)

    def terms(self) -> dict[str, Any]:
        """Returns the terms of the decision, as the journal states them at opening; they do not change."""
        return {
            "subject": self.text_id,
            "version": self.text_version,
            "text_hash": self.text_hash,
            **({} if self.goals is None else {"goals": [dict(goal) for goal in self.goals]}),
            "rules": dict(self.rules),
            "privacy_minimum": self.privacy_minimum,
            "effective": dict(self.effective),
            "absent": list(self.absent),
            "eligible": dict(self.eligible),
            **({} if self.electorate == "present" else {"electorate": self.electorate}),
            **self._terms_of_openness(),
        }


Vote = Ballot | Decision
VOTES: tuple[type[Ballot] | type[Decision], ...] = (Ballot, Decision)


def vote_by(vote_id: str) -> Vote | None:
    """Returns the ballot or decision with this record id; None where there is none, or the id is of another kind."""
    return by_record_id(vote_id, VOTES)


class Turnout(Stamped, Model):
    """How many have voted in an open vote, as a record of its own: it changes with each vote, so that the vote's own record,
    which can be long, need not. The row only has the stamp; the numbers are counted when the record is shown."""

    __tablename__ = "turnout"
    kind = "turnout"

    workshop_id: Mapped[int] = workshop_key()
    #: record id of the ballot or decision
    vote_id: Mapped[str] = mapped_column("subject", String(40), unique=True)


class Participation(Model):
    """A person who may take part in a vote (`voted` false) or has taken part (`voted` true); not what they voted.

    The primary key is the pair of vote and person, and the table has no row number, so that its order on the disk does not
    tell who voted when.
    """

    __tablename__ = "participation"

    vote_id: Mapped[str] = mapped_column("subject", String(40), primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True)
    workshop_id: Mapped[int] = workshop_key()
    #: effective group key, fixed when the vote opened
    group: Mapped[str] = mapped_column(Text)
    voted: Mapped[bool] = mapped_column(default=False)
    #: whether a helper cast the vote last, for somebody without a phone
    by_helper: Mapped[bool] = mapped_column(default=False, server_default=false())

    __table_args__ = (
        Index("ix_participation_subject_voted", "subject", "voted"),
        {"sqlite_with_rowid": False},
    )


class BallotPaper(Model):
    """One whole choice, under a key that is replaced by a random one when the vote closes.

    On SQLite the table is ordered by that key (`WITHOUT ROWID`), so that neither row number nor order tells who voted first.
    """

    __tablename__ = "paper"

    vote_id: Mapped[str] = mapped_column("subject", String(40), primary_key=True)
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    workshop_id: Mapped[int] = workshop_key()
    group: Mapped[str] = mapped_column(Text)
    content: Mapped[dict[str, Any]] = mapped_column(Document, default=dict)

    __table_args__ = ({"sqlite_with_rowid": False},)

    def as_sealed(self) -> dict[str, Any]:
        """Returns the paper of a closed vote as it is fingerprinted and, where that is allowed, published: its random key,
        the group, and what was chosen. The words with a stance are published separately and left out."""
        content = dict(self.content)
        chosen = {"stance": content["stance"]} if "stance" in content else {"choices": content}
        return {"key": self.key, "group": self.group, **chosen}


class NamedPaper(Model):
    """One whole choice of a person whose group votes openly, with the name they gave.

    Nobody is shown it before the vote has closed. Then it gets a `key` and two seals, salted digests of the name and of the
    words. The fingerprint covers the choice and the seals, so that name and words can be erased and the vote, then of an
    unnamed member, can still be checked.
    """

    __tablename__ = "named_paper"

    vote_id: Mapped[str] = mapped_column("subject", String(40), primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True)
    workshop_id: Mapped[int] = workshop_key()
    group: Mapped[str] = mapped_column(Text)
    #: the choices of a ballot, or the stance
    content: Mapped[dict[str, Any]] = mapped_column(Document, default=dict)
    #: the words with a stance
    reason: Mapped[str] = mapped_column(Text, default="")
    #: the name when the vote was cast; None = shown as an unnamed member of the group
    name: Mapped[str | None] = mapped_column(Text)
    #: the person asked that name and words stay when those are erased
    keep: Mapped[bool] = mapped_column(default=False)
    #: random, set at closing; named papers are fingerprinted in its order
    key: Mapped[str | None] = mapped_column(String(64))
    #: salted digests of name and words; each salt is deleted when what its digest covers is erased
    sealed_name: Mapped[str | None] = mapped_column(String(64))
    name_salt: Mapped[str | None] = mapped_column(String(32))
    sealed_reason: Mapped[str | None] = mapped_column(String(64))
    reason_salt: Mapped[str | None] = mapped_column(String(32))

    def as_sealed(self) -> dict[str, Any]:
        """Returns the paper as the journal fingerprints it, without the name and words, which can be erased."""
        chosen = {"stance": self.content["stance"]} if "stance" in self.content else {"choices": dict(self.content)}
        seals = {"sealed_name": self.sealed_name, "sealed_reason": self.sealed_reason}
        return {"key": self.key, "group": self.group, **chosen, **seals}
