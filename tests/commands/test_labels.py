"""A group's name on ideas, comments, amendments and commitments: never where it would point at a few."""

from __future__ import annotations

from typing import Any

import pytest

from tests.commands.voting import Room
from workshop import screens
from workshop.export.outcome import outcome
from workshop.extensions import db
from workshop.models import Goal, Workshop

pytestmark = pytest.mark.usefixtures("app")


class Writing(Room):
    """A room in which one person of each group has written one of everything."""

    def __init__(self, sizes: dict[str, int], **settings: Any) -> None:
        super().__init__(sizes, **settings)
        self.goal = self.text()
        self.written: dict[str, list[str]] = {}
        for group, people in self.people.items():
            if people:
                self.write(group)

    def write(self, group: str) -> None:
        author = self.people[group][0]
        idea = self.do(author, "post_idea", text=f"Idé fra {group}")["idea"]
        comment = self.do(author, "post_comment", on=idea, text="En tanke", sort="question")["comment"]
        amendment = self.do(author, "propose_amendment", on=self.goal, field="title", new=f"12 nye træer {group}")
        standing = self.do(author, "make_commitment", on=self.goal, standing="behind", named=False)
        self.written[group] = [idea, comment, amendment["amendment"], standing["commitment"]]

    def labels(self, audience: str = "room") -> dict[str, set[str | None]]:
        """What stands on the texts of each group: one label if all four carry the same."""
        return {
            group: {self.record(record_id, audience)["group"] for record_id in written}
            for group, written in self.written.items()
        }

    def printed(self) -> set[str | None]:
        """The labels in the document that every file is made of."""
        db.session.rollback()
        made = outcome(db.session.get_one(Workshop, self.id))
        found = {idea.group for idea in made.ideas} | {one.group for idea in made.ideas for one in idea.comments}
        return found | {one.group for one in made.commitments}

    def state(self) -> str:
        return self.record(f"workshop:{self.id}")["labels"]


def test_groups_of_eight_six_and_one_carry_no_label_for_the_only_card_without_one_would_be_the_ones():
    room = Writing({"citizens": 8, "politicians": 6, "researchers": 1})
    nothing = {group: {None} for group in room.people}
    assert room.labels() == room.labels("facilitator") == nothing
    assert room.printed() == {None}
    assert room.state() == "withheld"


def test_where_those_without_a_label_are_together_five_the_others_are_named():
    room = Writing({"citizens": 8, "politicians": 6, "researchers": 4, "leaders": 1})
    assert room.labels() == {
        "citizens": {"citizens"}, "politicians": {"politicians"}, "researchers": {None}, "leaders": {None}
    }  # fmt: skip
    assert room.printed() == {"citizens", "politicians", None}
    assert room.state() == "shown"


def test_the_setting_turns_labels_off_and_on_again():
    room = Writing({"citizens": 8, "politicians": 6})
    assert room.labels() == {"citizens": {"citizens"}, "politicians": {"politicians"}}
    room.do(room.chair, "edit_workshop", group_labels=False)
    assert room.labels() == {"citizens": {None}, "politicians": {None}}
    assert room.printed() == {None} and room.state() == "off"
    room.do(room.chair, "edit_workshop", group_labels=True)
    assert room.labels() == {"citizens": {"citizens"}, "politicians": {"politicians"}}


def put(room: Room, since: int) -> dict[str, dict[str, Any]]:
    """What the room is sent of what has changed since."""
    db.session.rollback()
    return {record["id"]: record for record in screens.changes(room.id, since, "room")["put"]}


def test_one_who_comes_takes_the_labels_of_all_away_and_the_live_message_says_so():
    room = Writing({"citizens": 8, "politicians": 6, "researchers": 0})
    before = room.clock()
    room.join("researchers")
    sent = put(room, before)
    for record_id in (*room.written["citizens"], *room.written["politicians"]):
        assert sent[record_id]["group"] is None
    assert sent[f"workshop:{room.id}"]["labels"] == "withheld"


