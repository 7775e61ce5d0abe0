"""Decisions: one version of one goal or agreement is carried in every group, or it is not.

docs/rules.md section 6.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field
from sqlalchemy import select

from workshop.commands import checks
from workshop.commands.checks import recheck
from workshop.commands.votes import again, electorate, named_papers, openness, secret_papers, turnout
from workshop.commands.votes.ballots import Minutes, refuse_after_time
from workshop.commands.votes.deadlines import Until, ends_at
from workshop.door.arguments import Args, Ref, Secret, Words
from workshop.door.context import Context
from workshop.door.registry import FACILITATORS, PEOPLE, Result, command
from workshop.extensions import db
from workshop.identity import SYSTEM
from workshop.models import Agreement, Decision, Goal, served
from workshop.models.texts import TEXTS, Versioned
from workshop.rules import groups, limits, results
from workshop.rules.chain import fingerprint
from workshop.rules.decisions import Rule, Stance
from workshop.rules.refusal import Refused

#: levels at which the parties of an agreement bind themselves, so that their own groups need two thirds
_BINDING_LEVELS = ("agreement", "decision")
#: stances were taken on an earlier wording: a new decision is what this check asks for
_MET_BY_DECIDING = {"A10"}


class OpenDecision(Until):
    """`electorate`: who is there now, or everybody who has joined; the quorum counts over the same people. Whoever joins
    later takes part in the next decision."""

    on: Annotated[str, Ref("goal", "agreement")]
    version: Annotated[int, Field(le=limits.RECORD_NUMBER)]
    minutes: Minutes | None = None
    electorate: Literal["present", "joined"] = "present"


class TakeStance(Args):
    """`keep` goes with an open vote: it asks that name and words stay when names are erased."""

    decision: Annotated[str, Ref("decision")]
    stance: Annotated[Literal["for", "reservation", "against", "blank"], Secret()]
    reason: Annotated[str | None, Words("reason"), Secret()] = None
    keep: bool = False


class OneDecision(Args):
    decision: Annotated[str, Ref("decision")]


@command("open_decision", OpenDecision, FACILITATORS, undoable=True, after=recheck, while_draft=False)
def open_decision(context: Context, args: OpenDecision) -> Result:
    """Open the decision on the present version of a text. Who may take part, and who of them openly, is settled now:
    whoever comes later waits for the next decision."""
    text = _text(context, args.on)
    _check_may_open(context, text, args.version)
    workshop, moment = context.workshop, context.now()
    seen_since = moment if args.electorate == "present" else None
    people = dict(electorate.people(workshop.id, seen_since))
    if not people:
        raise Refused("no_quorum", "on", eligible=0)
    sizes = electorate.present(workshop.id, moment) if seen_since else electorate.joined(workshop.id)
    how_open = openness.next_vote(context, sizes, people)
    before = again.pooled(again.decision_on(text))
    grouping = groups.effective_groups(sizes, workshop.privacy_minimum, how_open.among(sizes), before)
    effective = electorate.as_mapping(grouping)
    step = context.current_step()
    decision = Decision(
        workshop_id=workshop.id,
        step_id=step.id if step else None,
        text_id=text.record_id,
        text_version=text.version,
        text_hash=served.fingerprint_of(text),
        goals=served.as_decided(text),
        rules=frozen_rules(context, text),
        openness_record=how_open.as_record(),
        effective=effective,
        absent=list(grouping.absent),
        eligible=grouping.sizes(),
        privacy_minimum=workshop.privacy_minimum,
        opened_at=moment,
        ends_at=ends_at(moment, args.minutes, args.until),
        electorate=args.electorate,
    )
    context.add(decision)
    turnout.begin(context, decision)
    secret_papers.admit(context, decision.record_id, {person: effective[key] for person, key in people.items()})
    openness.used(context)
    text.state = "deciding"
    context.touch(text)
    context.proof.update(decision=decision.record_id, terms=decision.terms())
    return {"decision": decision.record_id}


def _text(context: Context, record_id: str) -> Goal | Agreement:
    return context.find_among(TEXTS, record_id, "on")


def _check_may_open(context: Context, text: Goal | Agreement, version: int) -> None:
    """Raises `not_open` for a text left behind, `already` where a decision is open or the text is agreed, `conflict`
    with the present version for another one, `checks_open` with the codes that block."""
    if text.state in ("dropped", "intention"):
        raise Refused("not_open", "on", state=text.state)
    if text.state == "agreed" or _open_on(text.record_id) is not None:
        raise Refused("already", "on", state=text.state)
    if version != text.version:
        raise Refused("conflict", "version", version=text.version)
    checks.recheck(context)
    blocking = {check["code"] for check in text.checks if check["severity"] == "B"} - _MET_BY_DECIDING
    if blocking:
        raise Refused("checks_open", "on", checks=sorted(blocking))


def _open_on(text_id: str) -> Decision | None:
    """Returns the open decision on a text, if there is one."""
    return db.session.scalar(select(Decision).where(Decision.text_id == text_id, Decision.state == "open"))


def frozen_rules(context: Context, text: Versioned) -> dict[str, Any]:
    """Returns the rules this decision is taken by. The first decision writes the workshop's thresholds out: from then on
    they are locked."""
    workshop = context.workshop
    rule = Rule.from_settings(
        {
            **workshop.decision_rules,
            "privacy_minimum": workshop.privacy_minimum,
            "binding_groups": _binding_groups(context, text),
        }
    )
    frozen = rule.as_settings()
    thresholds = {name: share for name, share in frozen.items() if name not in _PER_DECISION}
    if dict(workshop.decision_rules) != thresholds:
        workshop.decision_rules = thresholds
        context.touch(workshop)
    required = sorted(group.key for group in workshop.groups if group.required)
    return {**frozen, "required_groups": required}


#: what a decision's rules hold beside the workshop's thresholds
_PER_DECISION = ("privacy_minimum", "binding_groups", "required_groups")


def _binding_groups(context: Context, text: Versioned) -> list[str]:
    """Returns the groups of the parties, where the parties bind themselves (docs/rules.md section 6, step 4)."""
    if not isinstance(text, Agreement) or context.workshop.decision_level not in _BINDING_LEVELS:
        return []
    parties = text.content.get("parties") or []
    return sorted({party["group"] for party in parties if party.get("group")})


@command("take_stance", TakeStance, PEOPLE, while_draft=False, together=True)
def take_stance(context: Context, args: TakeStance) -> Result:
    """Take one's stance, or take another one instead, until the decision closes. Where one's group votes openly, it stands
    by one's name: `empty` with the field `name` for who has not said one."""
    decision = context.find(Decision, args.decision)
    if decision.state != "open":
        raise Refused("text_changed" if decision.closed_because == "text_changed" else "closed", "decision")
    refuse_after_time(decision.ends_at, context.now(), "decision")
    admitted = secret_papers.part(decision.record_id, context.person.id)
    if admitted is None:
        raise Refused("not_allowed", "decision", waits=True)
    check_reason(args.stance, args.reason)
    named_papers.lay(
        context, decision, admitted, {"stance": args.stance}, reason=args.reason or "", keep=args.keep, voted=True
    )
    turnout.moved(context, decision)
    return None


