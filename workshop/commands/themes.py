"""Themes, and ideas that belong together: moving, merging side by side, splitting."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from sqlalchemy import select

from ..extensions import db
from ..models import Idea, Theme
from ..rules import limits
from ..rules.refusal import Refused
from . import ordering
from .arguments import Args, Ref, Words
from .context import Context
from .ideas import OneIdea, refuse_on_ballot, tell
from .registry import CHAIRS, Result, command


class CreateTheme(Args):
    title: Annotated[str, Words("theme.title", needed=True)]


class EditTheme(Args):
    theme: Annotated[str, Ref("theme")]
    title: Annotated[str, Words("theme.title", needed=True)]


class OneTheme(Args):
    theme: Annotated[str, Ref("theme")]


class MoveTheme(Args):
    theme: Annotated[str, Ref("theme")]
    before: Annotated[str | None, Ref("theme")] = None


class MoveIdea(Args):
    idea: Annotated[str, Ref("idea")]
    theme: Annotated[str | None, Ref("theme")] = None
    before: Annotated[str | None, Ref("idea")] = None


class MergeIdeas(Args):
    into: Annotated[str, Ref("idea")]
    ideas: Annotated[list[Annotated[str, Ref("idea")]], Field(min_length=1, max_length=50)]
    sort: Literal["same", "related"] = "same"


@command("create_theme", CreateTheme, CHAIRS, undoable=True)
def create_theme(context: Context, args: CreateTheme) -> Result:
    """A new heading to lay ideas under."""
    position = context.last_position(Theme)
    number = len(list(db.session.scalars(select(Theme.id).where(Theme.workshop_id == context.workshop.id))))
    if number >= limits.THEMES:
        raise Refused("too_many", "themes", limit=limits.THEMES)
    theme = Theme(workshop_id=context.workshop.id, title=args.title, position=position)
    context.add(theme)
    return {"theme": theme.record_id}


@command("edit_theme", EditTheme, CHAIRS, undoable=True)
def edit_theme(context: Context, args: EditTheme) -> Result:
    """Rename a theme."""
    theme = context.find(Theme, args.theme)
    theme.title = args.title
    context.touch(theme)
    return None


@command("move_theme", MoveTheme, CHAIRS, undoable=True)
def move_theme(context: Context, args: MoveTheme) -> Result:
    """Put a theme before another, or last."""
    theme = context.find(Theme, args.theme)
    before = context.find(Theme, args.before, "before") if args.before else None
    ordering.put_before(context, theme, before)
    return None


@command("remove_theme", OneTheme, CHAIRS, undoable=True)
def remove_theme(context: Context, args: OneTheme) -> Result:
    """Take a theme away; its ideas stay, without a theme."""
    theme = context.find(Theme, args.theme)
    for idea in db.session.scalars(select(Idea).where(Idea.theme_id == theme.id)):
        idea.theme_id = None
        context.touch(idea)
    db.session.flush()
    context.write.remove(theme)
    return None


@command("move_idea", MoveIdea, CHAIRS, undoable=True)
def move_idea(context: Context, args: MoveIdea) -> Result:
    """Lay an idea under a theme, or under none; before another idea, or last."""
    idea = context.find(Idea, args.idea)
    if idea.state not in ("open", "merged"):
        raise Refused("not_open", "idea", state=idea.state)
    theme = context.find(Theme, args.theme) if args.theme else None
    idea.theme_id = theme.id if theme else None
    if args.before:
        _place_before(context, idea, context.find(Idea, args.before, "before"))
    else:
        idea.position = context.last_position(Idea)
    context.touch(idea)
    return None


def _place_before(context: Context, idea: Idea, before: Idea) -> None:
    if before is idea:
        raise Refused("conflict", "before")
    rows = db.session.scalars(
        select(Idea)
        .where(Idea.workshop_id == context.workshop.id, Idea.position >= before.position, Idea.id != idea.id)
        .order_by(Idea.position, Idea.id)
    )
    idea.position = before.position
    for row in rows:
        row.position += 1
        if row.shown_seq is not None:
            context.touch(row)


@command("merge_ideas", MergeIdeas, CHAIRS, undoable=True, rechecks=True)
def merge_ideas(context: Context, args: MergeIdeas) -> Result:
    """Lay ideas together under one: the originals and their authors' trail stay, and they can be split again.

    Refused once a ballot is open on any of them: a vote is never moved (docs/rules.md section 9).
    """
    into = context.find(Idea, args.into, "into")
    ideas = context.find_all(Idea, args.ideas, "ideas")
    if into in ideas:
        raise Refused("conflict", "ideas")
    for idea in (into, *ideas):
        if idea.state != "open":
            raise Refused("not_open", "into" if idea is into else "ideas", idea=idea.record_id)
    refuse_on_ballot(context, [into, *ideas])
    for idea in ideas:
        idea.state = "merged"
        idea.merged_into_id = into.id
        idea.merge_sort = args.sort
        idea.theme_id = into.theme_id
        tell(context, idea)
        for earlier in db.session.scalars(select(Idea).where(Idea.merged_into_id == idea.id)):
            earlier.merged_into_id = into.id
            context.touch(earlier)
            tell(context, earlier)
    context.touch(into, *ideas)
    return {"idea": into.record_id}


@command("split_idea", OneIdea, CHAIRS, undoable=True, rechecks=True)
def split_idea(context: Context, args: OneIdea) -> Result:
    """Take a merged idea out again; for one that others were merged into, take all of them out."""
    idea = context.find(Idea, args.idea)
    merged = [idea] if idea.state == "merged" else _merged_into(idea)
    if not merged:
        raise Refused("not_open", "idea", state=idea.state)
    refuse_on_ballot(context, merged)
    for row in merged:
        row.state = "open"
        target, row.merged_into_id, row.merge_sort = row.merged_into_id, None, None
        context.touch(row)
        tell(context, row)
        if target is not None and (into := db.session.get(Idea, target)) is not None:
            context.touch(into)
    return {"ideas": [row.record_id for row in merged]}


def _merged_into(idea: Idea) -> list[Idea]:
    return list(db.session.scalars(select(Idea).where(Idea.merged_into_id == idea.id)))
