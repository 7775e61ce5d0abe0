"""Open votes: what a step says about them, and asking a small group whether it votes openly in the next vote.

docs/rules.md section 7. A vote gets the openness of the step that runs when it opens; it is not an argument of the opening,
because people must know it before. A small group votes openly only if each of its members has agreed on their own phone.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated

from sqlalchemy import select, update

from workshop.door.arguments import Args, Ref
from workshop.door.context import Context
from workshop.door.registry import FACILITATORS, PEOPLE, Result, command
from workshop.extensions import db
from workshop.models import Group, Participant, Step
from workshop.models.votes import VOTES
from workshop.rules.openness import Openness, all_agreed, without_group
from workshop.rules.refusal import Refused


class AskOpenVote(Args):
    """`asked` false takes the question back."""

    group: Annotated[str, Ref("group")]
    asked: bool = True


class AnswerOpenVote(Args):
    group: Annotated[str, Ref("group")]
    agree: bool


@command("ask_open_vote", AskOpenVote, FACILITATORS, while_draft=False)
def ask_open_vote(context: Context, args: AskOpenVote) -> Result:
    """Ask a group under the privacy minimum whether it votes openly in the next vote: counted by itself, with names.

    Each member answers on the own phone; the vote that opens next uses the answers and clears them. Raises `conflict`
    with how many have joined for a group that needs no asking.
    """
    group = context.find(Group, args.group)
    if group.asked_openly == args.asked:
        raise Refused("already", "group", asked=group.asked_openly)
    joined, minimum = context.group_size(group.id), context.workshop.privacy_minimum
    if args.asked and not 0 < joined < minimum:
        raise Refused("conflict", "group", members=joined, privacy_minimum=minimum)
    _set(context, group, args.asked)
    return None


@command("answer_open_vote", AnswerOpenVote, PEOPLE, while_draft=False)
def answer_open_vote(context: Context, args: AnswerOpenVote) -> Result:
    """Say whether the own group may vote openly in the next vote. It can be changed until that opens; nobody is told who
    said no."""
    group = context.find(Group, args.group)
    if context.person.group_id != group.id:
        raise Refused("not_yours", "group")
    if not group.asked_openly:
        raise Refused("not_open", "group")
    context.person.agrees_openly = args.agree
    context.touch(group)
    context.touch_mine(context.person)
    return None


def _set(context: Context, group: Group, asked: bool) -> None:
    """Asks the group, or cancels the question; the members' earlier answers are deleted."""
    group.asked_openly = asked
    context.touch(group)
    for person in db.session.scalars(select(Participant).where(Participant.group_id == group.id)):
        person.agrees_openly = None
        context.touch_mine(person)


def drop_needless(context: Context) -> None:
    """Cancels the question when the group has reached the privacy minimum or is empty: called when the privacy minimum has
    changed."""
    for group in _asked(context):
        drop_if_needless(context, group, context.group_size(group.id))


def drop_if_needless(context: Context, group: Group, people: int) -> None:
    """Cancels the question for one group of so many people: called when somebody has joined or left."""
    if group.asked_openly and not 0 < people < context.workshop.privacy_minimum:
        _set(context, group, False)


def _asked(context: Context) -> list[Group]:
    wanted = select(Group).where(Group.workshop_id == context.workshop.id, Group.asked_openly.is_(True))
    return list(db.session.scalars(wanted))


def next_vote(context: Context, sizes: dict[str, int], eligible: Collection[int] | None = None) -> Openness:
    """Returns how a vote that opened now would be held.

    `sizes` is people per declared group, `eligible` who of those who have joined may vote (`None`: all of them).
    """
    step = context.current_step()
    said = Openness.of_step(step.settings) if step is not None else Openness()
    agreed: dict[str, int] = {}
    rows = db.session.execute(
        select(Group.key, Participant.id, Participant.agrees_openly)
        .join(Participant, Participant.group_id == Group.id)
        .where(Group.workshop_id == context.workshop.id, Group.asked_openly.is_(True), Participant.state == "active")
    )
    for key, person, agrees in rows:
        if eligible is None or person in eligible:
            agreed[key] = agreed.get(key, 0) + bool(agrees)
    found = all_agreed(sizes, agreed, context.workshop.privacy_minimum)
    return Openness(said.declared, said.groups, tuple(key for key in found if not said.opens(key)))


def used(context: Context) -> None:
    """Clears the answers after a vote has opened, and fixes what its step says.

    The step is stamped, so that a change of it from before the vote cannot be undone any more.
    """
    for group in _asked(context):
        _set(context, group, False)
    # By a statement, so that the rows are not in the undo image: else anybody's "ready" would prevent the undo.
    stamp = update(Step).where(Step.id == context.workshop.current_step_id).values(seq=context.seq)
    db.session.execute(stamp.execution_options(synchronize_session="fetch"))


def refuse_once_voted(step: Step) -> None:
    """Raises `closed` if a vote has opened in the step: what was announced before it must not change."""
    for model in VOTES:
        if db.session.scalar(select(model.id).where(model.step_id == step.id).limit(1)) is not None:
            raise Refused("closed", "settings.openness", voted=True)


def forget_group(context: Context, key: str) -> None:
    """Removes a deleted group from the settings of every step."""
    for step in context.workshop.steps:
        if key in step.settings.get("open_groups", ()):
            step.settings = without_group(step.settings, key)
            context.touch(step)
