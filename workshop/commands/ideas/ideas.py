"""Ideas and comments: writing, changing, withdrawing, revealing, hiding."""

from __future__ import annotations

from typing import Annotated, Literal

from sqlalchemy import func, select

from workshop.commands.checks import recheck
from workshop.commands.ideas.moderation import keep_reason
from workshop.door.arguments import Args, NoArgs, Ref, Words
from workshop.door.context import Context
from workshop.door.registry import FACILITATORS, PEOPLE, Result, command
from workshop.extensions import db
from workshop.models import Ballot, Comment, Idea, Participant, Step, Theme, supports
from workshop.models.base import Stamped
from workshop.models.by_kind import by_record_id
from workshop.models.texts import TEXTS
from workshop.rules import ideas as rules
from workshop.rules.refusal import Refused


class PostIdea(Args):
    text: Annotated[str, Words("idea.text", needed=True)]
    why: Annotated[str | None, Words("idea.why")] = None
    builds_on: Annotated[str | None, Ref("idea")] = None


class EditIdea(Args):
    idea: Annotated[str, Ref("idea")]
    text: Annotated[str, Words("idea.text", needed=True)]
    why: Annotated[str | None, Words("idea.why")] = None


class OneIdea(Args):
    idea: Annotated[str, Ref("idea")]


class HideIdea(Args):
    idea: Annotated[str, Ref("idea")]
    reason: Annotated[str, Words("reason")]


class PostComment(Args):
    on: Annotated[str, Ref("idea", "goal", "agreement", "theme")]
    text: Annotated[str, Words("comment.text", needed=True)]
    sort: Literal["builds_on", "question", "concern", "experience"]


class HideComment(Args):
    comment: Annotated[str, Ref("comment")]
    reason: Annotated[str, Words("reason")]


class OneComment(Args):
    comment: Annotated[str, Ref("comment")]


def writing_mode(context: Context) -> str:
    """Returns `private` or `open`, how ideas are written now. Raises `wrong_step` if none may be posted."""
    step = context.current_step()
    if step is not None and step.step_kind == "ideas":
        return str(step.settings.get("writing", "private"))
    if context.workshop.ideas_always_open:
        return "open"
    raise Refused("wrong_step", "step")


@command("post_idea", PostIdea, PEOPLE, while_draft=False, together=True)
def post_idea(context: Context, args: PostIdea) -> Result:
    """Post an idea: visible to its author alone until revealed, or to all at once, as the step says. Refused as `too_many`
    for a person who has as many ideas as the step allows."""
    mode = writing_mode(context)
    step = context.current_step()
    builds_on = context.find(Idea, args.builds_on, "builds_on") if args.builds_on else None
    if builds_on is not None and (builds_on.erased or builds_on.state not in ("open", "merged")):
        raise Refused("not_open", "builds_on")
    person = context.person
    _refuse_over_the_limit(step, person)
    idea = Idea(
        workshop_id=context.workshop.id,
        participant_id=person.id,
        group_id=person.group_id,
        step_id=step.id if step else None,
        text=args.text,
        why=args.why or "",
        state="open" if mode == "open" else "private",
        builds_on_id=builds_on.id if builds_on else None,
        by_helper=context.by_helper,
        position=context.last_position(Idea),
        shown_seq=context.seq if mode == "open" else None,
        created_at=context.now(),
    )
    context.write.insert(idea)
    context.touch_mine(person)
    return {"idea": idea.record_id}


def _refuse_over_the_limit(step: Step | None, person: Participant) -> None:
    """Raises `too_many` for a person who has reached the limit of the running ideas step; withdrawn ideas do not count.
    Counted under the workshop's lock, so that simultaneous posts are counted too."""
    if step is None or step.step_kind != "ideas" or "ideas_per_person" not in step.settings:
        return
    written = db.session.scalar(
        select(func.count())
        .select_from(Idea)
        .where(Idea.participant_id == person.id, Idea.step_id == step.id, Idea.state != "withdrawn")
    )
    rules.check_room_for_one_more(written or 0, step.settings["ideas_per_person"])


def own_idea(context: Context, record_id: str) -> Idea:
    """Returns the actor's own idea if it can still be changed. Raises `not_yours`, or `not_open` for one that is withdrawn,
    hidden or merged."""
    idea = context.find(Idea, record_id)
    if idea.participant_id != context.person.id:
        # The answer must not show that somebody else's private idea exists.
        raise Refused("not_yours" if idea.shown_seq is not None else "not_found", "idea")
    if idea.state not in ("private", "open"):
        raise Refused("not_open", "idea", state=idea.state)
    return idea


@command("edit_idea", EditIdea, PEOPLE, after=recheck)
def edit_idea(context: Context, args: EditIdea) -> Result:
    """Change one's own idea. Refused once a ballot is open on it: people vote on words."""
    idea = own_idea(context, args.idea)
    refuse_on_ballot(context, [idea])
    idea.text = args.text
    idea.by_helper = context.by_helper
    if "why" in args.model_fields_set:
        idea.why = args.why or ""
    context.touch(idea)
    tell(context, idea)
    return None


def tell(context: Context, *ideas: Idea) -> None:
    """Marks the `mine` of an idea's author and of those who support it as changed."""
    context.touch_mine(*(idea.participant_id for idea in ideas), *supports.supporters(ideas))


