"""The decision on a reopened agreement: by those who hold a follow-up card, in secret, and by its parties, each by name.

It is a slow decision whose electorate are the cards: in the same groups and by the same rule as the agreement was decided
on. Its papers are a ballot's (docs/secrecy.md): under keys that only a card's code makes again, and random keys once it is
closed. Nothing says which card has voted.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any, Literal

from workshop import identity, secrecy
from workshop.clock import day_of, moment_of
from workshop.commands import checks
from workshop.commands.follow_up.arguments import Day, On
from workshop.commands.follow_up.cards import own_card
from workshop.commands.follow_up.endings import ended
from workshop.commands.follow_up.finding import check_closed, item_of, steward_of
from workshop.commands.follow_up.look_backs import FURTHEST, GRACE, cards_in_groups
from workshop.commands.follow_up.reopening import (
    OneAgreement,
    changed_fields,
    draft_of,
    refuse_where_ended,
    reopened,
    text_of,
    with_values_in_force,
)
from workshop.commands.follow_up.telling import told, words_hash
from workshop.commands.texts import versions
from workshop.commands.votes import again, decisions, electorate, secret_papers
from workshop.door.arguments import Args, Ref, Secret, Words
from workshop.door.context import Context
from workshop.door.registry import CARDS, ORGANISERS, Result, command
from workshop.extensions import db
from workshop.identity import STEWARD, SYSTEM
from workshop.models import Agreement, BallotPaper, Decision, Group, PartyWord, Reopening, card_box, served
from workshop.models.reopening import CAUSE, decision_of, last_words, under_way
from workshop.rules import groups
from workshop.rules.chain import fingerprint
from workshop.rules.fingerprints import decided_hash
from workshop.rules.openness import Openness
from workshop.rules.refusal import Refused


class DecideReopened(OneAgreement):
    """`until`: the last day on which cards and parties may answer."""

    until: Day


class TakeCardStance(Args):
    """The whole stance of a card; it replaces the one before."""

    decision: Annotated[str, Ref("decision")]
    stance: Annotated[Literal["for", "reservation", "against", "blank"], Secret()]
    reason: Annotated[str | None, Words("reason"), Secret()] = None


class AcceptReopened(Args):
    on: On
    accepted: bool
    words: Annotated[str, Words("follow_up.words")] = ""


@command("decide_reopened", DecideReopened, ORGANISERS, while_closed=True, while_draft=False)
def decide_reopened(context: Context, args: DecideReopened) -> Result:
    """Ask those who hold a card, and the parties, to decide on the new version. Its words are fixed from now on, and so is how
    the groups are counted. Raises `already` where nothing is changed, `checks_open` with the codes that block, `empty`
    where nobody has a card, `malformed` for a day that is over or too far ahead."""
    check_closed(context)
    row = draft_of(context, args.agreement)
    refuse_where_ended(item_of(context, args.agreement, "agreement"))
    text = text_of(context, row)
    row.content = with_values_in_force(text, row.content)
    changed = changed_fields(text, row.content)
    if not changed:
        raise Refused("already", "agreement", unchanged=True)
    blocking = checks.blocking_of_reopened(context, text, row.content)
    if blocking:
        raise Refused("checks_open", "agreement", checks=blocking)
    _check_until(context, args)
    decision = _decision(context, text, row, args)
    row.version = versions.propose(context, text, row.content, versions.Made(changed, CAUSE, context.actor.role, row.reason))
    decision.text_version = row.version
    context.add(decision)
    row.decision_id, row.state = decision.id, "deciding"
    told_of = {"id": row.id, "on": row.on, "version": row.version}
    context.proof.update(decision=decision.record_id, terms=decision.terms(), reopening=told_of)
    return {"decision": decision.record_id, "version": row.version}


def _check_until(context: Context, args: DecideReopened) -> None:
    here = day_of(context.now())
    if args.until < here:
        raise Refused("malformed", "until", past=True)
    if args.until > here + FURTHEST:
        raise Refused("malformed", "until", days=FURTHEST.days)


def _decision(context: Context, text: Agreement, row: Reopening, args: DecideReopened) -> Decision:
    """Returns the decision as it opens; its version has no number yet."""
    workshop, cards = context.workshop, card_box.by_group(context.workshop.id)
    if not cards:
        raise Refused("empty", "card", no_cards=True)
    before = again.decision_on(text)
    sizes = {group.key: cards.get(group.key, 0) for group in workshop.groups}
    grouping = groups.effective_groups(sizes, workshop.privacy_minimum, (), again.pooled(before))
    rules = dict(before.rules) if before is not None else decisions.frozen_rules(context, text)
    goals = served.as_decided(text)
    return Decision(
        workshop_id=workshop.id,
        text_id=text.record_id,
        text_hash=decided_hash(row.content, goals or []),
        goals=goals,
        rules=rules | {"privacy_minimum": workshop.privacy_minimum},
        openness_record=Openness().as_record(),
        effective=electorate.as_mapping(grouping),
        absent=list(grouping.absent),
        eligible=grouping.sizes(),
        privacy_minimum=workshop.privacy_minimum,
        opened_at=context.now(),
        ends_at=moment_of(args.until + timedelta(days=1), "00:00"),
        electorate="cards",
    )


@command("take_card_stance", TakeCardStance, CARDS, while_closed=True, while_draft=False)
def take_card_stance(context: Context, args: TakeCardStance) -> Result:
    """Say for a card where it stands on the new version of an agreement. It may be changed until the decision closes, and
    nobody sees it before. Raises `closed`, `ended` for a card whose time is over, `reason_required` for a reservation
    without words."""
    decision = _asked(context, args.decision)
    card = own_card(context.actor, context.workshop)
    group = decision.effective.get(db.session.get_one(Group, card.group_id).key)
    if group is None:
        # The first card of this group was taken after the groups were fixed.
        raise Refused("not_open", "decision", late_card=True)
    decisions.check_reason(args.stance, args.reason)
    content = {"stance": args.stance} | ({"reason": args.reason} if args.reason else {})
    key = secrecy.ballot_key(identity.secret(), decision.record_id, context.actor.personal_code or "")
    paper = db.session.get(BallotPaper, (decision.record_id, key))
    if paper is None:
        paper = BallotPaper(vote_id=decision.record_id, key=key, workshop_id=decision.workshop_id, group=group)
        db.session.add(paper)
    paper.content = content
    return None


def _asked(context: Context, record_id: str) -> Decision:
    decision = context.find(Decision, record_id)
    if decision.electorate != "cards":
        raise Refused("not_found", "decision")
    _check_open(context, decision, "decision")
    return decision


def _check_open(context: Context, decision: Decision, field: str) -> None:
    over = decision.ends_at is not None and context.now() > decision.ends_at + GRACE
    if decision.state != "open" or over:
        raise Refused("closed", field)


@command("accept_reopened", AcceptReopened, (STEWARD,), while_closed=True, while_draft=False)
def accept_reopened(context: Context, args: AcceptReopened) -> Result:
    """Say for a party whether it accepts the new version: publicly, and changeable until the decision closes. Raises
    `not_found` where nothing is decided on, `closed`, `reason_required` for a no without words."""
    link = steward_of(context, args.on)
    row = under_way(args.on)
    decision = decision_of(row) if row is not None else None
    if row is None or decision is None:
        raise Refused("not_found", "on")
    _check_open(context, decision, "on")
    if not args.accepted and not args.words:
        raise Refused("reason_required", "words")
    new = PartyWord(
        workshop_id=context.workshop.id,
        on=args.on,
        reopening_id=row.id,
        party=link.party,
        accepted=args.accepted,
        words=args.words,
        at=context.now(),
    )
    context.add(new)
    facts = {"id": new.id, "on": args.on, "reopening": row.id, "accepted": args.accepted}
    facts["words"] = words_hash(party=link.party, words=args.words)
    context.proof["party_word"] = told(context, "party_word", facts)
    return None


@command("close_reopened", OneAgreement, (*ORGANISERS, SYSTEM), while_closed=True, while_draft=False)
def close_reopened(context: Context, args: OneAgreement) -> Result:
    """Close the decision on the new version for good, and publish what may be published of it. The new version is in force
    from now on where the cards carried it and every party has accepted it; else the earlier one stays in force. Raises
    `not_open` where nothing is decided on."""
    row = reopened(context, args.agreement)
    decision = decision_of(row)
    if decision is None or row.version is None:
        raise Refused("not_open", "agreement", state=row.state)
    decision.eligible = cards_in_groups(context.workshop.id, decision.effective)
    secret_papers.seal(context, decision.record_id)
    outcome = decisions.conclude(context, decision)
    text = text_of(context, row)
    parties = _parties(text, row)
    in_force = text.state == "agreed" and ended(item_of(context, row.on, "agreement")) is None
    carried = in_force and outcome == "ratified" and all(parties.values())
    row.state, row.ended_at = ("carried" if carried else "not_carried"), context.now()
    if carried:
        versions.put_in_force(context, text, row.version, dict(row.content))
    context.proof.update(
        decision=decision.record_id,
        terms=decision.terms(),
        papers_hash=secret_papers.fingerprint_of(decision.record_id),
        result_hash=fingerprint(decision.result),
        reopened={"id": row.id, "on": row.on, "version": row.version, "parties": parties, "carried": carried},
    )
    return {"outcome": outcome, "carried": carried}


def _parties(text: Agreement, row: Reopening) -> dict[str, bool | None]:
    """Returns what each party of the agreement said last; None for one that said nothing."""
    said: dict[str, Any] = last_words(row.id)
    names = [str(party.get("name") or "") for party in text.content.get("parties") or []]
    return {name: said[name].accepted if name in said else None for name in names}
