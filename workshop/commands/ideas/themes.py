"""Themes, and ideas that belong together: moving, merging side by side, splitting."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from sqlalchemy import select

from workshop.commands import ordering
from workshop.commands.checks import recheck
from workshop.commands.ideas.ideas import OneIdea, refuse_on_ballot, tell
from workshop.door.arguments import Args, Ref, Words
from workshop.door.context import Context
from workshop.door.registry import FACILITATORS, Result, command
from workshop.extensions import db
from workshop.models import Idea, Theme
from workshop.rules import limits
from workshop.rules.refusal import Refused


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


class MoveIdeas(Args):
    ideas: Annotated[list[Annotated[str, Ref("idea")]], Field(min_length=1, max_length=limits.IDEAS_AT_ONCE)]
    theme: Annotated[str | None, Ref("theme")] = None


class MergeIdeas(Args):
    into: Annotated[str, Ref("idea")]
    ideas: Annotated[list[Annotated[str, Ref("idea")]], Field(min_length=1, max_length=50)]
    sort: Literal["same", "related"] = "same"


@command("create_theme", CreateTheme, FACILITATORS, undoable=True)
def create_theme(context: Context, args: CreateTheme) -> Result:
    """Create a theme, a heading for ideas."""
    position = context.last_position(Theme)
    number = len(list(db.session.scalars(select(Theme.id).where(Theme.workshop_id == context.workshop.id))))
    if number >= limits.THEMES:
        raise Refused("too_many", "themes", limit=limits.THEMES)
    theme = Theme(workshop_id=context.workshop.id, title=args.title, position=position)
    context.add(theme)
    return {"theme": theme.record_id}


@command("edit_theme", EditTheme, FACILITATORS, undoable=True)
def edit_theme(context: Context, args: EditTheme) -> Result:
    """Rename a theme."""
    theme = context.find(Theme, args.theme)
    theme.title = args.title
    context.touch(theme)
    return None


@command("move_theme", MoveTheme, FACILITATORS, undoable=True)
def move_theme(context: Context, args: MoveTheme) -> Result:
    """Put a theme before another, or last."""
    theme = context.find(Theme, args.theme)
    before = context.find(Theme, args.before, "before") if args.before else None
    ordering.put_before(context, theme, before)
    return None


@command("remove_theme", OneTheme, FACILITATORS, undoable=True)
def remove_theme(context: Context, args: OneTheme) -> Result:
    """Remove a theme; its ideas stay, without a theme."""
    theme = context.find(Theme, args.theme)
    for idea in db.session.scalars(select(Idea).where(Idea.theme_id == theme.id)):
        idea.theme_id = None
        context.touch(idea)
    db.session.flush()
    context.write.remove(theme)
    return None


@command("move_idea", MoveIdea, FACILITATORS, undoable=True)
def move_idea(context: Context, args: MoveIdea) -> Result:
    """Put an idea under a theme, or under none; before another idea, or last."""
    idea = context.find(Idea, args.idea)
    _lay(idea, _theme(context, args.theme), "idea")
    before = context.find(Idea, args.before, "before") if args.before else None
    if before is idea:
        raise Refused("conflict", "before")
    idea.position = ordering.place(context, Idea, before, idea)
    context.touch(idea)
    return None


@command("move_ideas", MoveIdeas, FACILITATORS, undoable=True)
def move_ideas(context: Context, args: MoveIdeas) -> Result:
    """Lay several ideas under a theme, or under none, last and in the order they are named. Either all are moved or none."""
    theme = _theme(context, args.theme)
    for idea in context.find_all(Idea, args.ideas, "ideas"):
        _lay(idea, theme, "ideas")
        idea.position = ordering.place(context, Idea, None, idea)
        db.session.flush()
        context.touch(idea)
    return None


def _theme(context: Context, record_id: str | None) -> Theme | None:
    return context.find(Theme, record_id) if record_id else None


def _lay(idea: Idea, theme: Theme | None, field: str) -> None:
    """Raises `not_open` naming the field for an idea that the room does not see."""
    if idea.state not in ("open", "merged"):
        raise Refused("not_open", field, state=idea.state)
    idea.theme_id = theme.id if theme else None


@command("merge_ideas", MergeIdeas, FACILITATORS, undoable=True, after=recheck)
def merge_ideas(context: Context, args: MergeIdeas) -> Result:
    """Merge ideas into one: the originals and their authors' trail stay, and they can be split again.

    Refused once a ballot is open on any of them: a vote is never moved (docs/rules.md section 9).
    """
    into = context.find(Idea, args.into, "into")
    ideas = context.find_all(Idea, args.ideas, "ideas")
    if into in ideas:
        raise Refused("conflict", "ideas")
    for idea in (into, *ideas):
        if idea.erased or idea.state != "open":
            raise Refused("not_open", "into" if idea is into else "ideas", idea=idea.record_id)
    refuse_on_ballot(context, [into, *ideas])
    earlier = _merged_into(*ideas)
    for idea in ideas:
        idea.state = "merged"
        idea.merge_variant = args.sort
        idea.theme_id = into.theme_id
    for idea in (*ideas, *earlier):
        idea.merged_into_id = into.id
    tell(context, *ideas, *earlier)
    context.touch(into, *ideas, *earlier)
    return {"idea": into.record_id}


@command("split_idea", OneIdea, FACILITATORS, undoable=True, after=recheck)
def split_idea(context: Context, args: OneIdea) -> Result:
    """Take a merged idea out again; for one that others were merged into, take all of them out."""
    idea = context.find(Idea, args.idea)
    merged = [idea] if idea.state == "merged" else _merged_into(idea)
    if not merged:
        raise Refused("not_open", "idea", state=idea.state)
    refuse_on_ballot(context, merged)
    tell(context, *merged)
    context.touch(*merged)
    for row in merged:
        row.state = "open"
        target, row.merged_into_id, row.merge_variant = row.merged_into_id, None, None
        if target is not None and (into := db.session.get(Idea, target)) is not None:
            context.touch(into)
    return {"ideas": [row.record_id for row in merged]}


def _merged_into(*ideas: Idea) -> list[Idea]:
    numbers = [idea.id for idea in ideas]
    return list(db.session.scalars(select(Idea).where(Idea.merged_into_id.in_(numbers))))
