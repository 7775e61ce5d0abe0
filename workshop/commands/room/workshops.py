"""The workshop itself: its settings, its groups, its links, opening, closing and deleting."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, Literal

from pydantic import Field
from sqlalchemy import func, select

from workshop import locks, ready_words, vacuum
from workshop.catalogue import t
from workshop.commands import labels
from workshop.commands.checks import recheck
from workshop.commands.follow_up import links as follow_up_links
from workshop.commands.follow_up.finding import refuse_over
from workshop.commands.room.creating import GroupName, NewGroup, free_code, new_link
from workshop.commands.room.settings import Settings, apply, refuse_lowered
from workshop.commands.texts import rewording
from workshop.commands.votes import openness
from workshop.door.arguments import Args, NoArgs, Ref, Words, parse
from workshop.door.context import Context
from workshop.door.registry import FACILITATORS, Result, command
from workshop.extensions import db
from workshop.identity import BOARD, FACILITATOR, HELPER, RECEIVER, issue, link_text
from workshop.models import Decision, Group, Idea, Participant, Token, Workshop
from workshop.rules import limits, mandate
from workshop.rules.cleaning import clean
from workshop.rules.decisions import Rule
from workshop.rules.refusal import Refused
from workshop.store import writing_outside

#: the links of the room itself; those for the time after it are `commands.follow_up.links`
_OF_THE_ROOM = (FACILITATOR, BOARD, HELPER)


class EditGroup(Args):
    group: Annotated[str, Ref("group")]
    name: GroupName | None = None
    level: Literal["municipality", "region", "folketing", "european_parliament", ""] | None = None
    required: bool | None = None
    self_selectable: bool | None = None
    glyph: Annotated[int | None, Field(ge=0, le=8)] = None


class OneGroup(Args):
    group: Annotated[str, Ref("group")]


class Link(Args):
    role: Literal["facilitator", "board", "helper", "receiver"]


class LockRoom(Args):
    locked: bool


class DeleteWorkshop(Args):
    #: the title, typed again: what cannot be undone is asked twice
    title: Annotated[str, Words("workshop.title")]


@command("edit_workshop", Settings, FACILITATORS, undoable=True, after=recheck)
def edit_workshop(context: Context, args: Settings) -> Result:
    """Change any setting of the workshop. The rules of decision and the decision level are locked when the first decision
    opens (`closed`): both say what the room has voted on. The privacy minimum can only be raised once anything has been
    written or voted. Changed ground rules begin an open round of consent on them anew."""
    workshop = context.workshop
    if args.privacy_minimum is not None:
        refuse_lowered(workshop, workshop.privacy_minimum, args.privacy_minimum)
    if "decision_rules" in args.model_fields_set:
        _check_rules(context, args.decision_rules or {})
    promise, rules_before = workshop.promise, workshop.ground_rules
    was_default = promise in {_default_promise(workshop.participation_level, language) for language in ("da", "en")}
    before = (workshop.decision_level, workshop.language)
    with labels.following(context):
        changed = apply(workshop, args)
    if "decision_level" in changed and _decided(context):
        raise Refused("closed", "decision_level", voted=True)
    if "ground_rules" in changed:
        rewording.ground_rules_changed(context, rules_before)
    if {"decision_level", "language"} & set(changed):
        _rename_default_steps(context, *before)
    if was_default and "promise" not in changed and {"participation_level", "language"} & set(changed):
        workshop.promise = _default_promise(workshop.participation_level, workshop.language)
    context.touch(workshop)
    if "privacy_minimum" in changed:
        _touch_counts(context)
        openness.drop_needless(context)
    return None


def _default_promise(level: str, language: str) -> str:
    return t(mandate.promise_key(level), language)


def _rename_default_steps(context: Context, level: str, language: str) -> None:
    """Titles and instructions that nobody has edited follow the level and the language: words follow the mandate."""
    workshop = context.workshop
    for step in workshop.steps:
        titled = ready_words.title_key(step.title, step.step_kind, level, language)
        instructed = ready_words.instruction_key(step.instruction, step.step_kind, language)
        if titled:
            step.title = t(mandate.step_title_key(step.step_kind, workshop.decision_level), workshop.language)
        if instructed:
            step.instruction = t(instructed, workshop.language)
        if titled or instructed:
            context.touch(step)


def _decided(context: Context) -> bool:
    """Returns whether a decision has opened in the workshop."""
    opened = select(Decision.id).where(Decision.workshop_id == context.workshop.id).limit(1)
    return db.session.scalar(opened) is not None


def _check_rules(context: Context, wanted: dict[str, Any]) -> None:
    if _decided(context) and wanted != dict(context.workshop.decision_rules):
        raise Refused("closed", "decision_rules")
    Rule.from_settings(wanted)


def _touch_counts(context: Context) -> None:
    """From how many people on a number is shown has changed: of a group's people, and of an idea's supporters."""
    for model in (Group, Idea):
        context.touch(*db.session.scalars(select(model).where(model.workshop_id == context.workshop.id)))


@command("open_workshop", NoArgs, FACILITATORS, while_closed=True)
def open_workshop(context: Context, args: NoArgs) -> Result:
    """Open a draft, or open a closed workshop again. Raises `closed` to a facilitator once its follow-up is over."""
    workshop = context.workshop
    if workshop.state == "open":
        raise Refused("already", "workshop")
    refuse_over(context)
    workshop.state = "open"
    workshop.opened_at = workshop.opened_at or context.now()
    workshop.closed_at = None
    context.touch(workshop)
    return None


@command("lock_room", LockRoom, FACILITATORS, undoable=True)
def lock_room(context: Context, args: LockRoom) -> Result:
    """Let nobody new in, or let people in again. Those who are in can always come back."""
    context.workshop.locked = args.locked
    context.touch(context.workshop)
    return None


@command("add_group", NewGroup, FACILITATORS, undoable=False, after=recheck)
def add_group(context: Context, args: NewGroup) -> Result:
    """Add a group of one's own."""
    workshop = context.workshop
    groups = workshop.groups
    if len(groups) >= limits.GROUPS:
        raise Refused("too_many", "groups", limit=limits.GROUPS)
    if any(group.key == args.key for group in groups):
        raise Refused("already", "key")
    used = {group.glyph for group in groups}
    name = args.name or GroupName(da=args.key, en=args.key)
    group = Group(
        workshop_id=workshop.id,
        key=args.key,
        name_da=name.da,
        name_en=name.en or name.da,
        level=args.level,
        required=args.required,
        self_selectable=args.self_selectable,
        code=free_code(),
        position=context.last_position(Group),
        glyph=next((glyph for glyph in range(1, 9) if glyph not in used), 0),
    )
    context.add(group)
    return {"group": group.record_id}


