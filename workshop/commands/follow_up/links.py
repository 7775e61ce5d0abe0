"""The links of the time after the seminar: for who must answer, who reports, and who asks.

A link's token is told once, to who makes it; the organiser's page can show it again, because it is kept sealed with the
server's key as the room's links are. It is never in the journal.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Annotated, Any, Literal

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError
from sqlalchemy import select, update

from workshop import identity, secrecy
from workshop.clock import day_of
from workshop.commands.follow_up.arguments import On
from workshop.commands.follow_up.contacts import forget
from workshop.commands.follow_up.finding import check_not_over, item_of, newest_handover
from workshop.commands.follow_up.telling import told, words_hash
from workshop.door.arguments import Args, Secret, Words
from workshop.door.context import Context
from workshop.door.registry import FACILITATORS, Result, command
from workshop.extensions import db
from workshop.identity import RECEIVER, STEWARD, Actor
from workshop.models import FollowUpLink, ReceiverAnswer, Token, Workshop
from workshop.rules import limits
from workshop.rules.answers import due_for_another
from workshop.rules.mail_addresses import is_mail_address
from workshop.rules.refusal import Refused

_LINK_ID = re.compile(r"link:(\d{1,9})")


def _address(value: str) -> str:
    """Returns an address of e-mail that a letter can be sent to, or nothing."""
    if value and not is_mail_address(value):
        raise PydanticCustomError("not_a_mail_address", "not an address of e-mail")
    return value


Address = Annotated[str, Words("follow_up.address"), AfterValidator(_address)]


class MakeLink(Args):
    """`on` and `party` say what a steward reports on; `on` and `body` say which item was passed to another receiver.
    `address`: where reminders go."""

    role: Literal["receiver", "steward", "panel"]
    on: On | None = None
    party: Annotated[str, Words("follow_up.body")] = ""
    body: Annotated[str, Words("follow_up.body")] = ""
    name: Annotated[str, Words("follow_up.name")] = ""
    address: Address = ""


class EndLink(Args):
    """`link`: the token, or the id of a link as the organiser's page names it (`link:7`)."""

    link: Annotated[str, Secret()]


def new_token(actor: Actor, command_id: str) -> dict[str, str]:
    """Returns the token of the link that a command makes: the same for the same command."""
    return {"link": secrecy.derived_link(identity.secret(), f"{actor.pseudonym}:{command_id}")}


@command("make_link", MakeLink, FACILITATORS, while_closed=True, while_draft=False, secret_result=new_token)
def make_link(context: Context, args: MakeLink) -> Result:
    """Make a link for a receiver, a steward or a panel. Returns `{link}`, the token, which is told here only. Raises
    `not_found` for a party that the item does not name, `empty` for what such a link needs."""
    if args.role == STEWARD:
        _check_steward(context, args)
    elif args.role == RECEIVER and args.on is not None:
        item_of(context, args.on)
        if not args.body:
            raise Refused("empty", "body")
    elif args.on is not None:
        raise Refused("malformed", "on")
    row = issue_link(
        context,
        args.role,
        context.secret["link"],
        on=args.on,
        party=args.party if args.role == STEWARD else "",
        body=args.body if args.role == RECEIVER else "",
        name=args.name,
        address=args.address,
    )
    _tell_of_another_body(context, row)
    return {"id": f"link:{row.token_id}"}


def _check_steward(context: Context, args: MakeLink) -> None:
    if args.on is None:
        raise Refused("empty", "on")
    found = item_of(context, args.on)
    owners = [owner for owner in found.owners if owner]
    if args.party not in owners:
        raise Refused("not_found" if args.party else "empty", "party", parties=owners)


