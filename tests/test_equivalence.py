"""Old state and changes make a fresh snapshot: for every command, for both audiences (docs/architecture.md, law 4).

A command that forgets to stamp a row whose appearance it changes is found here: every command has a scenario.
"""

from __future__ import annotations

import pytest

from tests.giving import Scenario, author, chair, other
from tests.kept_room import KeptRoom
from tests.live_client import assert_same_after
from tests.open_room import WITH_OPEN_VOTES, open_room
from tests.rich_room import RichRoom
from tests.scenarios import SCENARIOS, drafted
from workshop.door import COMMANDS, perform
from workshop.identity import SYSTEM, Actor


@pytest.fixture
def rich(built_room: KeptRoom) -> RichRoom:
    """The room as it was built."""
    built_room.put_back()
    return built_room.rich


def test_every_command_has_a_scenario():
    assert set(SCENARIOS) == set(COMMANDS)


@pytest.mark.parametrize(("name", "scenario"), WITH_OPEN_VOTES)
def test_the_same_where_people_vote_by_name(rich: RichRoom, name: str, scenario: Scenario):
    assert_same_after(rich, name, scenario(open_room(rich)))


WITH_DRAFTS: list[tuple[str, Scenario]] = [
    ("edit_goal", chair(goal="@goal", version=3, title="Mere halvt", draft=True)),
    ("edit_goal", chair(goal="@goal", version=3, deadline=None, from_ideas=["@second"], draft=True)),
    ("edit_goal", chair(goal="@goal", version=3, title="Hele målet")),
    ("edit_goal", chair(goal="@goal", version=3)),
    ("edit_agreement", chair(agreement="@agreement", version=3, goals=["@other_goal"], draft=True)),
    ("edit_agreement", chair(agreement="@agreement", version=3, goals=["@other_goal"])),
    ("propose_amendment", other(on="@goal", field="title", new="Fra salen")),
    ("accept_amendment", chair(amendment="@unit")),
    ("reject_amendment", chair(amendment="@amendment", reason="Nej")),
    ("renew_amendment", chair(amendment="@amendment")),
    ("open_consent", chair(on="@agreement")),
    ("propose_text", chair(on="@goal")),
    ("drop_text", chair(on="@goal")),
    ("record_hands", chair(question="Ja?", rows=[{"label": "Ja", "count": 3}], on="@goal")),
    ("make_commitment", author(on="@goal", standing="behind")),
    ("move_text", chair(on="@goal", before=None)),
]


@pytest.mark.parametrize(("name", "scenario"), WITH_DRAFTS)
def test_the_same_where_texts_are_being_written(rich: RichRoom, name: str, scenario: Scenario):
    changed = rich.do(rich.author, "propose_amendment", on=rich.ids["goal"], field="unit", new="kr.")
    rich = RichRoom(rich.room, {**rich.ids, "unit": changed["amendment"]})
    assert_same_after(rich, name, scenario(drafted(rich)))


@pytest.mark.whole
@pytest.mark.parametrize("name", sorted(SCENARIOS))
def test_old_state_and_changes_make_a_fresh_snapshot(rich: RichRoom, name: str):
    assert_same_after(rich, name, SCENARIOS[name](rich))


def test_the_system_may_close_what_is_overdue_through_the_same_door(rich: RichRoom):
    assert perform(Actor(SYSTEM, rich.room.id), "close_ballot", {"ballot": rich.ids["ballot"]})["ok"]
