"""Commands carried out in one transaction leave what they leave one after the other: rows, journal, answers."""

from __future__ import annotations

import re
import secrets
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from tests import databases
from tests.kept_room import KeptRoom
from workshop import store
from workshop.door import COMMANDS
from workshop.door.arguments import NoArgs
from workshop.door.batch import Outcome, carry_out_alone, carry_out_together
from workshop.door.context import Context
from workshop.door.perform import Asked, read
from workshop.extensions import db
from workshop.identity import VISITOR, Actor
from workshop.models import Idea, JournalEntry
from workshop.rules.chain import verify
from workshop.rules.refusal import Refused

GATHERED = sorted(name for name, command in COMMANDS.items() if command.together)
_DIGEST = re.compile(r"[0-9a-f]{64}")
#: what is drawn anew each time, or hangs on it
_DRAWN = {"salt", "hash", "previous_hash", "sealed", "journal_hash"}
#: of these the hash is of what the client sent: the same each time
_FIXED = {"token", "participant", "answer"}


def ask(actor: Actor, name: str, command_id: str = "", **args: Any) -> Asked:
    return read(actor, name, args, command_id or secrets.token_hex(16))


def several(kept: KeptRoom, name: str, *, with_refusals: bool) -> list[Asked]:
    """The command's own scenario among others, each of another person; the refused ones in front, between and behind."""
    actor, args = kept.scenario(name)
    args |= {"seed": "ef" * 16} if name == "join" else {}
    rich = kept.rich
    people = [person for person in rich.room.everybody if person.participant_id != actor.participant_id]
    ballot = {"ballot": rich.ids["ballot"], "choices": {rich.ids["on_ballot"]: 1}}
    seed = "ab" * 16
    visit = {"code": rich.room.code, "group": "leaders", "seed": seed}
    found = [
        ask(actor, name, "1" * 32, **args),
        ask(people[0], "cast_ballot", "2" * 32, **ballot),
        ask(Actor(VISITOR, kept.id), "join", seed, **visit),
        ask(people[1], "cast_ballot", "3" * 32, **ballot),
        ask(people[2], "set_ready", "4" * 32, ready=True),
    ]
    if with_refusals:
        for place, person in ((0, people[3]), (3, people[4]), (len(found) + 2, people[5])):
            found.insert(place, ask(person, "cast_ballot", **{**ballot, "ballot": "ballot:99"}))
    return found


def shown(outcome: Outcome) -> Any:
    return outcome.as_error() if isinstance(outcome, Refused) else outcome


def everything(kept: KeptRoom) -> dict[str, list[Any]]:
    """Every row, without moments and without what is drawn."""
    found = {}
    for table, rows in kept.rows_to_read().items():
        found[table] = sorted(repr([_plain(table, name, value) for name, value in row._mapping.items()]) for row in rows)
    return found


def _plain(table: str, name: str, value: Any) -> Any:
    if isinstance(value, datetime) or (name in _DRAWN and table not in _FIXED):
        return None
    if (table, name) == ("undo", "rows"):
        return None  # of the scenario, in the order of a set: nothing that is gathered can be undone
    # Texts stand in the journal as salted digests.
    return _DIGEST.sub("…", repr(value)) if table == "journal_entry" else value


def journal_holds(kept: KeptRoom) -> bool:
    rows = db.session.query(JournalEntry).filter_by(workshop_id=kept.id).order_by(JournalEntry.seq).all()
    assert [row.seq for row in rows] == list(range(1, len(rows) + 1))
    return verify(row.as_entry() | {"hash": row.hash} for row in rows).holds


