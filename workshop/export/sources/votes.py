"""Reads published ballots and closed decisions from their stored results; secret papers are not read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from workshop.export import document as d
from workshop.export.sources.openness import openness
from workshop.export.sources.reading import Reading, wording
from workshop.extensions import db
from workshop.models import Ballot, Decision, Participation, TextVersion, Vote, served, text_versions
from workshop.models.reopening import not_in_force
from workshop.models.texts import text_by
from workshop.rules.decisions import Rule
from workshop.rules.disclosure import as_published
from workshop.rules.refusal import Refused
from workshop.screens.reopened import papers_of

_POSITIONS = ("agree", "pass", "disagree")


def rules(reading: Reading) -> d.Rules:
    """Returns the workshop's thresholds, with the defaults for those that were not set."""
    return _rules(reading.workshop.decision_rules, reading)


def _rules(settings: Mapping[str, Any], reading: Reading) -> d.Rules:
    known = {name: value for name, value in settings.items() if name in Rule.__dataclass_fields__}
    try:
        given = Rule.from_settings(known).as_settings()
    except Refused:
        given = Rule().as_settings()
    keys = given["binding_groups"]
    return d.Rules(
        quorum=str(given["quorum"]),
        group_majority=str(given["group_majority"]),
        binding_majority=str(given["binding_majority"]),
        overall_majority=str(given["overall_majority"]),
        binding_groups=tuple(reading.in_order(keys)) if isinstance(keys, list) else (),
    )


def decisions(reading: Reading) -> tuple[d.Decision, ...]:
    """Returns the decisions that closed with a result, agreements first. A decision that ended because its text was changed has
    no result."""
    rows = [
        row
        for row in db.session.scalars(
            select(Decision).where(Decision.workshop_id == reading.workshop.id).order_by(Decision.id)
        )
        if row.state == "closed" and row.result and row.text_id not in reading.withheld
    ]
    # After a decision on a new version that is not in force, the earlier decision is still the binding one.
    not_binding = set(db.session.scalars(not_in_force()))
    last = {row.text_id: row.id for row in rows if row.id not in not_binding}
    order = {record_id: place for place, record_id in enumerate(reading.labels)}
    rows.sort(key=lambda row: (row.text_id.startswith("goal:"), order.get(row.text_id, len(order)), row.id))
    return tuple(
        _decision(row, as_published(row.result or {}, row.open_groups), last.get(row.text_id) == row.id, reading)
        for row in rows
    )


def _decision(row: Decision, result: Mapping[str, Any], binding: bool, reading: Reading) -> d.Decision:
    return d.Decision(
        id=row.record_id,
        subject=reading.reference(row.text_id, _text_voted_on(row)),
        subject_version=row.text_version,
        subject_edition=text_versions.edition_of(row.text_id, row.text_version),
        text_hash=row.text_hash,
        outcome=result["outcome"],
        groups=tuple(_group_result(one, reading) for one in result["groups"]),
        overall=_group_result(result["overall"], reading),
        voted=d.Figure(exact=_voted(row)),
        eligible=d.Figure(exact=sum(int(people) for people in row.eligible.values())),
        electorate=row.electorate,
        absent=_named(result.get("absent") or (), reading),
        missing_required=_named(result.get("missing_required") or (), reading),
        blocked_by=tuple(reading.joined_name(keys) for keys in result.get("blocked_by") or ()),
        reservations=tuple(result.get("reservations") or ()),
        dissent=tuple(result.get("dissent") or ()),
        rules=_rules(result.get("rule") or row.rules, reading),
        closed_at=row.closed_at,
        binding=binding,
        **openness(row, reading),
        by_helper=_voted(row, by_helper=True),
        counts_from=result["counts_from"],
        goals=_goals(row, reading),
        reopened=binding and result["outcome"] == "ratified" and _is_reopened(row),
    )


#: the fields of a goal that are shown with the vote on its agreement
_TOLD = ("title", "baseline", "baseline_date", "target", "unit", "direction", "deadline", "owner")


