"""What is being written and the room has not been shown: saved for undo and conflicts, binding nothing (docs/rules.md
section 1).

A draft is shown when its editor is left, when somebody does something about the text that needs its newest words, or by the
clock, when whoever wrote it has gone silent (`silent`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Annotated, Any

from sqlalchemy import select

from workshop.commands.checks import recheck
from workshop.commands.texts import rewording, versions
from workshop.commands.texts.versions import Text
from workshop.door.arguments import Args, Ref
from workshop.door.context import Context
from workshop.door.registry import FACILITATORS, Result, before, command
from workshop.extensions import db
from workshop.identity import SYSTEM
from workshop.models import Agreement, Amendment, Consent, Decision, served
from workshop.models.by_kind import by_record_id
from workshop.models.reopening import next_version
from workshop.models.texts import TEXTS, text_by
from workshop.rules.refusal import Refused

#: a draft that nobody has gone on with for so long is shown by the clock
SILENT = timedelta(seconds=60)


class ShowText(Args):
    on: Annotated[str, Ref("goal", "agreement")]


@command("show_text", ShowText, (*FACILITATORS, SYSTEM), after=recheck)
def show_text(context: Context, args: ShowText) -> Result:
    """Show the room the draft of a text as it stands: its editor was left, or has gone silent. Raises `already` where the
    room is shown the newest words, and for the clock where somebody has gone on writing."""
    text = context.find_among(TEXTS, args.on, "on")
    going_on = text.draft_at is not None and context.now() - text.draft_at < SILENT
    if (context.actor.role == SYSTEM and going_on) or not versions.show(context, text):
        raise Refused("already", "on")
    return {"version": text.version}


def may_wait(context: Context, text: Text) -> bool:
    """Returns whether an edit can stay a draft: not while the room is asked about these words, or about an agreement that
    serves this goal. Such an edit ends the vote, and the room must see why."""
    about = rewording.asked_about(text)
    for model, on in ((Decision, Decision.text_id), (Consent, Consent.on)):
        if db.session.scalar(select(model.id).where(on.in_(about), model.state == "open").limit(1)) is not None:
            return False
    return True


def save(context: Context, text: Text, changes: Mapping[str, Any]) -> None:
    """Keep changed fields as the newest version, without showing it. Raises what a shown edit does."""
    changed = versions.changed_by(text, changes)
    if not changed:
        return
    versions.check_may_change(context, text)
    content = {**text.newest_content, **{name: changes[name] for name in changed}}
    text.draft_version, text.draft_content, text.draft_at = next_version(text), content, context.now()
    context.write.touch_draft(text)
    versions.keep(context, text, versions.Made(changed, "editor", context.actor.role))


def _show(context: Context, texts: Iterable[Text | None]) -> None:
    shown = [versions.show(context, text) for text in texts if text is not None]
    if any(shown):
        db.session.flush()
        recheck(context)


def _text(context: Context, record_id: str | None) -> Text | None:
    """Returns the text of this workshop with a record id; None for anything else: the command itself refuses it."""
    text = text_by(record_id) if record_id is not None else None
    return text if text is not None and text.workshop_id == context.workshop.id else None


@before("open_decision", "open_consent", "propose_text", "drop_text", "correct_language", "record_hands")
def show_what_is_asked(context: Context, args: Any) -> None:
    """Show the text that something is done about, and the goals it serves: what is decided on is what the room reads."""
    text = _text(context, args.on)
    _show(context, [text])
    if isinstance(text, Agreement):
        _show(context, served.goals_of(text))


@before("open_ballot")
def show_options(context: Context, args: Any) -> None:
    """Show the goals that are voted on."""
    _show(context, [_text(context, option) for option in args.options])


@before("accept_amendment", "renew_amendment", "confirm_correction")
def show_amended(context: Context, args: Any) -> None:
    """Show the text that an amendment is laid on, so that it meets the newest words."""
    amendment = by_record_id(args.amendment, (Amendment,))
    _show(context, [_text(context, amendment.on if amendment is not None else None)])


@before("close_workshop")
def show_all(context: Context, _args: Any) -> None:
    """Show every draft: the record holds what the room was shown."""
    ahead: list[Text] = []
    for model in TEXTS:
        written = select(model).where(model.workshop_id == context.workshop.id, model.draft_version.is_not(None))
        ahead += db.session.scalars(written)
    _show(context, ahead)
