"""Ideas that were written elsewhere are brought along: shown to all at once, with their source and without an author."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from pydantic import Field
from sqlalchemy import select

from workshop.door.arguments import Args, Words
from workshop.door.context import Context
from workshop.door.registry import FACILITATORS, Result, command
from workshop.extensions import db
from workshop.models import Idea, Theme
from workshop.rules import limits
from workshop.rules.refusal import Refused


class ImportedIdea(Args):
    text: Annotated[str, Words("idea.text", needed=True)]
    why: Annotated[str | None, Words("idea.why")] = None
    theme: Annotated[str | None, Words("theme.title")] = None
    origin: Annotated[str | None, Words("idea.source")] = None


class ImportIdeas(Args):
    rows: Annotated[list[ImportedIdea], Field(max_length=limits.IDEAS_IMPORTED)]
    source: Annotated[str, Words("idea.source", needed=True)]


@command("import_ideas", ImportIdeas, FACILITATORS, undoable=True)
def import_ideas(context: Context, args: ImportIdeas) -> Result:
    """Bring along ideas that were written elsewhere. They have no author and no group, count in ballots like others, and
    carry `source`, or the row's own `origin`. A `theme` that the workshop lacks is created. Either all rows are taken or
    none; the errors of further rows are attached to the first. Raises `empty` without rows, `too_many` naming `themes`."""
    if not args.rows:
        raise Refused("empty", "rows")
    themes = _themes(context, args.rows)
    position = context.last_position(Idea)
    brought = [
        Idea(
            workshop_id=context.workshop.id,
            text=row.text,
            why=row.why or "",
            state="open",
            theme_id=themes[_key(row.theme)].id if row.theme else None,
            source=row.origin or args.source,
            position=position + place,
            shown_seq=context.seq,
            created_at=context.now(),
        )
        for place, row in enumerate(args.rows)
    ]
    context.add(*brought)
    return {"ideas": [idea.record_id for idea in brought]}


def new_themes(workshop_id: int, rows: Iterable[ImportedIdea]) -> list[str]:
    """Returns the titles of the themes that the rows name and the workshop lacks, in their order. Raises `too_many` naming
    `themes` if the workshop has no room for them."""
    titles = db.session.scalars(select(Theme.title).where(Theme.workshop_id == workshop_id)).all()
    there = {_key(title) for title in titles}
    new: dict[str, str] = {}
    for row in rows:
        if row.theme and _key(row.theme) not in there:
            new.setdefault(_key(row.theme), row.theme)
    if new and len(titles) + len(new) > limits.THEMES:
        raise Refused("too_many", "themes", limit=limits.THEMES)
    return list(new.values())


def _themes(context: Context, rows: list[ImportedIdea]) -> dict[str, Theme]:
    """Returns the themes of the workshop by what their titles are compared by, those the rows need created."""
    position = context.last_position(Theme)
    titles = new_themes(context.workshop.id, rows)
    context.add(
        *(
            Theme(workshop_id=context.workshop.id, title=title, position=position + place)
            for place, title in enumerate(titles)
        )
    )
    there = db.session.scalars(select(Theme).where(Theme.workshop_id == context.workshop.id).order_by(Theme.id.desc()))
    return {_key(theme.title): theme for theme in there}


def _key(title: str) -> str:
    """Returns what titles are compared by: capital and small letters are the same."""
    return title.casefold()
