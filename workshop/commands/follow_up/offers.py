"""Work is passed on: offered to a successor, who accepts or refuses it. An offer is valid as long as the link that made it."""

from __future__ import annotations

from typing import Annotated

from sqlalchemy import func, select

from workshop.commands.follow_up.finding import check_owner, link_of
from workshop.commands.follow_up.links import Address, end, is_valid, issue_link, named, new_token
from workshop.commands.follow_up.telling import told, words_hash
from workshop.door.arguments import Args, NoArgs, Secret, Words
from workshop.door.context import Context
from workshop.door.registry import Result, command
from workshop.extensions import db
from workshop.identity import FACILITATOR, ORGANISER, STEWARD
from workshop.models import FollowUpLink
from workshop.rules import limits
from workshop.rules.refusal import Refused


class PassOn(Args):
    """`link`: whose work is passed on, for an organiser; a steward passes on the own."""

    to_name: Annotated[str, Words("follow_up.name", needed=True)]
    words: Annotated[str, Words("follow_up.words")] = ""
    address: Address = ""
    link: Annotated[str | None, Secret()] = None


class RefuseWork(Args):
    words: Annotated[str, Words("follow_up.words")] = ""


@command("pass_on", PassOn, (STEWARD, ORGANISER, FACILITATOR), while_closed=True, while_draft=False, secret_result=new_token)
def pass_on(context: Context, args: PassOn) -> Result:
    """Offer the work of a steward to a successor. Returns `{link}`, the successor's; the work is theirs once they accept
    it. An organiser passes on for an owner who is gone. Raises `ended` for a link that is no longer valid."""
    if context.actor.role == STEWARD:
        mine = link_of(context)
    elif args.link is None:
        raise Refused("empty", "link")
    else:
        mine = named(context, args.link)
    if mine.role != STEWARD:
        raise Refused("not_found", "link")
    if mine.state != "active":
        raise Refused("not_open", "link", state=mine.state)
    if not is_valid(mine):
        raise Refused("ended", "link")
    check_owner(context, mine)
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
    """Take over what was passed on; the link of who had it ends, and so does every other offer of it. Raises `already` for
    work that is one's own, `ended` where who offered it has no link any more."""
    row = _offered(context)
    before = db.session.get(FollowUpLink, row.follows_id) if row.follows_id else None
    if before is None or before.state != "active" or not is_valid(before):
        raise Refused("ended", "link")
    check_owner(context, row)
    row.state = "active"
    db.session.flush()
    end(context, before)
    context.proof["work_accepted"] = told(context, "work_accepted", {"id": row.token_id, "on": row.on})
    return None


@command("refuse_work", RefuseWork, (STEWARD,), while_closed=True, while_draft=False)
def refuse_work(context: Context, args: RefuseWork) -> Result:
    """Say no to what was passed on: it stays with who had it, and this link ends."""
    row = _offered(context)
    row.state = "refused"
    row.words = args.words or row.words
    facts = {"id": row.token_id, "on": row.on, "words": words_hash(party=row.party, words=row.words)}
    context.proof["work_refused"] = told(context, "work_refused", facts)
    end(context, row)
    return None


def _offered(context: Context) -> FollowUpLink:
    row = link_of(context)
    if row.state != "offered":
        raise Refused("already", "link")
    return row
