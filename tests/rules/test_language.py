"""Corrections of the language alone (docs/rules.md section 1)."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from workshop.export.checking import language as checker
from workshop.rules import language
from workshop.rules.fields import FIELDS
from workshop.rules.refusal import Refused

PURPOSE = "Skolerne skal stå åbne to aftener om ugen, inden 1. maj 2027, for ungge under 25. Byrådet betaler lys og varme."


def passes(old: str, new: str, noun: str = "agreement", field: str = "purpose") -> bool:
    try:
        language.check_correction(noun, field, old, new)
    except Refused as refusal:
        assert refusal.code in ("malformed", "already", "empty")
        return False
    return True


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Skolerne står åbne for ungge", "Skolerne står åbne for unge"),
        ("Vi deler resurcer og viden", "Vi deler ressourcer og viden"),
        ("Skole bestyrelsen mødes i byen hver gang", "Skolebestyrelsen mødes i byen hver gang"),
        ("Vi taler de unge i byen", "Vi taler med de unge i byen"),
        ("Vi er er her sammen i byen", "Vi er her sammen i byen"),
        ("byrådet betaler lyset", "Byrådet betaler lyset"),
        ("Lys varme og opsyn", "Lys, varme og opsyn"),
        ("De unge møtes på biblioteket", "De unge mødes på biblioteket"),
        ("Opening hours for yuong people", "Opening hours for young people"),
        (PURPOSE, PURPOSE.replace("ungge", "unge")),
    ],
)
def test_a_slip_of_the_pen_can_be_corrected(old: str, new: str):
    assert passes(old, new)


@pytest.mark.parametrize(
    ("change", "fact"),
    [
        (("to aftener", "tre aftener"), "numbers"),
        (("to aftener", "ti aftener"), "numbers"),
        (("1. maj", "2. maj"), "numbers"),
        (("maj", "juni"), "numbers"),
        (("2027", "2028"), "numbers"),
        (("under 25", "under 26"), "numbers"),
        (("25.", "25 %."), "numbers"),
        (("aftener", "aftener hver"), "numbers"),
        (("skal stå", "skal ikke stå"), "binding"),
        (("skal stå", "kan stå"), "binding"),
        (("inden", "efter"), "binding"),
        (("under 25", "over 25"), "binding"),
        (("og varme", "eller varme"), "binding"),
        (("åbne", "lukkede"), "spelling"),
        (("Byrådet betaler", "Foreningerne betaler"), "spelling"),
    ],
)
def test_what_changes_the_meaning_is_no_correction_and_it_is_said_why(change: tuple[str, str], fact: str):
    with pytest.raises(Refused) as caught:
        language.check_correction("agreement", "purpose", PURPOSE, PURPOSE.replace(*change))
    assert (caught.value.code, caught.value.field) == ("malformed", "new")
    assert set(caught.value.facts) == {fact}


@pytest.mark.parametrize(
    "old", ["ti", "Femogtyve", "tohundrede", "fjorten", "halvdelen af alle", "mandage", "én gang", "half", "twenty-five"]
)
def test_number_words_and_days_are_figures_too(old: str):
    assert language.figures(old)


def test_one_word_in_five_may_change_and_the_refusal_says_how_many():
    old = "en lille skole ved vandet hvor mange unge kommer forbi hver"
    assert (len(old.split()), language.most_words(old)) == (11, 3)
    with pytest.raises(Refused) as caught:
        language.check_correction(
            "agreement",
            "purpose",
            old,
            old.replace("lille", "lile").replace("skole", "skoole").replace("vandet", "vannet").replace("unge", "ungee"),
        )
    assert caught.value.facts == {"words": 3, "changed": 4}
    assert language.most_words("Mad") == 1


def test_only_texts_that_do_not_say_who_or_how_much_can_be_corrected():
    can = {
        noun: {field.name for field in FIELDS[noun] if language.may_correct(noun, field.name)}
        for noun in ("goal", "agreement")
    }
    assert can == checker.CORRECTABLE
    for noun, name in (
        ("goal", "owner"),
        ("goal", "deadline"),
        ("goal", "target"),
        ("agreement", "parties"),
        ("agreement", "nothing"),
    ):
        with pytest.raises(Refused) as caught:
            language.check_correction(noun, name, "Ungechefen", "Ungechefenn")
        assert (caught.value.code, caught.value.field) == ("malformed", "field")


@pytest.mark.parametrize(
    ("old", "new", "code", "field"),
    [("", "Mad", "malformed", "field"), ("Mad", " ", "empty", "new"), ("Mad", "Mad", "already", "new")],
)
def test_nothing_is_corrected_out_of_nothing_into_nothing_or_into_itself(old: str, new: str, code: str, field: str):
    with pytest.raises(Refused) as caught:
        language.check_correction("goal", "title", old, new)
    assert (caught.value.code, caught.value.field) == (code, field)


def test_a_version_belongs_to_the_last_one_before_it_that_changed_more_than_the_language():
    causes = {1: "drafted", 2: "editor", 3: "language", 4: "language", 5: "amendment", 6: "language"}
    assert [language.base_version(causes, version) for version in range(1, 7)] == [1, 2, 2, 2, 5, 5]


WORDS = st.sampled_from([
    "skolen", "skollen", "åben", "åbne", "ikke", "skal", "to", "tre", "25", "1.000", "31/12-2027", "%", "maj", "og", "eller",
    "femogtyve", "hundrede", "unge", "don't", "de", ",", ".", "–", "én", "A4", "-5", "mandage", "twenty-five", "Ø",
])  # fmt: skip
TEXTS = st.lists(WORDS, max_size=12).map(" ".join)


@given(TEXTS, TEXTS)
@example("a b", "b a")
def test_the_checker_judges_as_the_rule_does_though_it_shares_no_line_with_it(old: str, new: str):
    old, new = old.strip(), new.strip()
    if old != new:
        assert checker.may_pass(old, new) == passes(old, new)


@given(TEXTS, st.integers(0, 11), st.sampled_from(["", "x", "unge", "ikke", "7"]))
def test_one_word_exchanged_is_judged_alike_too(old: str, place: int, word: str):
    words = old.split()
    new = " ".join([*words[:place], word, *words[place + 1 :]]).strip()
    if old != new:
        assert checker.may_pass(old, new) == passes(old, new)


@given(TEXTS, TEXTS)
def test_what_passes_has_the_same_figures_and_the_same_binding_words(old: str, new: str):
    if passes(old, new):
        assert language.figures(old) == language.figures(new)
        assert language.binding(old) == language.binding(new)
        assert language.changed_words(old, new) <= language.most_words(old)


@given(TEXTS, TEXTS)
def test_as_many_words_change_there_as_back(old: str, new: str):
    assert language.changed_words(old, new) == language.changed_words(new, old)
    assert language.changed_words(old, old) == 0


#: every word that says how many, and every word that binds, as docs/rules.md section 1 lists them
HOW_MANY = """
    nul én ét to tre fire fem seks syv otte ni ti elleve tolv tyve tredive fyrre halvtreds tres halvfjerds firs halvfems
    mio mia halv halve halvt halvanden halvandet dobbelt dobbelte første anden andet tredje fjerde femte sjette syvende
    ottende niende tiende ingen intet alle alt hver hvert begge
    zero one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty seventy eighty
    ninety half double twice once first second third quarter none no nobody all every each both
