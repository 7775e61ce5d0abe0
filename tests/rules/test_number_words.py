"""Number words as figures (docs/rules.md section 2)."""

from __future__ import annotations

import pytest

from workshop.rules.number_words import in_figures

DA = [
    "nul", "-", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti", "elleve", "tolv", "tretten",
    "fjorten", "femten", "seksten", "sytten", "atten", "nitten", "tyve",
]  # fmt: skip
EN = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
]  # fmt: skip
TENS = {
    "tyve": 20, "tredive": 30, "fyrre": 40, "fyrretyve": 40, "halvtreds": 50, "halvtredsindstyve": 50, "tres": 60,
    "tresindstyve": 60, "halvfjerds": 70, "halvfjerdsindstyve": 70, "firs": 80, "firsindstyve": 80, "halvfems": 90,
    "halvfemsindstyve": 90, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip


@pytest.mark.parametrize(("lang", "words"), [("da", DA), ("en", EN)])
def test_the_words_to_twenty(lang: str, words: list[str]):
    assert [in_figures(f"{word} unge", lang) for word in words if word != "-"] == [
        f"{number} unge" for number, word in enumerate(words) if word != "-"
    ]


@pytest.mark.parametrize(("word", "number"), TENS.items())
def test_the_tens(word: str, number: int):
    assert in_figures(word, "en" if word.endswith("ty") else "da") == str(number)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        # one number
        ("fem og tyve", "25"),
        ("femogtyve", "25"),
        ("to hundrede", "200"),
        ("tohundredeogfem", "205"),
        ("hundrede og halvtreds", "150"),
        ("et hundrede", "et 100"),
        ("tre tusind", "3000"),
        ("tretusindfirehundrede", "3400"),
        ("tusind", "1000"),
        ("to millioner", "2 millioner"),
        ("en million", "en 1000000"),
        ("to dusin", "24"),
        ("tre snes", "60"),
        ("halvsnes", "10"),
        ("én og ét", "1 og 1"),
        # what it is not
        ("to tre", "2 3"),
        ("og to", "og 2"),
        ("to og", "2 og"),
        ("fem og seks", "5 og 6"),
        ("tyve og fem", "20 og 5"),
        ("en bænk og et træ", "en bænk og et træ"),
        ("et par", "et par"),
        ("tresserne", "tresserne"),
        ("2,5 million", "2,5 million"),
        ("halv million", "halv million"),
        # parts
        ("to tredjedele", "2/3"),
        ("en tredjedel", "1/3"),
        ("tre fjerdedele", "3/4"),
        ("en kvart", "1/4"),
        ("fire femtedele", "4/5"),
        ("en sjettedel", "1/6"),
        ("en syvendedel", "1/7"),
        ("en ottendedel", "1/8"),
        ("en niendedel", "1/9"),
        ("en tiendedel", "1/10"),
        ("en hundrededel", "1/100"),
        ("en halv", "1/2"),
        ("halvdelen", "1/2"),
        ("halvparten", "1/2"),
        ("trekvart", "3/4"),
        ("halvanden", "1 1/2"),
        ("halvandet", "1 1/2"),
        ("halvtredje", "2 1/2"),
        ("hver anden", "1/2"),
        ("hvert andet", "1/2"),
        ("hver tredje", "1/3"),
        ("hver fjerde elev", "1/4 elev"),
        ("hver femte", "1/5"),
        ("hver sjette", "1/6"),
        ("hver syvende", "1/7"),
        ("hver ottende", "1/8"),
        ("hver tiende", "1/10"),
        ("hver anden uge", "hver anden uge"),
        ("hvert andet år", "hvert andet år"),
        ("en ud af 10", "1 ud af 10"),
        ("to ud af tre", "2 ud af 3"),
    ],
)
def test_danish(text: str, figures: str):
    assert in_figures(text, "da") == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("twenty five", "25"),
        ("twenty-five", "25"),
        ("two hundred and five", "205"),
        ("three thousand", "3000"),
        ("two million", "2000000"),
        ("one billion", "1000000000"),
        ("two dozen", "24"),
        ("two and three", "2 and 3"),
        ("twenty thirteen", "20 13"),
        ("two thirds", "2/3"),
        ("a third", "1/3"),
        ("three quarters", "3/4"),
        ("a fourth", "1/4"),
        ("a fifth", "1/5"),
        ("a sixth", "1/6"),
        ("a seventh", "1/7"),
        ("an eighth", "1/8"),
        ("a ninth", "1/9"),
        ("a tenth", "1/10"),
        ("half of them", "1/2 of them"),
        ("three-quarters", "3/4"),
        ("every second", "1/2"),
        ("every other child", "1/2 child"),
        ("every third", "1/3"),
        ("every fourth", "1/4"),
        ("every fifth", "1/5"),
        ("every tenth", "1/10"),
        ("every second week", "every second week"),
        ("one in 3", "1 in 3"),
    ],
)
def test_english(text: str, figures: str):
    assert in_figures(text, "en") == figures


def test_any_other_language_is_read_as_danish():
    assert in_figures("to", "de") == "2"
