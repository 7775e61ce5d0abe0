"""Words follow the mandate (docs/rules.md section 1)."""

import pytest

from workshop.rules import mandate
from workshop.rules.refusal import Refused


def test_levels_are_read_in_danish_and_english():
    assert mandate.decision_level(" Anbefaling ") == "recommendation"
    assert mandate.decision_level("aftale mellem parterne") == "agreement"
    assert mandate.decision_level("decision") == "decision"
    assert [mandate.participation_level(word) for word in ("høre", "samarbejde", "empower")] == [
        "consult",
        "collaborate",
        "empower",
    ]


@pytest.mark.parametrize(
    ("read", "field"),
    [(mandate.decision_level, "decision_level"), (mandate.participation_level, "participation_level")],
)
def test_another_word_is_malformed_and_names_the_field(read, field):
    for word in ("", "bestemme", "inform!"):
        with pytest.raises(Refused) as caught:
            read(word)
        assert caught.value.as_error() == {"code": "malformed", "field": field}
    with pytest.raises(Refused):
        mandate.decision_level("inform")


def test_a_step_of_decisions_is_not_called_so_where_the_room_can_only_advise():
    assert mandate.step_title_key("decisions", "recommendation") == "step.decisions.title.advice"
    assert mandate.step_title_key("decisions", "decision") == "step.decisions.title"
    assert mandate.step_title_key("goals", "recommendation") == "step.goals.title"


LEVELS = {
    "inform": "informere", "consult": "høre", "involve": "involvere", "collaborate": "samarbejde", "empower": "bemyndige",
}  # fmt: skip
BINDING = {
    "inspiration": "inspiration", "recommendation": "anbefaling", "proposal": "indstilling",
    "agreement": "aftale mellem parterne", "decision": "beslutning",
}  # fmt: skip


@pytest.mark.parametrize(
    ("read", "levels", "words"),
    [
        (mandate.participation_level, mandate.PARTICIPATION_LEVELS, LEVELS),
        (mandate.decision_level, mandate.DECISION_LEVELS, BINDING),
    ],
)
def test_every_level_is_read_by_its_key_and_by_its_danish_word_in_any_case(read, levels, words):
    assert levels == tuple(words)
    for key, danish in words.items():
        for word in (key, danish, danish.upper(), f"  {danish} "):
            assert read(word) == key
    assert mandate.decision_level("aftale") == mandate.decision_level("agreement between the parties") == "agreement"