""".split()  # noqa: SIM905
BINDING = """
    ikke ej aldrig uden kun undtagen medmindre hverken højst mindst senest tidligst inden før efter over under mere mindre
    flere færre skal kan bør må vil eller imod mod
    not cannot never without only except unless neither nor most least latest earliest before after by within more less
    fewer must shall should can could may might will would or against
""".split()  # noqa: SIM905


@pytest.mark.parametrize("word", HOW_MANY)
def test_every_word_for_how_many_is_a_figure(word: str):
    assert language.figures(f"Byen {word} huse") == [word] == language.figures(f"Byen {word.upper()} huse")
    assert language.figures(f"x{word}x") == []


@pytest.mark.parametrize("word", BINDING)
def test_every_binding_word_is_one(word: str):
    assert language.binding(f"Byen {word} huse") == [word] == language.binding(f"Byen {word.upper()} huse")
    assert language.binding(f"x{word}x") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("To hundrede og syvogtyve, tooghalvtreds", ["to", "hundrede", "syvogtyve", "tooghalvtreds"]),
        ("treogfyrre enoghalvfems femten nitten fourteen", ["treogfyrre", "enoghalvfems", "femten", "nitten", "fourteen"]),
        ("twenty-one, fordobles, halveret, doubled", ["twenty", "one", "fordobles", "halveret", "doubled"]),
        ("mandag, tirsdage, onsdagen, lørdag og søndag", ["mandag", "tirsdage", "onsdagen", "lørdag", "søndag"]),
        ("on Monday and Wednesdays", ["monday", "wednesdays"]),
        ("5 % af 1.200 kr., 3/4, −2, ½, § 7", ["5", "%", "1.200", "3/4", "−2", "½", "§", "7"]),
        ("maj eller May", ["maj", "may"]),
    ],
)
def test_compound_numbers_days_months_and_signs_are_figures(text: str, found: list[str]):
    assert language.figures(text) == found


def test_a_short_no_in_english_binds():
    assert language.binding("They don't and won’t") == ["don't", "won’t"]