def _goals(row: Decision, reading: Reading) -> tuple[d.VotedGoal, ...]:
    """Returns the goals of an agreement in the versions that were voted on, whatever has happened to them since."""
    return tuple(
        d.VotedGoal(
            id=record_id,
            label=reading.reference(record_id).label,
            version=version.version,
            edition=text_versions.edition_of(record_id, version.version),
            **{name: str(version.content.get(name) or "") for name in _TOLD},
        )
        for record_id, version in served.wordings_voted_on(row).items()
    )


def _is_reopened(row: Decision) -> bool:
    text = text_by(row.text_id)
    return text is not None and text.state != "agreed"


def _voted(row: Vote, by_helper: bool = False) -> int:
    """Returns how many have voted, or only through a helper, from the list of who took part, which is separate from what they
    voted. Cards have no such list, so their papers are counted."""
    if isinstance(row, Decision) and row.electorate == "cards":
        return 0 if by_helper else papers_of(row)
    counted = select(func.count()).select_from(Participation)
    counted = counted.where(Participation.vote_id == row.record_id, Participation.voted.is_(True))
    if by_helper:
        counted = counted.where(Participation.by_helper.is_(True))
    return int(db.session.scalar(counted) or 0)


def _text_voted_on(row: Decision) -> str | None:
    """Returns the main sentence of the version that was voted on; None if that version is not stored, so that the present
    sentence is used."""
    version = db.session.scalar(
        select(TextVersion).where(TextVersion.text_id == row.text_id, TextVersion.version == row.text_version)
    )
    return wording(version) if version is not None else None


def _group_result(result: Mapping[str, Any], reading: Reading) -> d.GroupResult:
    keys = tuple(reading.in_order(result.get("keys") or ()))
    counts = result.get("counts")
    return d.GroupResult(
        keys=keys,
        name=reading.joined_name(keys),
        status=result["status"],
        counts=_tally(counts) if counts else None,
        marks=reading.marks(keys),
    )


def _tally(counts: Mapping[str, Any]) -> d.Tally:
    read = {name: d.Figure(counts[name]) for name in ("reservation", "against", "blank", "cast", "eligible")}
    return d.Tally(for_=d.Figure(counts["for"]), **read)


def _named(keys: Any, reading: Reading) -> tuple[str, ...]:
    return tuple(reading.group_name(key) for key in reading.in_order(keys))


def ballots(reading: Reading) -> tuple[d.Ballot, ...]:
    """Returns the published ballots in the order in which they were opened."""
    rows = db.session.scalars(
        select(Ballot).where(Ballot.workshop_id == reading.workshop.id, Ballot.state == "published").order_by(Ballot.id)
    )
    return tuple(_ballot(row, as_published(row.result, row.open_groups), reading) for row in rows if row.result)


def _ballot(row: Ballot, result: Mapping[str, Any], reading: Reading) -> d.Ballot:
    columns = _POSITIONS if row.method == "positions" else ("votes",)
    keys = _group_keys(result, reading)
    options = tuple(_option(one, columns, keys, reading) for one in result.get("options") or ())
    turnout = result.get("turnout") or {}
    shortlist = result.get("shortlist")
    return d.Ballot(
        id=row.record_id,
        title=row.title,
        method=row.method,
        settings=dict(row.settings),
        voted=d.Figure(turnout.get("voted")),
        eligible=d.Figure(turnout.get("eligible")),
        groups=tuple(reading.effective_name(key) for key in keys),
        columns=columns,
        options=options,
        shortlist=_shortlist(shortlist, row, options, reading) if shortlist else None,
        common_ground=tuple(_common_ground(one, keys, reading) for one in result.get("common_ground") or ()),
        own_causes=_own_causes(result.get("own_causes") or {}, keys, reading),
        **openness(row, reading),
        by_helper=_voted(row, by_helper=True),
        counts_from=result["counts_from"],
    )


