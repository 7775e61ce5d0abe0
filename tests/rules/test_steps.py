"""Steps of a programme, and the ready programmes (docs/protocol.md)."""

from datetime import UTC, datetime, timedelta

import pytest

from workshop.rules import steps
from workshop.rules.refusal import Refused
from workshop.rules.templates import TEMPLATES

NOW = datetime(2027, 3, 11, 9, 30, tzinfo=UTC)


def refusal(function, *args):
    with pytest.raises(Refused) as caught:
        function(*args)
    return caught.value


@pytest.mark.parametrize(
    ("state", "by", "after"),
    [
        ("waiting", "start", "running"),
        ("done", "start", "running"),
        ("running", "extend", "running"),
        ("running", "finish", "done"),
        ("waiting", "remove", "removed"),
        ("done", "remove", "removed"),
    ],
)
def test_a_step_goes_where_its_state_allows(state, by, after):
    assert steps.move(state, by) == after


@pytest.mark.parametrize(
    ("state", "by"),
    [("running", "start"), ("waiting", "extend"), ("done", "extend"), ("waiting", "finish"), ("done", "finish")]
    + [("running", "remove")],
)
def test_any_other_move_is_refused_with_the_state(state, by):
    refused = refusal(steps.move, state, by)
    assert refused.as_error() == {"code": "wrong_step", "field": "step", "state": state}


def test_an_unknown_kind_is_malformed():
    assert steps.check_kind("ideas") == "ideas"
    assert refusal(steps.check_kind, "party").field == "kind"


def test_a_step_without_a_clock_never_ends():
    assert steps.ends_at(NOW, None) is None
    assert steps.ends_at(NOW, 35) == NOW + timedelta(minutes=35)


def test_time_is_added_to_the_old_end_or_to_now_when_that_has_passed():
    later = NOW + timedelta(minutes=3)
    assert steps.extended(NOW, later, 5) == NOW + timedelta(minutes=8)
    assert steps.extended(NOW, NOW - timedelta(minutes=3), 5) == NOW + timedelta(minutes=5)
    assert steps.extended(NOW, None, 5) == NOW + timedelta(minutes=5)


def test_every_kind_has_its_minutes():
    assert set(steps.DEFAULT_MINUTES) == set(steps.KINDS)


def test_the_templates_are_the_four_of_the_protocol():
    assert list(TEMPLATES) == ["collaboration", "idea_pool", "citizens_meet_council", "empty"]
    assert TEMPLATES["empty"].steps == ()


def test_half_a_day_goes_the_whole_way_in_its_order_with_one_break():
    kinds = [step.kind for step in TEMPLATES["collaboration"].steps]
    assert [kind for kind in kinds if kind != "break"] == [kind for kind in steps.KINDS if kind != "break"]
    assert kinds.count("break") == 1
    assert 230 <= TEMPLATES["collaboration"].minutes <= 250


def test_the_hour_lasts_an_hour_and_decides_nothing():
    assert TEMPLATES["idea_pool"].minutes == 60
    assert not {"decisions", "agreements"} & {step.kind for step in TEMPLATES["idea_pool"].steps}


def test_the_evening_lasts_two_and_a_half_hours():
    assert TEMPLATES["citizens_meet_council"].minutes == 150


def test_steps_of_ideas_and_ballots_say_how_they_are_held():
    for template in TEMPLATES.values():
        for step in template.steps:
            if step.kind == "ideas":
                assert step.settings["writing"] in steps.WRITING
            if step.kind == "ballot":
                assert step.settings["method"] == "approval"


def test_no_two_steps_share_their_settings():
    settings = [step.settings for template in TEMPLATES.values() for step in template.steps]
    assert len({id(one) for one in settings}) == len(settings)
    assert not any(one is default for one in settings for default in steps.DEFAULT_SETTINGS.values())


PROGRAMMES = {
    "collaboration": "welcome frame rules ideas themes ballot goals agreements break decisions commitments closing",
    "idea_pool": "welcome frame ideas themes ballot closing",
    "citizens_meet_council": "welcome frame rules ideas themes break ballot goals decisions commitments closing",
    "empty": "",
}


@pytest.mark.parametrize("key", PROGRAMMES)
def test_a_template_has_these_steps_in_this_order(key: str):
    template = TEMPLATES[key]
    assert [step.kind for step in template.steps] == PROGRAMMES[key].split()
    assert (template.key, template.name_key, template.about_key) == (key, f"template.{key}.name", f"template.{key}.about")
    assert [step.instruction_key for step in template.steps] == [
        f"step.{kind}.instruction" for kind in PROGRAMMES[key].split()
    ]


def test_the_minutes_and_settings_of_the_templates():
    hour, evening = TEMPLATES["idea_pool"].steps, TEMPLATES["citizens_meet_council"].steps
    assert [step.minutes for step in hour] == [5, 5, 20, 10, 10, 10]
    assert [step.minutes for step in evening] == [10, 10, 5, 25, 15, 15, 10, 25, 15, 10, 10]
    assert hour[2].settings["writing"] == "open"
    for planned, places in ((TEMPLATES["collaboration"].steps, 5), (hour, 5), (evening, 3)):
        (ballot,) = [step for step in planned if step.kind == "ballot"]
        assert (ballot.settings["seats"], ballot.settings["weights"]) == (places, "one_person")