@command("edit_group", EditGroup, FACILITATORS, undoable=True, after=recheck)
def edit_group(context: Context, args: EditGroup) -> Result:
    """Change a group's name, level, or whether it is required or may be chosen freely. Name and level stay while a decision
    is open on a text that names the group (`conflict`)."""
    group = context.find(Group, args.group)
    _refuse_while_decided(context, group, args)
    if args.name is not None:
        group.name_da, group.name_en = args.name.da, args.name.en or args.name.da
    if args.level is not None:
        group.level = args.level or None
    if args.required is not None:
        group.required = args.required
    if args.self_selectable is not None:
        group.self_selectable = args.self_selectable
    if args.glyph is not None:
        group.glyph = args.glyph
    context.touch(group)
    return None


def _refuse_while_decided(context: Context, group: Group, args: EditGroup) -> None:
    """What a group is called is part of every wording that names it: the parties of an agreement, the owner of a goal."""
    names = (args.name.da, args.name.en or args.name.da) if args.name else (group.name_da, group.name_en)
    level = group.level if args.level is None else args.level or None
    if (*names, level) != (group.name_da, group.name_en, group.level) and rewording.names_group(context, group.key):
        raise Refused("conflict", "group", asked="decision")


@command("remove_group", OneGroup, FACILITATORS, after=recheck)
def remove_group(context: Context, args: OneGroup) -> Result:
    """Take away a group that nobody has joined."""
    group = context.find(Group, args.group)
    joined = db.session.scalar(select(func.count()).select_from(Participant).where(Participant.group_id == group.id))
    if joined:
        raise Refused("conflict", "group", joined=joined)
    openness.forget_group(context, group.key)
    context.write.remove(group)
    return None


@command("replace_link", Link, FACILITATORS, while_closed=True)
def replace_link(context: Context, args: Link) -> Result:
    """Make a new facilitator, board, helper or receiver link. The old ones, and every device they let in, end at
    once; with a helper link also every seat those devices acted for: the people and what they wrote stay, and their cards
    bring them back."""
    if args.role == RECEIVER:
        follow_up_links.replace_receiver(context)
        return None
    for token in db.session.scalars(
        select(Token).where(
            Token.workshop_id == context.workshop.id,
            Token.role == args.role,
            Token.ended_at.is_(None),
        )
    ):
        token.ended_at = context.now()
    new_link(context.workshop, args.role)
    context.touch(context.workshop)
    return None


def links(workshop: Workshop) -> dict[str, str | None]:
    """Returns the present link tokens of a workshop, by role; None where there is none, or none that can be shown any more."""
    return dict.fromkeys(_OF_THE_ROOM) | {row.role: link_text(row) for row in _links(workshop)}


def lost_links(workshop: Workshop) -> set[str]:
    """Returns the roles whose link was made with another secret key: it lets nobody in, and a new one must be made."""
    return {row.role for row in _links(workshop)} - {role for role, token in links(workshop).items() if token}


def _links(workshop: Workshop) -> Iterable[Token]:
    return db.session.scalars(
        select(Token)
        .where(
            Token.workshop_id == workshop.id,
            Token.role.in_(_OF_THE_ROOM),
            Token.sealed_link.is_not(None),
            Token.ended_at.is_(None),
        )
        .order_by(Token.id)
    )


@locks.again
def device_token(link: Token, token: str) -> None:
    """Let a device in by a link: it gets its own token, which ends with the link. Raises `too_many` where the link has let
    in as many as it may."""
    with writing_outside():
        let_in = select(func.count()).select_from(Token).where(Token.parent_id == link.id, Token.ended_at.is_(None))
        if (db.session.scalar(let_in) or 0) >= limits.DEVICES:
            raise Refused("too_many", "link", devices=limits.DEVICES)
        issue(token, link.role, workshop_id=link.workshop_id, parent_id=link.id)


def delete_workshop(organiser_id: int, workshop_id: int, args: dict[str, Any]) -> None:
    """Delete a workshop and all that is in it, from the disk too. The title must be typed again."""
    wanted = parse(DeleteWorkshop, args)
    assert isinstance(wanted, DeleteWorkshop)
    _delete(organiser_id, workshop_id, wanted)
    vacuum.rewrite()


@locks.again
def _delete(organiser_id: int, workshop_id: int, wanted: DeleteWorkshop) -> None:
    with writing_outside():
        workshop = db.session.get(Workshop, workshop_id)
        if workshop is None or workshop.organiser_id != organiser_id:
            raise Refused("not_found", "workshop")
        if wanted.title != clean(workshop.title, one_line=True):  # an older title may not be clean
            raise Refused("conflict", "title")
        workshop.current_step_id = None
        workshop.chair_token_id = None
        db.session.flush()
        db.session.delete(workshop)
