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
from sqlalchemy import func, select, update

from workshop import identity, secrecy
from workshop.clock import day_of
from workshop.commands.follow_up.arguments import On
from workshop.commands.follow_up.contacts import forget
from workshop.commands.follow_up.finding import item_of, link_of, newest_handover
from workshop.commands.follow_up.telling import told, words_hash
from workshop.door.arguments import Args, NoArgs, Secret, Words
from workshop.door.context import Context
from workshop.door.registry import FACILITATORS, Result, command
from workshop.extensions import db
from workshop.identity import FACILITATOR, ORGANISER, RECEIVER, STEWARD, Actor
from workshop.models import FollowUpLink, ReceiverAnswer, Token, Workshop
from workshop.models.reviews import follow_up_ends, is_over
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


class PassOn(Args):
    """`link`: whose work is passed on, for an organiser; a steward passes on the own."""

    to_name: Annotated[str, Words("follow_up.name", needed=True)]
    words: Annotated[str, Words("follow_up.words")] = ""
    address: Address = ""
    link: Annotated[str | None, Secret()] = None


class RefuseWork(Args):
    words: Annotated[str, Words("follow_up.words")] = ""


def _new_token(actor: Actor, command_id: str) -> dict[str, str]:
    """Returns the token of the link that a command makes: the same for the same command."""
    return {"link": secrecy.derived_link(identity.secret(), f"{actor.pseudonym}:{command_id}")}


@command("make_link", MakeLink, FACILITATORS, while_closed=True, while_draft=False, secret_result=_new_token)
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
    if is_over(context.workshop, day_of(context.now())):
        raise Refused("closed", "link", over=follow_up_ends(context.workshop).isoformat())
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
    """End a link and every device it let in, at once. The name and the address that were given for it are erased. Raises
    `not_found`, and `already`."""
    row = _named(context, args.link)
    token = db.session.get_one(Token, row.token_id)
    if token.ended_at is not None:
        raise Refused("already", "link")
    token.ended_at = context.now()
    forget(context, row)
    return None


def _named(context: Context, link: str) -> FollowUpLink:
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


@command(
    "pass_on", PassOn, (STEWARD, ORGANISER, FACILITATOR), while_closed=True, while_draft=False, secret_result=_new_token
)
def pass_on(context: Context, args: PassOn) -> Result:
    """Offer the work of a steward to a successor. Returns `{link}`, the successor's; the work is theirs once they accept
    it. An organiser passes on for an owner who is gone."""
    if context.actor.role == STEWARD:
        mine = link_of(context)
    elif args.link is None:
        raise Refused("empty", "link")
    else:
        mine = _named(context, args.link)
    if mine.role != STEWARD:
        raise Refused("not_found", "link")
    if mine.state != "active":
        raise Refused("not_open", "link", state=mine.state)
    _refuse_too_many_offers(mine)
    row = issue_link(
        context,
        STEWARD,
        context.secret["link"],
        on=mine.on,
        party=mine.party,
        name=args.to_name,
        address=args.address,
        words=args.words,
        state="offered",
        follows_id=mine.token_id,
    )
    facts = {"id": row.token_id, "on": mine.on, "words": words_hash(party=mine.party, words=args.words)}
    context.proof["passed_on"] = told(context, "passed_on", facts)
    return {"id": f"link:{row.token_id}"}


def _refuse_too_many_offers(mine: FollowUpLink) -> None:
    """Raises `too_many` where the work was offered too often: the links of a workshop are limited for all of them together, and
    each offer is a mail to an address that its owner has not given."""
    offers = select(func.count()).where(
        FollowUpLink.workshop_id == mine.workshop_id,
        FollowUpLink.on == mine.on,
        FollowUpLink.party == mine.party,
        FollowUpLink.follows_id.is_not(None),
    )
    if (db.session.scalar(offers) or 0) >= limits.PASSED_ON:
        raise Refused("too_many", "to_name", limit=limits.PASSED_ON)


@command("accept_work", NoArgs, (STEWARD,), while_closed=True, while_draft=False)
def accept_work(context: Context, args: NoArgs) -> Result:
    """Take over what was passed on; the link of who had it ends. Raises `already` for work that is one's own."""
    row = _offered(context)
    row.state = "active"
    before = db.session.get(Token, row.follows_id) if row.follows_id else None
    if before is not None and before.ended_at is None:
        before.ended_at = context.now()
        forget(context, db.session.get_one(FollowUpLink, before.id))
    context.proof["work_accepted"] = told(context, "work_accepted", {"id": row.token_id, "on": row.on})
    return None


@command("refuse_work", RefuseWork, (STEWARD,), while_closed=True, while_draft=False)
def refuse_work(context: Context, args: RefuseWork) -> Result:
    """Say no to what was passed on: it stays with who had it, and this link ends."""
    row = _offered(context)
    row.state = "refused"
    row.words = args.words or row.words
    db.session.get_one(Token, row.token_id).ended_at = context.now()
    facts = {"id": row.token_id, "on": row.on, "words": words_hash(party=row.party, words=row.words)}
    context.proof["work_refused"] = told(context, "work_refused", facts)
    forget(context, row)
    return None


def _offered(context: Context) -> FollowUpLink:
    row = link_of(context)
    if row.state != "offered":
        raise Refused("already", "link")
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
        db.session.get_one(Token, row.token_id).ended_at = context.now()
        forget(context, row)
        db.session.execute(
            update(ReceiverAnswer)
            .where(ReceiverAnswer.link_id == row.token_id, ReceiverAnswer.published_at.is_(None))
            .values(link_id=new.token_id)
        )