@pytest.mark.parametrize("with_refusals", [False, True], ids=["all accepted", "with refusals"])
@pytest.mark.parametrize("name", GATHERED)
def test_together_is_the_same_as_one_after_the_other(kept: KeptRoom, name: str, with_refusals: bool):
    asked = several(kept, name, with_refusals=with_refusals)
    alone = [shown(carry_out_alone(one)) for one in asked]
    again = [shown(carry_out_alone(one)) for one in asked]
    rows = everything(kept)
    kept.put_back()
    asked = several(kept, name, with_refusals=with_refusals)
    signals: list[int] = []
    with store.committed.connected_to(lambda _sender, workshop_id, seq: signals.append(seq)):
        together = [shown(outcome) for outcome in carry_out_together(asked)]
        repeated = [shown(outcome) for outcome in carry_out_together(asked)]
    assert together == alone and repeated == again
    assert everything(kept) == rows and journal_holds(kept)
    assert signals == [max(one["seq"] for one in together if "seq" in one)], "one transaction, and nothing the second time"
    assert sum("seq" not in one for one in together) == (3 if with_refusals else 0)


def test_a_known_command_among_new_ones_is_answered_again_and_changes_nothing(kept: KeptRoom):
    one, *others = several(kept, "post_idea", with_refusals=False)
    first = carry_out_alone(one)
    answers = carry_out_together([*others[:2], one, *others[2:]])
    assert answers[2] == first
    assert [answer["seq"] for answer in answers if answer != first] == list(range(first["seq"] + 1, first["seq"] + 5))
    assert journal_holds(kept)


@pytest.mark.parametrize("fault", [Refused("conflict", "idea"), ZeroDivisionError()], ids=["refusal", "fault"])
def test_what_writes_and_then_fails_undoes_only_itself(kept: KeptRoom, monkeypatch: pytest.MonkeyPatch, fault: Exception):
    if databases.KIND != "sqlite":
        pytest.skip("PostgreSQL does not give a number again that was given in a write that failed")

    def fails(context: Context, args: NoArgs) -> None:
        context.write.insert(Idea(workshop_id=kept.id, text="Spor", state="open", created_at=context.now()))
        context.touch(context.workshop)
        raise fault

    monkeypatch.setitem(COMMANDS, "fails", replace(COMMANDS["set_ready"], name="fails", args=NoArgs, run=fails, after=None))
    asked = several(kept, "post_idea", with_refusals=False)
    failing = ask(kept.rich.room.people["citizens"][4], "fails")
    alone = [shown(carry_out_alone(one)) for one in asked]
    rows = everything(kept)
    kept.put_back()
    asked = several(kept, "post_idea", with_refusals=False)
    outcomes = carry_out_together([*asked[:2], failing, *asked[2:]])
    assert outcomes.pop(2) is fault
    assert [shown(one) for one in outcomes] == alone and everything(kept) == rows and journal_holds(kept)


def test_who_was_removed_is_refused_and_the_others_are_not(kept: KeptRoom):
    gone = kept.rich.room.people["citizens"][4]
    kept.rich.do(kept.rich.chair, "remove_participant", participant=f"participant:{gone.participant_id}")
    outcomes = carry_out_together([ask(gone, "set_ready", ready=True), *several(kept, "post_idea", with_refusals=False)])
    assert shown(outcomes[0])["code"] == "ended" and all(isinstance(one, dict) for one in outcomes[1:])


def test_late_voters_of_an_absent_group_keep_no_old_key(kept: KeptRoom):
    # The leaders were absent when the ballot opened. The first of them to join renames the group that takes them in.
    rich = kept.rich
    ballot = {"ballot": rich.ids["ballot"], "choices": {rich.ids["on_ballot"]: 1}}
    voters = [ask(person, "cast_ballot", **ballot) for person in rich.room.everybody[:10]]
    visit = {"code": rich.room.code, "group": "leaders", "seed": "cd" * 16}
    leader = ask(Actor(VISITOR, kept.id), "join", **visit)
    assert all(isinstance(one, dict) for one in carry_out_together([*voters[:5], leader, *voters[5:]]))
    rows = kept.rows_to_read()
    effective = set(
        next(row for row in rows["ballot"] if row.id == int(rich.ids["ballot"].split(":")[1])).effective.values()
    )
    for table in ("paper", "participation"):
        assert {row.group for row in rows[table] if row.subject == rich.ids["ballot"]} <= effective
