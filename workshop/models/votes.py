"""Ballots and decisions: who voted and what was voted stand in two tables that nothing links.

`Participation` says that a person has taken part. `BallotPaper` holds one whole choice under a key that only the person's
own code can make again (see `secrecy`), with no time, no sequence number and no row number of its own. The choice of
somebody whose group votes openly is the exception: a `NamedPaper` is tied to the person on purpose.
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
    """What ballots and decisions share: how they are held, secretly, or by name in the groups that were declared or have all
    agreed before the vote opened."""

    #: `Openness.as_record`, frozen at opening; empty for a vote from before votes could be open
    openness_record: Mapped[dict[str, Any]] = mapped_column("openness", Document, default=dict, server_default="{}")
    #: effective group of each declared group key, fixed at opening (docs/rules.md section 7)
    effective: Mapped[dict[str, Any]] = mapped_column(Document, default=dict)

    @property
    def openness(self) -> Openness:
        """Who votes openly in it."""
        return Openness.from_record(self.openness_record)

    @property
    def open_groups(self) -> list[str]:
        """The effective groups that vote by name."""
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
    #: record ids of the options, in no meaningful order
    options: Mapped[list[Any]] = mapped_column(Listing, default=list)
    #: options that were taken out while it was open, because their authors were erased
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
        """What the ballot is held by, as the journal states it at opening and, with who was eligible, at closing."""
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
    """A decision on one version of one goal or agreement, carried in every group or not."""

    __tablename__ = "decision"
    kind = "decision"

    workshop_id: Mapped[int] = workshop_key()
    step_id: Mapped[int | None] = mapped_column(ForeignKey("step.id", ondelete="SET NULL"))
    #: record id of the goal or agreement
    text_id: Mapped[str] = mapped_column("subject", String(40), index=True)
    text_version: Mapped[int] = mapped_column("subject_version")
    #: of the words, and for an agreement of its goals' words too (`rules.fingerprints.decided_hash`)
    text_hash: Mapped[str] = mapped_column(String(64))
    #: the goals an agreement served at opening, `{goal, version, text_hash}`; None for a goal, and for an agreement
    #: that was decided on before decisions were bound to goals
    goals: Mapped[list[Any] | None] = mapped_column(Listing)
    rules: Mapped[dict[str, Any]] = mapped_column(Document, default=dict)
    state: Mapped[str] = mapped_column(String(10), default="open")
    #: why it closed: "facilitator", "clock" or "text_changed"
    closed_because: Mapped[str | None] = mapped_column(String(20))
    absent: Mapped[list[Any]] = mapped_column(Listing, default=list)
    #: who takes part: those `present` when it opened, or all who had `joined`
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
        """What the decision is taken on and by, as the journal states it at opening; nothing of it changes."""
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
    """How many have voted in an open vote, as a record of its own: it moves with each vote, and the vote's own record,
    which can be long, stays. The numbers are counted when it is shown; here is only when they last moved."""

    __tablename__ = "turnout"
    kind = "turnout"

    workshop_id: Mapped[int] = workshop_key()
    #: record id of the ballot or decision
    vote_id: Mapped[str] = mapped_column("subject", String(40), unique=True)


class Participation(Model):
    """That a person may take part in a vote (`voted` false) or has (`voted` true). Never what.

    The primary key is the pair itself and the table keeps no row number, so that its order on disk says nothing.
    """

    __tablename__ = "participation"

    vote_id: Mapped[str] = mapped_column("subject", String(40), primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True)
    workshop_id: Mapped[int] = workshop_key()
    #: effective group key, fixed when the vote opened
    group: Mapped[str] = mapped_column(Text)
    voted: Mapped[bool] = mapped_column(default=False)
    #: whether a helper cast it last, for somebody without a phone
    by_helper: Mapped[bool] = mapped_column(default=False, server_default=false())

    __table_args__ = (
        Index("ix_participation_subject_voted", "subject", "voted"),
        {"sqlite_with_rowid": False},
    )


class BallotPaper(Model):
    """One whole choice, under a key that is replaced by a random one when the vote closes.

    On SQLite the table is ordered by that key (`WITHOUT ROWID`): neither row number nor order tells who came first.
    """

    __tablename__ = "paper"

    vote_id: Mapped[str] = mapped_column("subject", String(40), primary_key=True)
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    workshop_id: Mapped[int] = workshop_key()
    group: Mapped[str] = mapped_column(Text)
    content: Mapped[dict[str, Any]] = mapped_column(Document, default=dict)

    __table_args__ = ({"sqlite_with_rowid": False},)

    def as_sealed(self) -> dict[str, Any]:
        """The paper of a closed vote as it is fingerprinted and, where it may be, published: its random key, the group,
        what was chosen. The words with a stance are published by themselves and left out here."""
        content = dict(self.content)
        chosen = {"stance": content["stance"]} if "stance" in content else {"choices": content}
        return {"key": self.key, "group": self.group, **chosen}


class NamedPaper(Model):
    """One whole choice of a person whose group votes openly, with the name it was given under.

    Nobody is shown it before the vote has closed. Then it gets a `key` and seals: what is fingerprinted is the choice with
    a salted digest of the name and one of the words, so that each can be erased and the vote, as that of an unnamed
    member, still be checked.
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
    #: as it was said when the vote was cast; None = stands as an unnamed member of the group
    name: Mapped[str | None] = mapped_column(Text)
    #: the person asked that name and words stay when those are erased
    keep: Mapped[bool] = mapped_column(default=False)
    #: random, given at closing: the order in which named papers are fingerprinted
    key: Mapped[str | None] = mapped_column(String(64))
    #: salted digests of name and words, each with its salt for as long as what it covers is kept
    sealed_name: Mapped[str | None] = mapped_column(String(64))
    name_salt: Mapped[str | None] = mapped_column(String(32))
    sealed_reason: Mapped[str | None] = mapped_column(String(64))
    reason_salt: Mapped[str | None] = mapped_column(String(32))

    def as_sealed(self) -> dict[str, Any]:
        """The paper as the journal fingerprints it: without what can be erased."""
        chosen = {"stance": self.content["stance"]} if "stance" in self.content else {"choices": dict(self.content)}
        seals = {"sealed_name": self.sealed_name, "sealed_reason": self.sealed_reason}
        return {"key": self.key, "group": self.group, **chosen, **seals}
