"""Ideas and comments: writing, changing, withdrawing, revealing, hiding."""

from __future__ import annotations

from typing import Annotated, Literal

from sqlalchemy import func, select

from ..extensions import db
from ..models import Agreement, Ballot, Comment, Goal, Idea, Participant, Step, Theme, supports
from ..rules import ideas as rules
from ..rules.refusal import Refused
from .arguments import Args, NoArgs, Ref, Words
from .context import Context
from .moderation import keep_reason
from .registry import CHAIRS, PEOPLE, Result, command


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
    """`private` or `open`, how ideas are written now. Raises `wrong_step` where none may be posted."""
    step = context.current_step()
    if step is not None and step.step_kind == "ideas":
        return str(step.settings.get("writing", "private"))
    if context.workshop.ideas_always_open:
        return "open"
    raise Refused("wrong_step", "step")


@command("post_idea", PostIdea, PEOPLE, rechecks=False, while_draft=False)
def post_idea(context: Context, args: PostIdea) -> Result:
    """Post an idea: seen by its author alone until revealed, or by all at once, as the step says. Refused as
    `too_many` where the step says how many ideas a person may have, and this one has them."""
    mode = writing_mode(context)
    step = context.current_step()
    builds_on = context.find(Idea, args.builds_on, "builds_on") if args.builds_on else None
    if builds_on is not None and builds_on.state not in ("open", "merged"):
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
    context.add(idea)
    context.touch_mine(person)
    return {"idea": idea.record_id}


def _refuse_over_the_limit(step: Step | None, person: Participant) -> None:
    """The limit of the ideas step that runs; what was taken back leaves its place free. Counted under the workshop's
    lock, so that ten posts at once are ten counts."""
    if step is None or step.step_kind != "ideas" or "ideas_per_person" not in step.settings:
        return
    written = db.session.scalar(
        select(func.count())
        .select_from(Idea)
        .where(Idea.participant_id == person.id, Idea.step_id == step.id, Idea.state != "withdrawn")
    )
    rules.check_room_for_one_more(written or 0, step.settings["ideas_per_person"])


def own_idea(context: Context, record_id: str) -> Idea:
    """The actor's own idea, still to be changed. Raises `not_yours` or, for one that is gone, `not_open`."""
    idea = context.find(Idea, record_id)
    if idea.participant_id != context.person.id:
        # A private idea of somebody else is not even said to exist.
        raise Refused("not_yours" if idea.shown_seq is not None else "not_found", "idea")
    if idea.state not in ("private", "open"):
        raise Refused("not_open", "idea", state=idea.state)
    return idea


@command("edit_idea", EditIdea, PEOPLE, rechecks=True)
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
    """What became of an idea is told to its author and to those who support it."""
    context.touch_mine(*(idea.participant_id for idea in ideas), *supports.supporters(ideas))


def on_ballots(context: Context) -> set[str]:
    """The record ids that stand on any ballot of the workshop, open or not."""
    ballots = db.session.scalars(select(Ballot.options).where(Ballot.workshop_id == context.workshop.id))
    return {option for options in ballots for option in options}


def refuse_on_ballot(context: Context, ideas: list[Idea]) -> None:
    """Raise `conflict` if any of the ideas, or one it was laid together with, stands on a ballot: its words are bound to the
    votes."""
    voted_on = on_ballots(context)
    for idea in ideas:
        if {idea.record_id, f"idea:{idea.merged_into_id}"} & voted_on:
            raise Refused("conflict", "idea", on_ballot=True, idea=idea.record_id)


@command("withdraw_idea", OneIdea, PEOPLE, rechecks=True)
def withdraw_idea(context: Context, args: OneIdea) -> Result:
    """Take one's own idea back."""
    idea = own_idea(context, args.idea)
    refuse_on_ballot(context, [idea])
    idea.state = "withdrawn"
    context.touch(idea)
    tell(context, idea)
    return None


@command("reveal_ideas", NoArgs, CHAIRS, undoable=True, rechecks=True)
def reveal_ideas(context: Context, args: NoArgs) -> Result:
    """Show every private idea to the room."""
    ideas = list(
        db.session.scalars(
            select(Idea).where(Idea.workshop_id == context.workshop.id, Idea.state == "private")
        )
    )
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
    """After the reveal the step goes on in the open: late ideas are seen at once."""
    step.settings = {**step.settings, "writing": "open", "revealed": True}
    context.touch(step)


@command("hide_idea", HideIdea, CHAIRS, undoable=True, rechecks=True)
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


@command("show_idea", OneIdea, CHAIRS, undoable=True, rechecks=True)
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


_COMMENTED = {"idea": Idea, "goal": Goal, "agreement": Agreement, "theme": Theme}


@command("post_comment", PostComment, PEOPLE, while_draft=False)
def post_comment(context: Context, args: PostComment) -> Result:
    """Say something short about a record, with its sort."""
    subject = context.find(_COMMENTED[args.on.partition(":")[0]], args.on, "on")
    if isinstance(subject, Idea) and subject.state not in ("open", "merged"):
        raise Refused("not_found" if subject.shown_seq is None else "not_open", "on")
    person = context.person
    comment = Comment(
        workshop_id=context.workshop.id,
        participant_id=person.id,
        group_id=person.group_id,
        on=args.on,
        text=args.text,
        sort=args.sort,
        by_helper=context.by_helper,
        shown_seq=context.seq,
        created_at=context.now(),
    )
    context.add(comment)
    context.touch(subject)
    context.touch_mine(person)
    return {"comment": comment.record_id}


def _commented(context: Context, comment: Comment) -> None:
    """The subject's number of comments has changed."""
    model = _COMMENTED[comment.on.partition(":")[0]]
    subject = db.session.get(model, int(comment.on.partition(":")[2]))
    if subject is not None:
        context.touch(subject)


@command("hide_comment", HideComment, CHAIRS, undoable=True)
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


@command("show_comment", OneComment, CHAIRS, undoable=True)
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
