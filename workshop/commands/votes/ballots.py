"""Ballots: a vote on options, opened, cast, closed, and only then published.

docs/rules.md sections 4, 5 and 7.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import Field
from sqlalchemy import select

from workshop import offload
from workshop.commands.votes import again, electorate, named_papers, openness, secret_papers, turnout
from workshop.commands.votes.deadlines import Until, ends_at
from workshop.door.arguments import Args, Ref, Secret, Words
from workshop.door.context import Context
from workshop.door.registry import FACILITATORS, PEOPLE, Result, command
from workshop.extensions import db
from workshop.identity import SYSTEM, Actor
from workshop.models import Ballot, Goal, Idea, Workshop, supports
from workshop.rules import ballots as rules
from workshop.rules import groups, limits, results, steps
from workshop.rules.chain import fingerprint
from workshop.rules.record_ids import RecordId, number_of
from workshop.rules.refusal import Refused

#: what a phone sent just before the deadline may arrive this much later
GRACE = timedelta(seconds=2)

Minutes = Annotated[float, Field(gt=0, le=steps.MOST_MINUTES, allow_inf_nan=False)]


class OpenBallot(Until):
    """`title` is what the room is asked; `question` is another word for it, and one of them is enough."""

    title: Annotated[str | None, Words("workshop.question")] = None
    question: Annotated[str | None, Words("workshop.question")] = None
    method: Literal["dots", "approval", "positions"]
    options: list[Annotated[str, Ref("idea", "goal")]]
    settings: dict[str, Any] = Field(default_factory=dict)
    minutes: Minutes | None = None


class CastBallot(Args):
    """`keep` belongs to an open vote: it asks that the name stays when names are erased."""

    ballot: Annotated[str, Ref("ballot")]
    choices: Annotated[dict[str, Any], Secret()]
    keep: bool = False


class OneBallot(Args):
    ballot: Annotated[str, Ref("ballot")]


@command("open_ballot", OpenBallot, FACILITATORS, undoable=True, while_draft=False)
def open_ballot(context: Context, args: OpenBallot) -> Result:
    """Open a ballot on open ideas, or on goals. Its settings, who votes openly and the effective groups are fixed from now
    on."""
    options = _options(context, args)
    settings = rules.checked_settings(args.method, args.settings, len(options))
    workshop, moment = context.workshop, context.now()
    sizes = electorate.joined(workshop.id)
    how_open = openness.next_vote(context, sizes)
    before = again.pooled(again.ballot_on(workshop.id, options))
    grouping = groups.effective_groups(sizes, workshop.privacy_minimum, how_open.among(sizes), before)
    _check_own_weights(settings, grouping.sizes())
    step = context.current_step()
    ballot = Ballot(
        workshop_id=workshop.id,
        step_id=step.id if step else None,
        title=_title(args),
        method=args.method,
        options=options,
        settings=settings,
        openness_record=how_open.as_record(),
        effective=electorate.as_mapping(grouping),
        absent=list(grouping.absent),
        privacy_minimum=workshop.privacy_minimum,
        opened_at=moment,
        ends_at=ends_at(moment, args.minutes, args.until),
    )
    context.add(ballot)
    turnout.begin(context, ballot)
    openness.used(context)
    context.proof.update(ballot=ballot.record_id, terms=ballot.terms())
    return {"ballot": ballot.record_id}


def _title(args: OpenBallot) -> str:
    if args.title and args.question and args.title != args.question:
        raise Refused("malformed", "question")
    return args.title or args.question or ""


def _options(context: Context, args: OpenBallot) -> list[str]:
    """Returns the options' record ids, each once, sorted so that their order means nothing. Raises `empty` for none,
    `too_many`, and `unknown_option` for an option that nobody can vote on."""
    wanted = sorted(set(args.options), key=RecordId.parse)
    if not wanted:
        raise Refused("empty", "options")
    if len(wanted) > limits.BALLOT_OPTIONS:
        raise Refused("too_many", "options", limit=limits.BALLOT_OPTIONS, given=len(wanted))
    for option in wanted:
        if option.startswith("goal:"):
            fits = args.method != "dots" and context.find(Goal, option, "options").state != "dropped"
        else:
            idea = context.find(Idea, option, "options")
            if idea.shown_seq is None:
                raise Refused("not_found", "options")
            fits = idea.state == "open" and not idea.erased
        if not fits:
            raise Refused("unknown_option", "options", option=option)
    return wanted


def _check_own_weights(settings: dict[str, object], sizes: dict[str, int]) -> None:
    """Raises unless own weights name exactly the effective groups of the vote."""
    weights = settings.get("weights")
    if isinstance(weights, dict) and set(weights) != set(sizes):
        raise Refused("malformed", "settings.weights", groups=sorted(sizes))


def refuse_after_time(ends: datetime | None, moment: datetime, field: str) -> None:
    """Raises `closed` for a vote whose deadline and grace have passed."""
    if ends is not None and moment > ends + GRACE:
        raise Refused("closed", field)


@command("cast_ballot", CastBallot, PEOPLE, while_draft=False, together=True)
def cast_ballot(context: Context, args: CastBallot) -> Result:
    """Cast one's whole ballot; it replaces the one cast before. Without any choice it takes the vote back.

    Where one's group votes openly, it stands by one's name: `empty` with the field `name` for who has not said one.
    """
    ballot = context.find(Ballot, args.ballot)
    if ballot.state != "open":
        raise Refused("closed", "ballot")
    refuse_after_time(ballot.ends_at, context.now(), "ballot")
    # What was taken out while the phone was away is not the voter's fault.
    wanted = {option: choice for option, choice in args.choices.items() if option not in ballot.dropped}
    choices = rules.checked_choices(ballot.method, ballot.settings, set(ballot.options), wanted)
    groups_before = dict(ballot.effective)
    taken = electorate.voter(context, ballot, context.person)
    named_papers.lay(context, ballot, taken, choices, keep=args.keep, voted=not rules.is_empty(choices))
    turnout.moved(context, ballot)
    if dict(ballot.effective) != groups_before:
        # The first member of a group that was absent: the groups of the ballot have changed.
        context.touch(ballot)
    return None


@command("close_ballot", OneBallot, (*FACILITATORS, SYSTEM), while_closed=True)
def close_ballot(context: Context, args: OneBallot) -> Result:
    """Close a ballot for good: no vote can be changed any more, and papers lose what tied them to people."""
    ballot = context.find(Ballot, args.ballot)
    if ballot.state != "open":
        raise Refused("already", "ballot", state=ballot.state)
    electorate.settle(context, ballot)
    secret_papers.seal(context, ballot.record_id)
    named_papers.seal(ballot.record_id)
    ballot.state = "closed"
    ballot.closed_at = context.now()
    context.touch(ballot)
    turnout.end(context, ballot)
    context.proof.update(
        ballot=ballot.record_id,
        terms=ballot.terms(),
        papers_hash=secret_papers.fingerprint_of(ballot.record_id),
        **named_papers.proof_of(ballot),
    )
    return None


def refuse_while_voted_on(context: Context, record_id: str) -> None:
    """Raises `conflict` while a ballot on this text is not published: people vote on its words."""
    waiting = db.session.scalars(
        select(Ballot).where(Ballot.workshop_id == context.workshop.id, Ballot.state != "published")
    )
    if any(record_id in ballot.options for ballot in waiting):
        raise Refused("conflict", RecordId.parse(record_id).kind, on_ballot=True)


#: options times papers from which a result is computed in another process: below it, starting one takes longer
_HEAVY = 2000


def _reckon(actor: Actor, args: OneBallot) -> dict[str, Any] | None:
    """Returns what is published of a closed ballot (docs/rules.md sections 5, 7 and 8). Its papers do not change any more,
    so it is computed before the lock is taken; None for a ballot that is not closed, which the command refuses."""
    db.session.rollback()
    ballot = db.session.get(Ballot, number_of(args.ballot))
    if ballot is None or ballot.workshop_id != actor.workshop_id or ballot.state != "closed":
        return None
    workshop = db.session.get_one(Workshop, ballot.workshop_id)
    laid = secret_papers.read(ballot.record_id) + named_papers.read(ballot.record_id)
    cast = [rules.BallotPaper(group, choices) for group, choices in laid]
    arguments = (
        ballot.method,
        list(ballot.options),
        dict(ballot.settings),
        cast,
        {group: int(people) for group, people in (ballot.eligible or {}).items()},
        ballot.privacy_minimum,
        workshop.lot_seed,
        ballot.open_groups,
    )
    db.session.remove()
    if len(arguments[1]) * len(cast) < _HEAVY:
        return results.ballot_result(*arguments)
    reckoned: dict[str, Any] = offload.run("workshop.rules.results:ballot_result", *arguments, key=args.ballot)
    return reckoned


@command("publish_ballot", OneBallot, FACILITATORS, while_closed=True, prepare=_reckon)
def publish_ballot(context: Context, args: OneBallot) -> Result:
    """Show the result to everybody at once, as far as the rules of disclosure allow."""
    ballot = context.find(Ballot, args.ballot)
    if ballot.state == "open":
        raise Refused("wrong_step", "ballot", state=ballot.state)
    if ballot.state == "published":
        raise Refused("already", "ballot", state=ballot.state)
    if context.prepared is None:
        raise Refused("conflict", "ballot", state=ballot.state)
    ballot.result = context.prepared
    ballot.state = "published"
    context.touch(ballot)
    _show_supports(context, ballot)
    context.proof.update(ballot=ballot.record_id, result_hash=fingerprint(context.prepared))
    return None


def _show_supports(context: Context, ballot: Ballot) -> None:
    """Stamps the ideas of the ballot: from now on their numbers of supporters are shown."""
    db.session.flush()
    numbers = [number_of(idea) for idea in supports.after_the_vote(context.workshop) if idea in ballot.options]
    context.touch(*db.session.scalars(select(Idea).where(Idea.id.in_(numbers))))