def test_the_labels_come_back_when_the_few_are_enough_whether_or_not_they_have_written():
    room = Writing({"citizens": 8, "politicians": 6, "researchers": 4, "leaders": 0})
    before = room.clock()
    room.join("leaders")
    sent = put(room, before)
    assert {sent[record_id]["group"] for record_id in room.written["citizens"]} == {"citizens"}
    assert room.labels()["researchers"] == {None}


def test_a_group_that_has_left_still_has_its_texts():
    """The one has gone, the card has not: it would still be the only one without a label."""
    room = Writing({"citizens": 8, "politicians": 6, "researchers": 1})
    one = room.people["researchers"][0]
    room.do(room.chair, "remove_participant", participant=f"participant:{one.participant_id}")
    assert set.union(*room.labels().values()) == {None}


def test_a_group_that_has_left_and_wrote_nothing_takes_no_label_away():
    room = Writing({"citizens": 8, "politicians": 6, "researchers": 0})
    one = room.join("researchers")
    assert room.state() == "withheld"
    before = room.clock()
    room.do(room.chair, "remove_participant", participant=f"participant:{one.participant_id}")
    assert room.labels() == {"citizens": {"citizens"}, "politicians": {"politicians"}}
    assert {put(room, before)[record_id]["group"] for record_id in room.written["citizens"]} == {"citizens"}


def test_a_higher_privacy_minimum_takes_labels_away():
    room = Writing({"citizens": 8, "politicians": 6})
    room.do(room.chair, "edit_workshop", privacy_minimum=7)
    assert set.union(*room.labels().values()) == {None}


def test_undoing_the_setting_sends_the_texts_again():
    room = Writing({"citizens": 8, "politicians": 6})
    room.do(room.chair, "edit_workshop", group_labels=False)
    before = room.clock()
    room.do(room.chair, "undo", seq=before)
    sent = put(room, before)
    assert {sent[record_id]["group"] for record_id in room.written["citizens"]} == {"citizens"}


def test_what_one_seat_of_a_group_wrote_takes_the_labels_off_what_helpers_wrote():
    """Six seats of citizens and one of politicians: the mark "by a helper" without a label would be that one's."""
    room = Room({"citizens": 6, "politicians": 6})
    seats = [room.seat("citizens") for _ in range(6)]
    marked = room.do(seats[0], "post_idea", text="Skrevet af en hjælper")["idea"]
    own = room.do(room.people["citizens"][0], "post_idea", text="Skrevet selv")["idea"]
    assert room.record(marked)["group"] == "citizens"
    before = room.clock()
    room.seat("politicians")
    assert put(room, before)[marked]["group"] is None
    assert room.record(own)["group"] == "citizens", "who has an own phone hides among those who have one"


def test_who_alone_of_a_group_has_an_own_phone_is_not_named_by_what_carries_no_mark():
    room = Room({"citizens": 6, "politicians": 1})
    for _ in range(5):
        room.seat("politicians")
    idea = room.do(room.people["politicians"][0], "post_idea", text="Uden mærke")["idea"]
    other = room.do(room.people["citizens"][0], "post_idea", text="Også uden")["idea"]
    assert room.record(idea)["group"] is None and room.record(other)["group"] is None


def test_a_goal_of_one_sided_ideas_is_warned_about_only_where_the_labels_say_so_too():
    room = Writing({"citizens": 8, "politicians": 6, "researchers": 0})
    goal = room.do(room.chair, "draft_goal", title="10 nye træer", from_ideas=[room.written["citizens"][0]])["goal"]
    codes = lambda: {check["code"] for check in room.record(goal)["checks"]}  # noqa: E731
    assert "G15" in codes()
    before = room.clock()
    room.join("researchers")
    assert "G15" not in codes() and goal in put(room, before)


def test_a_named_commitment_names_its_group_by_its_makers_choice():
    room = Writing({"citizens": 8, "politicians": 6, "researchers": 1})
    one = room.people["researchers"][0]
    room.do(one, "set_name", name="Rosa")
    made = room.do(one, "make_commitment", on=room.text(Goal), standing="behind", named=True)
    assert room.record(made["commitment"])["group"] == "researchers"
