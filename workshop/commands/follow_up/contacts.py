"""Names and addresses given for links: kept as long as the link is, erased with it.

Erased are the name, the address, what the outbox holds of the address, and the salts of the journal entries that named
them: their digests then reveal nothing, and the chain is still valid.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, select, update

from workshop import vacuum
from workshop.commands.follow_up.finding import link_of
from workshop.door.arguments import NoArgs
from workshop.door.context import Context
from workshop.door.registry import FOLLOWERS, Result, command
from workshop.extensions import db
from workshop.mail_keys import address_hash, plain
from workshop.models import FollowUpLink, Handover, JournalEntry, Outgoing, Subscription, Workshop
from workshop.rules.refusal import Refused

#: the commands in which a name or an address of somebody who has a link is given
_NAMING = ("make_link", "pass_on")


def has_contacts(workshop: Workshop) -> bool:
    """Returns whether a name or an address of the follow-up is still kept."""
    named = (FollowUpLink.workshop_id == workshop.id, (FollowUpLink.address != "") | (FollowUpLink.name != ""))
    if db.session.scalar(select(FollowUpLink.token_id).where(*named).limit(1)) is not None:
        return True
    here = select(Subscription.token_hash).where(Subscription.workshop_id == workshop.id)
    return db.session.scalar(here.limit(1)) is not None


@command("stop_reminders", NoArgs, FOLLOWERS, while_closed=True, while_draft=False)
def stop_reminders(context: Context, args: NoArgs) -> Result:
    """Stop the mails to the address of one's own link: it is erased there. The link goes on. Where the same address stands
    at other links it stays: who holds a link has not shown that the address is theirs (`web.public.subscribing` stops all,
    for whoever was sent the mail). Raises `already` where no address is kept."""
    mine = link_of(context)
    if not mine.address:
        raise Refused("already", "address")
    _erase(context, mine, name=False)
    return None


def forget(context: Context, link: FollowUpLink) -> None:
    """Erases the name and the address of a link that has ended."""
    _erase(context, link, name=True)


def forget_all(context: Context) -> None:
    """Erases the names and addresses of all links, who a result was handed to, and every subscription."""
    here = context.workshop.id
    for link in db.session.scalars(select(FollowUpLink).where(FollowUpLink.workshop_id == here)).all():
        _erase(context, link, name=True)
    forget_handovers(context)
    db.session.execute(delete(Subscription).where(Subscription.workshop_id == here))
    db.session.execute(delete(Outgoing).where(Outgoing.workshop_id == here))


def forget_handovers(context: Context) -> None:
    """Erases the names of those whom results were handed to."""
    here = context.workshop.id
    db.session.execute(update(Handover).where(Handover.workshop_id == here).values(to=""))
    handed = (JournalEntry.workshop_id == here, JournalEntry.name == "hand_over_result")
    db.session.execute(update(JournalEntry).where(*handed).values(salt=None))


def _erase(context: Context, link: FollowUpLink, *, name: bool) -> None:
    if not link.address and not (name and link.name):
        return
    address, link.address = link.address, ""
    if name:
        link.name = ""
    if address and not _stands_elsewhere(context, address):
        sent = (Outgoing.workshop_id == context.workshop.id, Outgoing.kind == "reminder")
        db.session.execute(delete(Outgoing).where(*sent, Outgoing.address_hash == address_hash(address)))
    _drop_salts(context, link)
    if vacuum.rewrite not in context.write.afterwards:
        context.write.afterwards.append(vacuum.rewrite)


def _stands_elsewhere(context: Context, address: str) -> bool:
    """Returns whether the address is that of another link too: then what was sent to it must stay known."""
    others = select(FollowUpLink.address).where(FollowUpLink.workshop_id == context.workshop.id, FollowUpLink.address != "")
    return any(plain(other) == plain(address) for other in db.session.scalars(others))


def _drop_salts(context: Context, link: FollowUpLink) -> None:
    entries = select(JournalEntry).where(
        JournalEntry.workshop_id == context.workshop.id, JournalEntry.name.in_(_NAMING), JournalEntry.salt.is_not(None)
    )
    for entry in db.session.scalars(entries):
        if _result(entry.args).get("id") == f"link:{link.token_id}":
            entry.salt = None


def _result(args: Any) -> dict[str, Any]:
    return dict((args.get("facts") or {}).get("result") or {})
