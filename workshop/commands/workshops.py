"""The workshop itself: its settings, its groups, its links, opening, closing and deleting."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from sqlalchemy import func, select

from ..catalogue import t
from ..extensions import db
from ..identity import BOARD, FACILITATOR, HELPER, issue, link_text
from ..models import Amendment, Comment, Commitment, Decision, Group, Idea, Participant, Token, Workshop
from ..rules import limits, mandate
from ..rules.decisions import Rule
from ..rules.refusal import Refused
from ..store import writing_outside
from . import openness
from .arguments import Args, NoArgs, Ref, Words, parse
from .context import Context
from .creating import GroupName, NewGroup, free_code, new_link
from .registry import CHAIRS, Result, command
from .settings import Settings, apply

ORGANISER_ONLY = ("organiser",)


class EditGroup(Args):
    group: Annotated[str, Ref("group")]
    name: GroupName | None = None
    level: Literal["municipality", "region", "folketing", "european_parliament", ""] | None = None
    required: bool | None = None
    self_selectable: bool | None = None
    glyph: int | None = None


class OneGroup(Args):
    group: Annotated[str, Ref("group")]


class Link(Args):
    role: Literal["facilitator", "board", "helper"]


class LockRoom(Args):
    locked: bool


class DeleteWorkshop(Args):
    #: the title, typed again: what cannot be undone is asked twice
    title: Annotated[str, Words("workshop.title")]


@command("edit_workshop", Settings, CHAIRS, undoable=True, rechecks=True)
def edit_workshop(context: Context, args: Settings) -> Result:
    """Change any setting of the workshop. The rules of decision are locked when the first decision opens."""
    workshop = context.workshop
    if "decision_rules" in args.model_fields_set:
        _check_rules(context, args.decision_rules or {})
    promise = workshop.promise
    was_default = promise in {
        _default_promise(workshop.participation_level, language) for language in ("da", "en")
    }
    before = (workshop.decision_level, workshop.language)
    changed = apply(workshop, args)
    if {"decision_level", "language"} & set(changed):
        _rename_default_steps(context, *before)
    if was_default and "promise" not in changed and {"participation_level", "language"} & set(changed):
        workshop.promise = _default_promise(workshop.participation_level, workshop.language)
    context.touch(workshop)
    if "privacy_minimum" in changed:
        _touch_labels(context)
        openness.drop_needless(context)
    return None


def _default_promise(level: str, language: str) -> str:
    return t(mandate.promise_key(level), language)


def _rename_default_steps(context: Context, level: str, language: str) -> None:
    """Steps that still carry their default title follow the level and the language: words follow the mandate."""
    workshop = context.workshop
    for step in workshop.steps:
        if step.title == t(mandate.step_title_key(step.step_kind, level), language):
            step.title = t(mandate.step_title_key(step.step_kind, workshop.decision_level), workshop.language)
            if step.instruction == t(f"step.{step.step_kind}.instruction", language):
                step.instruction = t(f"step.{step.step_kind}.instruction", workshop.language)
            context.touch(step)


def _check_rules(context: Context, wanted: dict[str, Any]) -> None:
    opened = db.session.scalar(select(Decision.id).where(Decision.workshop_id == context.workshop.id).limit(1))
    if opened is not None and wanted != dict(context.workshop.decision_rules):
        raise Refused("closed", "decision_rules")
    Rule.from_settings(wanted)


def _touch_labels(context: Context) -> None:
    """Which groups are large enough to be named has changed."""
    for model in (Group, Idea, Comment, Amendment, Commitment):
        context.touch(*db.session.scalars(select(model).where(model.workshop_id == context.workshop.id)))


@command("open_workshop", NoArgs, CHAIRS, while_closed=True)
def open_workshop(context: Context, args: NoArgs) -> Result:
    """Open a draft, or open a closed workshop again."""
    workshop = context.workshop
    if workshop.state == "open":
        raise Refused("already", "workshop")
    workshop.state = "open"
    workshop.opened_at = workshop.opened_at or context.now()
    workshop.closed_at = None
    context.touch(workshop)
    return None


@command("lock_room", LockRoom, CHAIRS, undoable=True)
def lock_room(context: Context, args: LockRoom) -> Result:
    """Let nobody new in, or let people in again. Those who are in can always come back."""
    context.workshop.locked = args.locked
    context.touch(context.workshop)
    return None


@command("add_group", NewGroup, CHAIRS, undoable=False, rechecks=True)
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


@command("edit_group", EditGroup, CHAIRS, undoable=True, rechecks=True)
def edit_group(context: Context, args: EditGroup) -> Result:
    """Change a group's name, level, or whether it is required or may be chosen freely."""
    group = context.find(Group, args.group)
    if args.name is not None:
        group.name_da, group.name_en = args.name.da, args.name.en or args.name.da
    if args.level is not None:
        group.level = args.level or None
    if args.required is not None:
        group.required = args.required
    if args.self_selectable is not None:
        group.self_selectable = args.self_selectable
    if args.glyph is not None:
        if not 0 <= args.glyph <= 8:
            raise Refused("malformed", "glyph")
        group.glyph = args.glyph
    context.touch(group)
    return None


@command("remove_group", OneGroup, CHAIRS, rechecks=True)
def remove_group(context: Context, args: OneGroup) -> Result:
    """Take away a group that nobody has joined."""
    group = context.find(Group, args.group)
    joined = db.session.scalar(
        select(func.count()).select_from(Participant).where(Participant.group_id == group.id)
    )
    if joined:
        raise Refused("conflict", "group", joined=joined)
    openness.forget_group(context, group.key)
    context.write.remove(group)
    return None


@command("replace_link", Link, CHAIRS, while_closed=True)
def replace_link(context: Context, args: Link) -> Result:
    """Make a new facilitator, board or helper link. The old ones, and every device they let in, end at once; with a helper
    link also every seat those devices acted for: the people and what they wrote stay, and their cards bring them back."""
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
    """The present link tokens of a workshop, by role."""
    found: dict[str, str | None] = {FACILITATOR: None, BOARD: None, HELPER: None}
    rows = db.session.scalars(
        select(Token)
        .where(Token.workshop_id == workshop.id, Token.sealed_link.is_not(None), Token.ended_at.is_(None))
        .order_by(Token.id)
    )
    for row in rows:
        found[row.role] = link_text(row)
    return found


def device_token(link: Token, token: str) -> None:
    """Let a device in by a link: it gets its own token, which ends with the link."""
    with writing_outside():
        issue(token, link.role, workshop_id=link.workshop_id, parent_id=link.id)


def delete_workshop(organiser_id: int, workshop_id: int, args: dict[str, Any]) -> None:
    """Delete a workshop and all that is in it. The title must be typed again."""
    wanted = parse(DeleteWorkshop, args)
    assert isinstance(wanted, DeleteWorkshop)
    with writing_outside():
        workshop = db.session.get(Workshop, workshop_id)
        if workshop is None or workshop.organiser_id != organiser_id:
            raise Refused("not_found", "workshop")
        if wanted.title != workshop.title:
            raise Refused("conflict", "title")
        workshop.current_step_id = None
        workshop.chair_token_id = None
        db.session.flush()
        db.session.delete(workshop)