def check_reason(stance: str, reason: str | None) -> None:
    """Raises `reason_required` for a reservation without words, `malformed` for words that no such stance has."""
    if stance == "reservation" and not reason:
        raise Refused("reason_required", "reason")
    if reason and stance not in ("reservation", "against"):
        raise Refused("malformed", "reason")


@command("close_decision", OneDecision, (*FACILITATORS, SYSTEM), while_closed=True)
def close_decision(context: Context, args: OneDecision) -> Result:
    """Close a decision and publish its outcome at once, as far as the rules of disclosure allow."""
    decision = context.find(Decision, args.decision)
    if decision.electorate == "cards":
        raise Refused("not_found", "decision")
    if decision.state != "open":
        raise Refused("already", "decision", state=decision.state)
    secret_papers.seal(context, decision.record_id)
    named_papers.seal(decision.record_id)
    outcome = conclude(context, decision)
    text = _text(context, decision.text_id)
    text.state = "agreed" if outcome == "ratified" else "not_agreed"
    context.touch(text)
    context.proof.update(
        decision=decision.record_id,
        papers_hash=secret_papers.fingerprint_of(decision.record_id),
        **named_papers.proof_of(decision),
        result_hash=fingerprint(decision.result),
    )
    return {"outcome": outcome}


def conclude(context: Context, decision: Decision) -> str:
    """Close a decision whose papers are sealed, with its result. Returns the outcome."""
    result = _result(decision)
    decision.result = result
    _shut(context, decision, "clock" if context.actor.role == SYSTEM else "facilitator")
    return str(result["outcome"])


def _result(decision: Decision) -> dict[str, Any]:
    """Returns what is published of the stances (docs/rules.md sections 6 and 7), without the names of those who voted
    openly: they stand beside it, where they can be erased."""
    frozen = dict(decision.rules)
    required = frozen.pop("required_groups", [])
    laid = secret_papers.read(decision.record_id) + named_papers.read(decision.record_id)
    stances = [Stance(group, paper["stance"], paper.get("reason", "")) for group, paper in laid]
    return results.decision_result(
        Rule.from_settings(frozen),
        {group: int(people) for group, people in decision.eligible.items()},
        stances,
        required,
        decision.absent,
        decision.open_groups,
    )


def close_for_text_change(context: Context, text_id: str) -> None:
    """The text has changed under an open decision: it ends without an outcome and its papers are destroyed, for
    nothing is carried over to another wording. The caller sets the state of the text."""
    decision = _open_on(text_id)
    if decision is None:
        return
    secret_papers.destroy(context, decision.record_id)
    named_papers.destroy(decision.record_id)
    _shut(context, decision, "text_changed")
    context.proof.setdefault("ended", []).append(decision.record_id)


def _shut(context: Context, decision: Decision, because: str) -> None:
    decision.state = "closed"
    decision.closed_because = because
    decision.closed_at = context.now()
    context.touch(decision)
    turnout.end(context, decision)
