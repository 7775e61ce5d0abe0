"""All limits on the size of what people send, for commands, pages and the protocol page.

Text is counted in characters (Unicode code points) after cleaning (`rules.cleaning`). A text over its limit is refused with
`too_long`, a list over its limit with `too_many`; nothing is ever cut.
"""

from __future__ import annotations

IDEA_TEXT = 280
"""An idea: short enough to be read on the board from the last row."""
IDEA_WHY = 600
"""Why an idea matters."""
IDEA_SOURCE = 120
"""The source of an idea that was brought along: a meeting, a survey, a report."""
COMMENT_TEXT = 500
"""A comment: builds on, question, concern or experience."""
PERSON_NAME = 60
"""A participant's, organiser's or party's name."""
REASON = 500
"""A reason for a stance, a reservation, a refusal, a hiding or a rejection."""
OBJECTION_REASON = 500
"""A reasoned objection (docs/rules.md section 3)."""
AMENDMENT_NEW = 48_000
"""The new wording that an amendment proposes: as long as the longest list can be. The field it is for has its own limit
(`rules.fields`), and a list may grow by `AMENDMENT_GROWTH` only."""
AMENDMENT_REASON = 500
"""Why the wording should change."""
WORKSHOP_TITLE = 120
"""The name of a workshop."""
QUESTION = 300
"""The question that the room answers."""
PROMISE = 600
"""The promise to the participants."""
FRAME_TEXT = 1500
"""What is fixed, and what is negotiable."""
GROUND_RULES = 1500
"""Ground rules of a workshop or an agreement."""
STEP_TITLE = 80
"""The name of a step of the programme."""
STEP_INSTRUCTION = 500
"""What people are asked to do in a step."""
THEME_TITLE = 80
"""The name of a theme."""
GOAL_TITLE = 200
"""What is different, and for whom."""
SHORT_FIELD = 300
"""A field of a goal or an agreement that is one line."""
LONG_FIELD = 1500
"""A field of a goal or an agreement that is a paragraph."""
GROUP_NAME = 60
"""The name of a group, per language."""
COMMITMENT_WORDS = 280
"""What somebody adds to a commitment in their own words."""
HANDS_QUESTION = 300
"""What a show of hands was asked about."""
HANDS_LABEL = 80
"""One answer in a show of hands."""
FOLLOW_UP_WORDS = 1500
"""A reason of a receiver, a report, a lesson: a paragraph."""
VERDICT_WORDS = 400
"""What a card adds to its verdict."""
FOLLOW_UP_ADDRESS = 254
"""An address of e-mail: the longest there is (RFC 5321)."""
SUBSCRIPTIONS = 5_000
"""Addresses that asked to be told of one workshop, confirmed or not."""
CASE_NUMBER = 40
"""The number of a case in an archive."""
WEB_ADDRESS = 500
"""An address on the web."""

TEXT_LIMITS: dict[str, int] = {
    "idea.text": IDEA_TEXT,
    "idea.why": IDEA_WHY,
    "idea.source": IDEA_SOURCE,
    "comment.text": COMMENT_TEXT,
    "participant.name": PERSON_NAME,
    "reason": REASON,
    "objection.reason": OBJECTION_REASON,
    "amendment.new": AMENDMENT_NEW,
    "amendment.reason": AMENDMENT_REASON,
    "workshop.title": WORKSHOP_TITLE,
    "workshop.question": QUESTION,
    "workshop.promise": PROMISE,
    "workshop.fixed_frame": FRAME_TEXT,
    "workshop.negotiable": FRAME_TEXT,
    "workshop.ground_rules": GROUND_RULES,
    "workshop.commissioning_body": SHORT_FIELD,
    "workshop.receiving_body": SHORT_FIELD,
    "workshop.place": SHORT_FIELD,
    "step.title": STEP_TITLE,
    "step.instruction": STEP_INSTRUCTION,
    "theme.title": THEME_TITLE,
    "goal.title": GOAL_TITLE,
    "field.short": SHORT_FIELD,
    "field.long": LONG_FIELD,
    "group.name": GROUP_NAME,
    "commitment.words": COMMITMENT_WORDS,
    "hands.question": HANDS_QUESTION,
    "hands.label": HANDS_LABEL,
    "follow_up.words": FOLLOW_UP_WORDS,
    "verdict.words": VERDICT_WORDS,
    "follow_up.body": SHORT_FIELD,
    "follow_up.title": SHORT_FIELD,
    "follow_up.evidence": SHORT_FIELD,
    "follow_up.value": SHORT_FIELD,
    "follow_up.source": SHORT_FIELD,
    "follow_up.case_number": CASE_NUMBER,
    "follow_up.link": WEB_ADDRESS,
    "follow_up.name": PERSON_NAME,
    "follow_up.address": FOLLOW_UP_ADDRESS,
}
"""Most characters per text, by `noun.field`. Fields of goals and agreements: `rules.fields`."""

ONE_LINE: frozenset[str] = frozenset(
    {
        "participant.name", "workshop.title", "workshop.commissioning_body", "workshop.receiving_body", "workshop.place",
        "step.title", "theme.title", "goal.title", "field.short", "group.name", "hands.label", "idea.source",
        "follow_up.body", "follow_up.title", "follow_up.evidence", "follow_up.value", "follow_up.source",
        "follow_up.case_number", "follow_up.link", "follow_up.name", "follow_up.address",
    }
)  # fmt: skip
"""Texts of one line: a line break in them becomes a space. Fields of goals and agreements: those of the kind `text`."""