def issue_link(context: Context, role: str, token: str, **facts: Any) -> FollowUpLink:
    """Adds a link with this token. Raises `too_many`, and `closed` with the last day of a follow-up that is over."""
    check_not_over(context, "link")
    if len(list(alive(context.workshop))) >= limits.FOLLOW_UP_LINKS:
        raise Refused("too_many", "link", limit=limits.FOLLOW_UP_LINKS)
    row = identity.issue(token, role, workshop_id=context.workshop.id, is_link=True)
    link = FollowUpLink(token_id=row.id, workshop_id=context.workshop.id, role=role, created_at=context.now(), **facts)
    context.add(link)
    return link


def _tell_of_another_body(context: Context, row: FollowUpLink) -> None:
    """A body that an item was passed to gets a clock of its own: the day is in the open part of the journal."""
    if row.role != RECEIVER or row.on is None:
        return
    due = due_of_body(context.workshop, row)
    facts = {"id": row.token_id, "on": row.on, "due": due, "words": words_hash(body=row.body)}
    context.proof["passed_to"] = told(context, "passed_to", facts)


def due_of_body(workshop: Workshop, row: FollowUpLink) -> str | None:
    """Returns by when a body that an item was passed to must answer; None before the handover."""
    handed = newest_handover(workshop.id)
    if handed is None:
        return None
    return due_for_another(day_of(handed.at), handed.due, day_of(row.created_at)).isoformat()


@command("end_link", EndLink, FACILITATORS, while_closed=True, while_draft=False)
def end_link(context: Context, args: EndLink) -> Result:
    """End a link and every device it let in, at once, and with it the offers of its work that nobody has accepted. The name
    and the address that were given for it are erased. Raises `not_found`, and `already`."""
    row = named(context, args.link)
    if not is_valid(row):
        raise Refused("already", "link")
    end(context, row)
    return None


def is_valid(link: FollowUpLink) -> bool:
    """Returns whether a link still lets somebody in."""
    return db.session.get_one(Token, link.token_id).ended_at is None


def end(context: Context, row: FollowUpLink) -> None:
    """Ends a link and the offers of its work that nobody has accepted; erases the names and addresses given for them. An offer
    is worth as much as the link it was made by."""
    offers = select(FollowUpLink).where(FollowUpLink.follows_id == row.token_id, FollowUpLink.state == "offered")
    for one in (row, *db.session.scalars(offers).all()):
        token = db.session.get_one(Token, one.token_id)
        if token.ended_at is None:
            token.ended_at = context.now()
            forget(context, one)


def named(context: Context, link: str) -> FollowUpLink:
    """Returns the link with this id or token. Raises `Refused("not_found", "link")`."""
    by_id = _LINK_ID.fullmatch(link)
    if by_id:
        number = int(by_id[1])
    else:
        number = db.session.scalar(select(Token.id).where(Token.hash == identity.token_hash(link))) or 0
    row = db.session.get(FollowUpLink, number)
    if row is None or row.workshop_id != context.workshop.id:
        raise Refused("not_found", "link")
    return row


def alive(workshop: Workshop, role: str | None = None) -> Iterable[FollowUpLink]:
    """Returns the links that let somebody in, oldest first; with `role` those of one."""
    wanted = (
        select(FollowUpLink)
        .join(Token, Token.id == FollowUpLink.token_id)
        .where(FollowUpLink.workshop_id == workshop.id, Token.ended_at.is_(None))
        .order_by(FollowUpLink.token_id)
    )
    return db.session.scalars(wanted if role is None else wanted.where(FollowUpLink.role == role))


def replace_receiver(context: Context) -> None:
    """Makes a new link for the receiver of the whole result; the old ones and every device they let in end at once. The
    drafts go along: they are the body's."""
    before = [row for row in alive(context.workshop, RECEIVER) if row.on is None]
    new = issue_link(context, RECEIVER, secrecy.new_token(), body=context.workshop.receiving_body)
    for row in before:
        new.address = new.address or row.address
        end(context, row)
        db.session.execute(
            update(ReceiverAnswer)
            .where(ReceiverAnswer.link_id == row.token_id, ReceiverAnswer.published_at.is_(None))
            .values(link_id=new.token_id)
        )