def _group_keys(result: Mapping[str, Any], reading: Reading) -> tuple[str, ...]:
    """Returns the keys of the effective groups in a result, in the workshop's order."""
    found = {key for option in result.get("options") or () for key in option.get("by_group") or {}}
    return tuple(sorted(found, key=reading.place))


def _option(one: Mapping[str, Any], columns: tuple[str, ...], keys: tuple[str, ...], reading: Reading) -> d.OptionResult:
    by_group = one.get("by_group") or {}
    return d.OptionResult(
        option=reading.reference(one["id"]),
        total=_figures(one.get("total"), columns),
        by_group=tuple(_figures(by_group.get(key), columns) for key in keys),
    )


def _figures(value: Any, columns: tuple[str, ...]) -> tuple[d.Figure, ...]:
    """Returns one figure for each column."""
    if isinstance(value, Mapping):
        return tuple(d.Figure(value[column]) for column in columns)
    return (d.Figure(value), *(d.WITHHELD for _ in columns[1:]))


def _shortlist(result: Mapping[str, Any], row: Ballot, options: tuple[d.OptionResult, ...], reading: Reading) -> d.Shortlist:
    totals = {option.option.id: option.total[0] for option in options}
    asked = row.settings.get("weights", "one_person")
    other = result.get("other_weights") or {}
    steps = tuple(
        d.ShortlistStep(
            option=reading.reference(step["option"]),
            phase=step["phase"],
            price=step.get("price"),
            supporters=totals.get(step["option"], d.WITHHELD) if row.method == "approval" else d.WITHHELD,
            tied=tuple(reading.reference(one) for one in step.get("tied") or () if one != step["option"]),
            broken_by=step.get("broken_by"),
        )
        for step in result.get("steps") or ()
    )
    return d.Shortlist(
        seats=row.settings.get("seats"),
        weights=asked if isinstance(asked, str) else "custom",
        winners=tuple(reading.reference(one) for one in result.get("winners") or ()),
        steps=steps,
        coverage=_shares(result.get("coverage"), reading),
        influence=_shares(result.get("influence"), reading),
        other_weights=other.get("weights") or ("one_person" if asked == "per_group" else "per_group"),
        other_winners=_other_winners(result, other, reading),
        heads=_shares(result.get("heads"), reading),
        uncovered=_uncovered(result.get("uncovered"), reading),
        one_more=reading.reference(result["one_more"]) if result.get("one_more") else None,
        lot_seed=reading.workshop.lot_seed,
    )


def _other_winners(result: Mapping[str, Any], other: Mapping[str, Any], reading: Reading) -> tuple[d.Reference, ...]:
    """Returns the list by the other weights, if it has other ideas; else nothing."""
    winners = other.get("winners") or ()
    if set(winners) == set(result.get("winners") or ()):
        return ()
    return tuple(reading.reference(one) for one in winners)


def _shares(values: Mapping[str, Any] | None, reading: Reading) -> tuple[d.Share, ...]:
    return tuple(d.Share(reading.effective_name(key), value) for key, value in (values or {}).items())


def _uncovered(keys: list[str] | None, reading: Reading) -> tuple[str, ...] | None:
    """Returns the names of groups without a chosen idea; None for a result of an earlier version, which does not have them."""
    return None if keys is None else tuple(reading.effective_name(key) for key in sorted(keys, key=reading.place))


def _common_ground(one: Mapping[str, Any], keys: tuple[str, ...], reading: Reading) -> d.CommonGround:
    value = one.get("value")
    by_group = one.get("by_group") or {}
    shares = tuple(d.Share(reading.effective_name(key), by_group[key]) for key in keys if key in by_group)
    return d.CommonGround(reading.reference(one["id"]), None if value is None else f"{value:.2f}", shares)


def _own_causes(causes: Mapping[str, Any], keys: tuple[str, ...], reading: Reading) -> tuple[d.OwnCause, ...]:
    return tuple(d.OwnCause(reading.effective_name(key), reading.references(causes[key])) for key in keys if causes.get(key))