def on_ballots(context: Context) -> set[str]:
    """Returns the record ids that are on any ballot of the workshop, open or not."""
    ballots = db.session.scalars(select(Ballot.options).where(Ballot.workshop_id == context.workshop.id))
    return {option for options in ballots for option in options}


def refuse_on_ballot(context: Context, ideas: list[Idea]) -> None:
    """Raises `conflict` if any of the ideas, or one it was merged with, is on a ballot: votes are bound to its words."""
    voted_on = on_ballots(context)
    for idea in ideas:
        if {idea.record_id, Idea.record_id_of(idea.merged_into_id)} & voted_on:
            raise Refused("conflict", "idea", on_ballot=True, idea=idea.record_id)


@command("withdraw_idea", OneIdea, PEOPLE, after=recheck)
def withdraw_idea(context: Context, args: OneIdea) -> Result:
    """Take one's own idea back."""
    idea = own_idea(context, args.idea)
    refuse_on_ballot(context, [idea])
    idea.state = "withdrawn"
    context.touch(idea)
    tell(context, idea)
    return None


@command("reveal_ideas", NoArgs, FACILITATORS, undoable=True, after=recheck)
def reveal_ideas(context: Context, args: NoArgs) -> Result:
    """Show every private idea to the room."""
    ideas = list(db.session.scalars(select(Idea).where(Idea.workshop_id == context.workshop.id, Idea.state == "private")))
    for idea in ideas:
        idea.state = "open"
        idea.shown_seq = context.seq
        context.touch_mine(idea.participant_id)
    context.touch(*ideas)
    step = context.current_step()
    if step is not None and step.step_kind == "ideas":
        _open_writing(context, step)
    return {"revealed": len(ideas)}


def _open_writing(context: Context, step: Step) -> None:
    """Makes the running ideas step open: after the reveal, new ideas are visible at once."""
    step.settings = {**step.settings, "writing": "open", "revealed": True}
    context.touch(step)


@command("hide_idea", HideIdea, FACILITATORS, undoable=True, after=recheck)
def hide_idea(context: Context, args: HideIdea) -> Result:
    """Take an idea away from the room, with a reason its author is told."""
    if not args.reason:
        raise Refused("reason_required", "reason")
    idea = context.find(Idea, args.idea)
    if idea.state == "hidden":
        raise Refused("already", "idea")
    if idea.state not in ("open", "private"):
        raise Refused("not_open", "idea", state=idea.state)
    refuse_on_ballot(context, [idea])
    idea.state = "hidden"
    idea.hidden_reason = args.reason
    idea.asked_again = None
    keep_reason(context, idea.record_id, args.reason)
    context.touch(idea)
    tell(context, idea)
    return None


@command("show_idea", OneIdea, FACILITATORS, undoable=True, after=recheck)
def show_idea(context: Context, args: OneIdea) -> Result:
    """Show a hidden idea, or one private idea, to the room."""
    idea = context.find(Idea, args.idea)
    if idea.state not in ("hidden", "private"):
        raise Refused("already" if idea.state == "open" else "not_open", "idea")
    idea.state = "open"
    idea.hidden_reason = None
    idea.asked_again = None
    idea.shown_seq = idea.shown_seq or context.seq
    context.touch(idea)
    tell(context, idea)
    return None


_COMMENTED: tuple[type[Stamped], ...] = (Idea, Theme, *TEXTS)


@command("post_comment", PostComment, PEOPLE, while_draft=False)
def post_comment(context: Context, args: PostComment) -> Result:
    """Post a short comment on a record: `sort` says what kind of comment it is."""
    commented = context.find_among(_COMMENTED, args.on, "on")
    if isinstance(commented, Idea) and commented.state not in ("open", "merged"):
        raise Refused("not_found" if commented.shown_seq is None else "not_open", "on")
    person = context.person
    comment = Comment(
        workshop_id=context.workshop.id,
        participant_id=person.id,
        group_id=person.group_id,
        on=args.on,
        text=args.text,
        variant=args.sort,
        by_helper=context.by_helper,
        shown_seq=context.seq,
        created_at=context.now(),
    )
    context.add(comment)
    context.touch(commented)
    context.touch_mine(person)
    return {"comment": comment.record_id}


def _commented(context: Context, comment: Comment) -> None:
    """Stamps the record that a comment is on: its number of comments has changed."""
    commented = by_record_id(comment.on, _COMMENTED)
    if commented is not None:
        context.touch(commented)


@command("hide_comment", HideComment, FACILITATORS, undoable=True)
def hide_comment(context: Context, args: HideComment) -> Result:
    """Take a comment away from the room, with a reason its author is told."""
    if not args.reason:
        raise Refused("reason_required", "reason")
    comment = context.find(Comment, args.comment)
    if comment.state == "hidden":
        raise Refused("already", "comment")
    comment.state = "hidden"
    comment.hidden_reason = args.reason
    keep_reason(context, comment.record_id, args.reason)
    context.touch(comment)
    context.touch_mine(comment.participant_id)
    _commented(context, comment)
    return None


@command("show_comment", OneComment, FACILITATORS, undoable=True)
def show_comment(context: Context, args: OneComment) -> Result:
    """Show a hidden comment again."""
    comment = context.find(Comment, args.comment)
    if comment.state == "open":
        raise Refused("already", "comment")
    comment.state = "open"
    comment.hidden_reason = None
    context.touch(comment)
    context.touch_mine(comment.participant_id)
    _commented(context, comment)
    return None
