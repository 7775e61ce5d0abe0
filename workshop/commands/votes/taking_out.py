"""Removes ideas whose words were erased from open ballots: nobody can vote on an idea that cannot be read any more.

The option is removed from the ballot and from every paper in it; what was given to it can be used again. It is unknown
whose papers had it, so everybody's phone says so. Closed ballots stay as they were cast (docs/secrecy.md).
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from workshop.commands.ideas import ideas
from workshop.commands.votes import electorate, secret_papers
from workshop.door.context import Context
from workshop.extensions import db
from workshop.models import Ballot, BallotPaper, Idea, NamedPaper


def take_out(context: Context, erased: list[Idea]) -> None:
    """Removes these ideas from the open ballots, and splits off the ideas of others that were merged into them."""
    if not erased:
        return
    gone = {idea.record_id for idea in erased}
    for ballot in electorate.open_ballots(context):
        dropped = [option for option in ballot.options if option in gone]
        if dropped:
            _drop(context, ballot, dropped)
    _let_go(context, erased)


def _drop(context: Context, ballot: Ballot, dropped: list[str]) -> None:
    ballot.options = [option for option in ballot.options if option not in dropped]
    ballot.dropped = [*ballot.dropped, *dropped]
    tables: tuple[Any, ...] = (BallotPaper, NamedPaper)
    for table in tables:
        for paper in db.session.scalars(select(table).where(table.vote_id == ballot.record_id)):
            left = {option: choice for option, choice in paper.content.items() if option not in dropped}
            if left != paper.content:
                paper.content = left
    secret_papers.changed(context, ballot.record_id)
    context.touch(ballot)
    context.proof.setdefault("taken_out", []).append({"ballot": ballot.record_id, "options": dropped})


def _let_go(context: Context, erased: list[Idea]) -> None:
    """Splits off what others wrote from an idea that has no words now, unless a ballot was held on that idea: its votes
    belong to them too."""
    voted_on = ideas.on_ballots(context)
    numbers = [idea.id for idea in erased if idea.record_id not in voted_on]
    for child in db.session.scalars(select(Idea).where(Idea.merged_into_id.in_(numbers), Idea.state == "merged")):
        child.state, child.merged_into_id, child.merge_variant = "open", None, None
        context.touch(child)
        ideas.tell(context, child)
