"""The limits that people and clients are told of, and those of the machine: said here once more."""

from __future__ import annotations

from workshop.rules import limits


def test_every_text_has_the_limit_that_is_promised():
    assert limits.TEXT_LIMITS == {
        "idea.text": 280,
        "idea.why": 600,
        "idea.source": 120,
        "workshop.place": 300,
        "comment.text": 500,
        "participant.name": 60,
        "reason": 500,
        "objection.reason": 500,
        "amendment.new": 48_000,
        "amendment.reason": 500,
        "workshop.title": 120,
        "workshop.question": 300,
        "workshop.promise": 600,
        "workshop.fixed_frame": 1500,
        "workshop.negotiable": 1500,
        "workshop.ground_rules": 1500,
        "workshop.commissioning_body": 300,
        "workshop.receiving_body": 300,
        "step.title": 80,
        "step.instruction": 500,
        "theme.title": 80,
        "goal.title": 200,
        "field.short": 300,
        "field.long": 1500,
        "group.name": 60,
        "commitment.words": 280,
        "hands.question": 300,
        "hands.label": 80,
        "follow_up.words": 1500,
        "verdict.words": 400,
        "follow_up.body": 300,
        "follow_up.title": 300,
        "follow_up.evidence": 300,
        "follow_up.value": 300,
        "follow_up.source": 300,
        "follow_up.case_number": 40,
        "follow_up.link": 500,
        "follow_up.name": 60,
        "follow_up.address": 254,
    }


def test_every_list_has_the_limit_that_is_promised():
    assert limits.LIST_LIMITS == {
        "ballot.options": 300,
        "import.rows": 300,
        "seen.ideas": 100,
        "agreement.parties": 12,
        "agreement.contributions": 40,
        "agreement.mandates": 12,
        "agreement.goals": 20,
        "workshop.groups": 16,
        "workshop.steps": 40,
        "workshop.participants": 2000,
        "workshop.seats": 300,
        "workshop.shows_of_hands": 100,
        "hands.rows": 8,
        "workshop.themes": 40,
        "workshop.goals": 60,
        "workshop.agreements": 60,
        "goal.from_ideas": 50,
        "account.workshops": 500,
        "account.log_ins": 50,
        "link.devices": 200,
        "follow_up.path_steps": 200,
        "follow_up.links": 200,
        "follow_up.passed_on": 20,
        "follow_up.dates": 24,
        "follow_up.look_backs": 20,
        "follow_up.reopenings": 20,
        "follow_up.reports": 200,
        "follow_up.subscriptions": 5000,
        "follow_up.panel_words": 500,
    }


def test_texts_of_one_line_are_names_and_titles():
    titles = {"workshop.title", "step.title", "theme.title", "goal.title", "field.short", "hands.label"}
    assert titles | {
        "participant.name", "group.name", "workshop.commissioning_body", "workshop.receiving_body",
        "idea.source", "workshop.place", "follow_up.body", "follow_up.title", "follow_up.evidence", "follow_up.value",
        "follow_up.source", "follow_up.case_number", "follow_up.link", "follow_up.name", "follow_up.address",
    } == limits.ONE_LINE  # fmt: skip


def test_the_limits_of_numbers_and_messages():
    assert (limits.HANDS_COUNT, limits.MESSAGE_BYTES) == (100_000, 65_536)
    assert (limits.RECORD_NUMBER, limits.WHOLE_NUMBER) == (2_147_483_647, 9_007_199_254_740_992)
    assert (limits.IMPORT_BYTES, limits.IMPORT_LINES, limits.IMPORT_COLUMNS) == (1_048_576, 20_000, 40)
    assert limits.IDEAS_AT_ONCE == 300
    assert (limits.AMENDMENT_GROWTH, limits.OPEN_AMENDMENTS, limits.IDEAS_PER_PERSON) == (4000, 10, 100)


def test_every_day_has_the_limit_that_is_promised():
    days = ("follow_up.next_date", "follow_up.to", "follow_up.due", "follow_up.rhythm")
    assert dict.fromkeys(days, 5) == limits.YEAR_LIMITS