BALLOT_OPTIONS = 300
"""Options on one ballot: with three hundred the exact shortlist is still computed in seconds."""
IDEAS_SEEN = 100
"""Ideas that one message may say to have been on the screen."""
PARTIES = 12
"""Parties of one agreement."""
CONTRIBUTIONS = 40
"""Contributions to one agreement: several per party."""
GROUPS = 16
"""Groups of one workshop."""
STEPS = 40
"""Steps of one programme."""
PARTICIPANTS = 2000
"""People in one workshop."""
IDEAS_PER_PERSON = 100
"""The highest number of ideas per person that can be set for a step."""
IDEAS_AT_ONCE = 300
"""Ideas that are moved by one action."""
IDEAS_IMPORTED = 300
"""Ideas that are brought along by one import: as many as one ballot holds."""
FROM_IDEAS = 50
"""Ideas that one goal builds on, or that are merged at once."""
AGREEMENT_GOALS = 20
"""Goals that one agreement serves."""
THEMES = 40
"""Themes of one workshop."""
GOALS = 60
"""Goals of one workshop, dropped ones included."""
AGREEMENTS = 60
"""Agreements of one workshop, dropped ones included."""
SEATS = 300
"""Seats for people without a phone in one workshop, those who have got one since counted."""
HANDS_ROWS = 8
"""Answers in one show of hands."""
SHOWS_OF_HANDS = 100
"""Shows of hands in one workshop."""
WORKSHOPS = 500
"""Workshops of one account, closed ones included: two a week for five years."""
LOG_INS = 50
"""Log-ins of one account at a time; one more ends the oldest."""
PATH_STEPS = 200
"""Stations of a workshop's items on their way through committees: two years of meetings."""
FOLLOW_UP_LINKS = 200
"""Links of receivers, stewards and panels of one workshop, ended ones not counted."""
PASSED_ON = 20
"""Successors that the work of one owner is offered to, whoever accepted it."""
FOLLOW_UP_DATES = 24
"""Days on which reports are asked for: one a month for two years."""
LOOK_BACKS = 20
"""Look-backs of one workshop."""
REOPENINGS = 20
"""Times that one agreement is reopened."""
REPORTS = 200
"""Reports of one party on one item, and of one line: one every few days for two years."""
POSTPONEMENTS = 50
"""Times that one body postpones the answer to one item, or to all: one a fortnight for two years."""
PANEL_WORDS = 500
"""Questions of a workshop's panel; as many answers to them, and statements: five a week for two years."""
DEVICES = 200
"""Devices that one link has let in: more helpers and boards than any hall has. A new link starts from none."""

YEARS_AHEAD = 5
"""Years ahead of today of a day that cards, links and addresses are kept for: when a report comes, when an answer is due."""

AMENDMENT_GROWTH = 4000
"""Characters by which an amendment may make a list longer than it is: a few rows at a time."""
OPEN_AMENDMENTS = 10
"""Open amendments of one person on one text, so that one person cannot flood it."""

LIST_LIMITS: dict[str, int] = {
    "ballot.options": BALLOT_OPTIONS,
    "seen.ideas": IDEAS_SEEN,
    "import.rows": IDEAS_IMPORTED,
    "agreement.parties": PARTIES,
    "agreement.contributions": CONTRIBUTIONS,
    "agreement.mandates": PARTIES,
    "agreement.goals": AGREEMENT_GOALS,
    "workshop.groups": GROUPS,
    "workshop.steps": STEPS,
    "workshop.participants": PARTICIPANTS,
    "workshop.seats": SEATS,
    "workshop.shows_of_hands": SHOWS_OF_HANDS,
    "hands.rows": HANDS_ROWS,
    "workshop.themes": THEMES,
    "workshop.goals": GOALS,
    "workshop.agreements": AGREEMENTS,
    "goal.from_ideas": FROM_IDEAS,
    "account.workshops": WORKSHOPS,
    "account.log_ins": LOG_INS,
    "link.devices": DEVICES,
    "follow_up.path_steps": PATH_STEPS,
    "follow_up.links": FOLLOW_UP_LINKS,
    "follow_up.passed_on": PASSED_ON,
    "follow_up.dates": FOLLOW_UP_DATES,
    "follow_up.look_backs": LOOK_BACKS,
    "follow_up.reopenings": REOPENINGS,
    "follow_up.reports": REPORTS,
    "follow_up.subscriptions": SUBSCRIPTIONS,
    "follow_up.panel_words": PANEL_WORDS,
}
"""Most entries per list, by `noun.field`."""

YEAR_LIMITS: dict[str, int] = {
    "follow_up.next_date": YEARS_AHEAD,
    "follow_up.to": YEARS_AHEAD,
    "follow_up.due": YEARS_AHEAD,
    "follow_up.rhythm": YEARS_AHEAD,
}
"""Most years ahead of a day, by `noun.field`."""

HANDS_COUNT = 100_000
"""Hands counted for one answer: more than any hall holds, so that a typing error is refused."""

MESSAGE_BYTES = 64 * 1024
"""The largest message a client may send, in bytes (docs/protocol.md)."""

IMPORT_BYTES = 1024 * 1024
"""The largest file of ideas, in bytes: three hundred ideas of full length with their reasons are a quarter of it."""
IMPORT_LINES = 20_000
"""Lines of a file of ideas, empty ones too: three hundred ideas have far fewer."""
IMPORT_COLUMNS = 40
"""Columns of a file of ideas."""

RECORD_NUMBER = 2**31 - 1
"""The largest number a record can have: the largest key of a table on PostgreSQL."""

WHOLE_NUMBER = 2**53
"""The largest whole number that every reader of JSON keeps exactly; larger ones are refused wherever they come in."""
