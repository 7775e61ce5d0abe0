"""What the holder of a token sees of the follow-up beside what everybody sees: their own drafts, work and links."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from workshop.clock import stamp
from workshop.extensions import db
from workshop.identity import CARD, FACILITATOR, FOLLOWERS, ORGANISER, RECEIVER, STEWARD, Actor, link_text
from workshop.models import FollowUpLink, Organiser, ReceiverAnswer, Reopening, Token
from workshop.models.follow_up import link_behind
from workshop.models.items import Item
from workshop.screens.calendar_keys import key_of_link, key_of_organiser
from workshop.screens.cards import own_card

Record = dict[str, Any]


def link_of(actor: Actor) -> FollowUpLink | None:
    """Returns what the actor's link is for; None for an actor without such a link."""
    return link_behind(actor.token_id) if actor.role in FOLLOWERS else None


def may_see(actor: Actor | None, found: Item) -> bool:
    """Returns whether the actor sees an item; None is the public. An agreement that is for its parties only is seen by these,
    as they are in the version in force, by those who received the whole result, and by those who were in the room."""
    if not found.withheld:
        return True
    if actor is None:
        return False
    if actor.role in FOLLOWERS:
        link = link_of(actor)
        return link is not None and _is_for(link, found)
    return actor.role in (FACILITATOR, ORGANISER) or actor.participant_id is not None


def _is_for(link: FollowUpLink, found: Item) -> bool:
    """Returns whether a link is for an item: an owner's or a party's only while the item names them."""
    if link.role == STEWARD:
        return link.on == found.id and link.party in found.owners
    return link.role == RECEIVER and link.on in (None, found.id)


def own(actor: Actor) -> Record:
    """Returns the `mine` of `GET /api/follow_up`: for a receiver the drafts, for a steward the party and the item, for a
    facilitator or an organiser the valid links, for a card what `cards.own_card` returns."""
    if actor.role == CARD:
        return own_card(actor)
    if actor.role in (FACILITATOR, ORGANISER):
        seen = {"role": actor.role, "links": _links(actor)}
        return seen if actor.role == FACILITATOR else seen | {"reopened": _new_versions(actor), **_calendar_of(actor)}
    link = link_of(actor)
    if link is None:
        return {"role": actor.role}
    about: Record = {
        "role": link.role,
        "on": link.on,
        "calendar": _path(key_of_link(db.session.get_one(Token, link.token_id))),
    }
    if link.role == RECEIVER:
        return about | {"body": link.body, "drafts": _drafts(link)}
    if link.role == STEWARD:
        return about | {"party": link.party, "name": link.name, "state": link.state, "words": link.words}
    return about


def _calendar_of(actor: Actor) -> Record:
    """Returns `{calendar}` with the path of an organiser's own calendar; empty for a facilitator."""
    organiser = db.session.get(Organiser, actor.organiser_id) if actor.role == ORGANISER and actor.organiser_id else None
    return {"calendar": _path(key_of_organiser(organiser))} if organiser else {}


def _path(key: str) -> str:
    return f"/cal/{key}.ics"


def _new_versions(actor: Actor) -> Record:
    """Returns the drafts of new versions of reopened agreements, by the agreement's record id."""
    rows = db.session.scalars(
        select(Reopening)
        .where(Reopening.workshop_id == actor.workshop_id, Reopening.state == "draft")
        .order_by(Reopening.id)
    )
    return {row.on: {"revision": row.revision, "content": dict(row.content)} for row in rows}


def _drafts(link: FollowUpLink) -> list[Record]:
    rows = db.session.scalars(
        select(ReceiverAnswer)
        .where(ReceiverAnswer.link_id == link.token_id, ReceiverAnswer.published_at.is_(None))
        .order_by(ReceiverAnswer.id)
    )
    return [
        {
            "on": row.on,
            "answer": row.answer,
            "reason": row.reason,
            "date": row.date.isoformat() if row.date else None,
            "body": row.body,
            "revision": row.revision,
            "saved_at": stamp(row.saved_at),
        }
        for row in rows
    ]


def _links(actor: Actor) -> list[Record]:
    rows = db.session.execute(
        select(FollowUpLink, Token)
        .join(Token, Token.id == FollowUpLink.token_id)
        .where(FollowUpLink.workshop_id == actor.workshop_id, Token.ended_at.is_(None))
        .order_by(FollowUpLink.token_id)
    )
    return [
        {
            "id": f"link:{link.token_id}",
            "role": link.role,
            "on": link.on,
            "party": link.party,
            "body": link.body,
            "name": link.name,
            "address": link.address,
            "state": link.state,
            "words": link.words,
            "follows": f"link:{link.follows_id}" if link.follows_id else None,
            "created_at": stamp(link.created_at),
            "token": link_text(token),
        }
        for link, token in rows
    ]
