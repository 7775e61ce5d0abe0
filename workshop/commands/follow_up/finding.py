"""Finding what a command is about: the item, the acting link, the line; and whether the actor may speak of it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from workshop.clock import day_of
from workshop.door.context import Context
from workshop.extensions import db
from workshop.identity import ORGANISER, RECEIVER
from workshop.models import FollowUpLink, Handover
from workshop.models.follow_up import link_behind
from workshop.models.items import Item
from workshop.models.reviews import follow_up_ends, is_over
from workshop.rules.promise_lines import Line
from workshop.rules.refusal import Refused


def item_of(context: Context, record_id: str, field: str = "on") -> Item:
    """Returns the item with this record id. Raises `Refused("not_found")` naming the field."""
    found = context.items.get(record_id)
    if found is None:
        raise Refused("not_found", field)
    return found


def line_of(found: Item, number: int) -> Line:
    """Returns a line of the item by its number from 0. Raises `Refused("not_found", "line")`."""
    line = next((line for line in found.lines if line.number == number), None)
    if line is None:
        raise Refused("not_found", "line")
    return line


def link_of(context: Context) -> FollowUpLink:
    """Returns what the acting link is for. A device acts by the link that let it in. Raises `Refused("ended")`."""
    link = link_behind(context.actor.token_id)
    if link is None or link.workshop_id != context.workshop.id or link.state == "refused":
        raise Refused("ended")
    return link


def steward_of(context: Context, on: str) -> FollowUpLink:
    """Returns the acting steward's link. Raises `not_found` for what is no item, `Refused("not_yours", "on")` for another
    item's, `not_open` for work that was offered and is not accepted yet, and `ended` where the item has another owner now."""
    item_of(context, on)
    link = link_of(context)
    if link.on != on:
        raise Refused("not_yours", "on")
    if link.state != "active":
        raise Refused("not_open", "on", state=link.state)
    check_owner(context, link)
    return link


def check_owner(context: Context, link: FollowUpLink) -> None:
    """Raises `ended` for the link of somebody who is no longer an owner or a party of its item, in the version in force."""
    if link.party not in item_of(context, link.on or "", "link").owners:
        raise Refused("ended", "link", another_owner=True)


def receiver_of(context: Context, on: str | None) -> FollowUpLink | None:
    """Returns the acting receiver's link, None for an organiser or facilitator. Raises `Refused("not_yours", "on")` where
    a body that one item was passed to speaks of another, or of all."""
    if context.actor.role != RECEIVER:
        return None
    if on is not None:
        item_of(context, on)
    link = link_of(context)
    if link.on is not None and link.on != on:
        raise Refused("not_yours", "on")
    return link


def newest_handover(workshop_id: int) -> Handover | None:
    """Returns the handover that counts; None for none."""
    wanted = select(Handover).where(Handover.workshop_id == workshop_id)
    return db.session.scalar(wanted.order_by(Handover.id.desc()).limit(1))


def handover_of(context: Context) -> Handover:
    """Returns the newest handover. Raises `Refused("wrong_step", "workshop")` where nothing was handed over."""
    found = newest_handover(context.workshop.id)
    if found is None:
        raise Refused("wrong_step", "workshop", handed_over=False)
    return found


def began_on(context: Context) -> date:
    """Returns the day from which something can have happened to what was agreed: the last on which it was agreed."""
    return day_of(context.workshop.closed_at or context.workshop.opened_at or context.now())


def check_closed(context: Context) -> None:
    """Raises `Refused("wrong_step", "workshop")` unless the workshop is closed."""
    if context.workshop.state != "closed":
        raise Refused("wrong_step", "workshop", state=context.workshop.state)


def refuse_over(context: Context) -> None:
    """Raises `Refused("closed", "workshop")` once the follow-up is over, for everybody but an organiser: only they begin it
    again, because every link and card that was given out would be valid anew."""
    if context.actor.role != ORGANISER:
        check_not_over(context, "workshop")


def check_not_over(context: Context, field: str) -> None:
    """Raises `Refused("closed", field)` with its last day once the follow-up is over."""
    if is_over(context.workshop, day_of(context.now())):
        raise Refused("closed", field, over=follow_up_ends(context.workshop).isoformat())
