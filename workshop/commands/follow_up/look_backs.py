"""Look-backs: those who hold a card are asked whether it was kept, in secret, and told what all said when it closes.

A look-back is kept as a ballot is (docs/secrecy.md): papers under keys that only a card's code makes again, random keys
once it is closed, and nothing of it before that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import Field
from sqlalchemy import func, select

from workshop import identity, secrecy
from workshop.clock import day_of, last_day_before, moment_of
from workshop.commands.follow_up import verdict_papers
from workshop.commands.follow_up.arguments import Day, On
from workshop.commands.follow_up.cards import own_card
from workshop.commands.follow_up.finding import check_closed, item_of
from workshop.commands.follow_up.telling import words_hash
from workshop.door.arguments import Args, Ref, Secret, Words
from workshop.door.context import Context
from workshop.door.registry import CARDS, ORGANISERS, Result, command
from workshop.extensions import db
from workshop.identity import SYSTEM
from workshop.models import Group, LookBack, VerdictPaper, Workshop, card_box
from workshop.models.items import items
from workshop.models.reviews import review_day
from workshop.rules import groups, limits
from workshop.rules.record_ids import RecordId, number_of
from workshop.rules.refusal import Refused
from workshop.rules.verdicts import OPEN_FOR

#: what a card sent just before the end may arrive this much later
GRACE = timedelta(seconds=2)
#: how long a look-back may stay open
FURTHEST = timedelta(days=60)


class OpenLookBack(Args):
    """`until`: the last day on which cards may answer."""

    on: Annotated[list[On], Field(max_length=limits.GOALS + limits.AGREEMENTS)]
    until: Day
    question: Annotated[str, Words("workshop.question")] = ""


class OneLookBack(Args):
    look_back: Annotated[str, Ref("look_back")]


class Judge(Args):
    """The whole verdict of a card on one item; it replaces the one before."""

    look_back: Annotated[str, Ref("look_back")]
    on: On
    verdict: Annotated[Literal["kept", "partly", "not_kept", "cannot_say"], Secret()]
    words: Annotated[str, Words("verdict.words"), Secret()] = ""


@command("open_look_back", OpenLookBack, (*ORGANISERS, SYSTEM), while_closed=True, while_draft=False)
def open_look_back(context: Context, args: OpenLookBack) -> Result:
    """Ask those who hold a card whether these items were kept. How the groups are counted is fixed from now on. Raises
    `empty` without an item or a card, `already` for an item that is asked about now, `malformed` for a day that is over."""
    check_closed(context)
    wanted = _items(context, args.on)
    cards = card_box.by_group(context.workshop.id)
    if not cards:
        raise Refused("empty", "card", no_cards=True)
    here = day_of(context.now())
    if args.until < here:
        raise Refused("malformed", "until", past=True)
    if args.until > here + FURTHEST:
        raise Refused("malformed", "until", days=FURTHEST.days)
    grouping = groups.effective_groups(cards, context.workshop.privacy_minimum)
    row = LookBack(
        workshop_id=context.workshop.id,
        on=wanted,
        question=args.question,
        cards=grouping.sizes(),
        effective={key: group.key for group in grouping.groups for key in group.keys},
        privacy_minimum=context.workshop.privacy_minimum,
        opened_at=context.now(),
        until=_end_of(args.until),
    )
    context.add(row)
    context.proof["look_back"] = _terms(row) | {"words": words_hash(question=row.question)}
    return {"look_back": _record_id(row)}


def _items(context: Context, wanted: Iterable[str]) -> list[str]:
    """Returns the items asked about, each once; for the clock only those that are still to be asked about."""
    found = list(dict.fromkeys(wanted))
    if not found:
        raise Refused("empty", "on")
    for number, on in enumerate(found):
        if item_of(context, on, f"on.{number}").withheld:
            # A card sees what the public sees.
            raise Refused("not_open", f"on.{number}", withheld=True)
    kept = select(func.count()).select_from(LookBack).where(LookBack.workshop_id == context.workshop.id)
    if (db.session.scalar(kept) or 0) >= limits.LOOK_BACKS:
        raise Refused("too_many", "look_back", limit=limits.LOOK_BACKS)
    if context.actor.role == SYSTEM:
        due = to_be_asked(context.workshop, day_of(context.now()))
        found = [on for on in found if on in due]
    taken = _asked_now(context.workshop)
    if not found or taken & set(found):
        raise Refused("already", "look_back")
    return found


def _asked_now(workshop: Workshop) -> set[str]:
    rows = db.session.scalars(select(LookBack).where(LookBack.workshop_id == workshop.id, LookBack.state == "open"))
    return {on for row in rows for on in row.on}


def to_be_asked(workshop: Workshop, today: date) -> list[str]:
    """Returns the items that the clock asks about: agreements whose day of review has come, and the goals they serve,
    unless they were asked about on that day or since."""
    here = {found.id: found for found in items(workshop) if not found.withheld and not found.intention}
    due: dict[str, date] = {}
    for found in here.values():
        day = review_day(found)
        if day is not None and day <= today:
            for on in (found.id, *(goal for goal in found.content.get("goals") or () if goal in here)):
                due[on] = max(day, due.get(on, day))
    rows = list(db.session.scalars(select(LookBack).where(LookBack.workshop_id == workshop.id)))
    return [on for on, day in due.items() if not any(on in row.on and _covers(row, day) for row in rows)]


def _covers(row: LookBack, day: date) -> bool:
    """Returns whether a look-back was the one of this day of review: open on it, or opened after it."""
    return row.state == "open" or day_of(row.closed_at or row.until) >= day


def last_day_of_clock(today: date) -> date:
    """Returns until when a look-back that the clock opens on this day is open."""
    return today + OPEN_FOR - timedelta(days=1)


def _end_of(day: date) -> datetime:
    """Returns the moment at which a day is over in the room."""
    return moment_of(day + timedelta(days=1), "00:00")


@command("judge", Judge, CARDS, while_closed=True, while_draft=False)
def judge(context: Context, args: Judge) -> Result:
    """Say of one item whether it was kept. It may be changed until the look-back closes, and nobody sees it before. Raises
    `closed`, `ended` for a card whose time is over, `not_found` for an item that is not asked about."""
    row = _found(context, args.look_back)
    if row.state != "open" or context.now() > row.until + GRACE:
        raise Refused("closed", "look_back")
    card = own_card(context.actor, context.workshop)
    if args.on not in row.on:
        raise Refused("not_found", "on")
    group = row.effective.get(db.session.get_one(Group, card.group_id).key)
    if group is None:
        # The first card of this group was taken after the groups were fixed.
        raise Refused("not_open", "look_back", late_card=True)
    key = secrecy.verdict_key(identity.secret(), row.id, args.on, context.actor.personal_code or "")
    paper = db.session.get(VerdictPaper, (row.id, key))
    if paper is None:
        paper = VerdictPaper(look_back_id=row.id, key=key, workshop_id=row.workshop_id, on=args.on, group=group)
        db.session.add(paper)
    paper.verdict, paper.words = args.verdict, args.words
    return None


@command("close_look_back", OneLookBack, (*ORGANISERS, SYSTEM), while_closed=True, while_draft=False)
def close_look_back(context: Context, args: OneLookBack) -> Result:
    """Close a look-back for good and publish what may be published of it. Raises `already` for one that is closed."""
    row = _found(context, args.look_back)
    if row.state != "open":
        raise Refused("already", "look_back", state=row.state)
    row.cards = cards_in_groups(row.workshop_id, row.effective)
    row.result = verdict_papers.results(row)
    verdict_papers.seal(context, row.id)
    row.state = "closed"
    row.closed_at = context.now()
    row.papers_hash = verdict_papers.fingerprint_of(row.id)
    context.proof["look_back"] = _terms(row) | {
        "papers_hash": row.papers_hash,
        "result": {on: _without_words(one) for on, one in row.result.items()},
    }
    return None


def cards_in_groups(workshop_id: int, effective: Mapping[str, str]) -> dict[str, int]:
    """Returns the cards per effective group, those included that were taken since a vote of the cards opened."""
    found = dict.fromkeys(effective.values(), 0)
    for declared, number in card_box.by_group(workshop_id).items():
        if declared in effective:
            found[effective[declared]] += number
    return found


def _without_words(result: dict[str, Any]) -> dict[str, Any]:
    return {**result, "words": [words_hash(**one) for one in result["words"]]}


def _terms(row: LookBack) -> dict[str, Any]:
    """Returns what the open part of the journal says of a look-back when it opens and when it closes."""
    return {
        "id": row.id,
        "on": list(row.on),
        "cards": dict(row.cards),
        "effective": dict(row.effective),
        "privacy_minimum": row.privacy_minimum,
        "until": last_day_before(row.until).isoformat(),
    }


def _found(context: Context, record_id: str) -> LookBack:
    row = db.session.get(LookBack, number_of(record_id))
    if row is None or row.workshop_id != context.workshop.id:
        raise Refused("not_found", "look_back")
    return row


def _record_id(row: LookBack) -> str:
    return str(RecordId(row.kind, row.id))
