"""Codes that people read aloud and type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.rules import codes

BYTES = st.binary(min_size=16, max_size=32)


@given(BYTES)
def test_a_join_code_has_six_letters_without_look_alikes(random):
    code = codes.join_code(random)
    assert len(code) == 6
    assert not set(code) & set("0O1IL2Z5S8BUAE")
    assert codes.read_join_code(code) == code


@given(BYTES)
def test_a_re_entry_code_is_shown_in_two_fives_and_read_back(random):
    code = codes.reentry_code(random)
    shown = codes.show_reentry_code(code)
    assert (len(code), len(shown), shown[5]) == (10, 11, "-")
    assert codes.read_reentry_code(shown) == code
    assert codes.read_reentry_code(f"  {shown.lower()} ") == code


@given(BYTES)
def test_letters_that_look_alike_are_read_as_the_digit(random):
    code = codes.reentry_code(random)
    assert codes.read_reentry_code(code.replace("0", "O").replace("1", "l")) == code
    assert codes.read_reentry_code(code.replace("0", "o").replace("1", "I")) == code


@pytest.mark.parametrize("typed", ["", "ABC", "CDFGH0", "CDFGHJK", "CDFGHÆ", "CDF GH"])
def test_what_cannot_be_a_join_code_is_none(typed):
    assert codes.read_join_code(typed) is None


def test_a_join_code_may_be_typed_with_small_letters_and_spaces():
    assert codes.read_join_code(" cdf ghj ") == "CDFGHJ"
    assert codes.read_join_code("cdf-ghj") == "CDFGHJ"


@pytest.mark.parametrize(
    "typed",
    [
        "CDFGHJ.",
        "CDFGHJ,",
        "”CDFGHJ”",
        "'CDFGHJ'",
        "«CDFGHJ»",
        "(CDFGHJ)",
        "cdfghj!",
        "C D F G H J",
        "C-D-F-G-H-J",
        "c, d, f, g, h, j",
    ]
    + [
        "CDF–GHJ",
        "CDF—GHJ",
        "CDF−GHJ",
        "CDF‑GHJ",
        "CDF\u2010GHJ",
        "CDF_GHJ",
        "CDF/GHJ",
        "CDF.GHJ",
        "CDF\u00adGHJ",
        "CDF·GHJ",
    ]
    + ["CDF\u00a0GHJ", "CDF\u2009GHJ", "CDF\u3000GHJ", "CDF\u200bGHJ", "\ufeffCDFGHJ", "CDF\tGHJ\n", "CDF\r\nGHJ"]
    + ["ＣＤＦＧＨＪ", "ｃｄｆ　ｇｈｊ", "ＣＤＦ－ＧＨＪ", "𝐂𝐃𝐅𝐆𝐇𝐉"]
    + [
        "Kode: CDFGHJ",
        "Kode: CDF GHJ",
        "kode CDF-GHJ.",
        "Koden er ”CDF GHJ”.",
        "Code: cdfghj",
        "The code is CDF-GHJ",
        "Kode nr. CDF GHJ",
    ]
    + [
        "Gå til rundbord.dk og skriv CDFGHJ",
        "rundbord.dk/j/CDFGHJ",
        "https://rundbord.dk/j/CDFGHJ",
        "https://rundbord.dk/j/CDFGHJ/",
    ]
    + [
        "https://rundbord.dk/j/cdfghj?lang=en",
        "HTTPS://RUNDBORD.DK/J/CDFGHJ",
        "http://192.168.1.4:5000/j/CDFGHJ.",
        "/j/CDFGHJ/",
    ]
    + [
        "https://rundbord.dk/j/CDFGHJ/card#7QF3K9M2PX",
        "https://rundbord.dk/j/CDF%20GHJ",
        "<https://rundbord.dk/j/CDFGHJ>",
        "j/CDFGHJ/",
    ],
    ids=ascii,
)
def test_a_join_code_is_read_as_printed_pasted_spoken_and_scanned(typed):
    assert codes.read_join_code(typed) == "CDFGHJ"


def test_digits_may_be_dictated():
    assert codes.read_join_code("c tre fire g seks ni") == "C34G69"
    assert codes.read_join_code("C three four G six nine.") == "C34G69"
    assert codes.read_reentry_code("en to tre fire fem seks syv otte ni nul") == "1234567890"


@pytest.mark.parametrize(
    "typed", ["CDFGH", "CDFGHJK", "CDFGHA", "CDFGHJ eller KMNPQR", "Kode:", "rundbord.dk", "/j/", "\ud800", "x" * 10**5]
)
def test_what_holds_no_join_code_or_two_is_none(typed):
    assert codes.read_join_code(typed) is None


@pytest.mark.parametrize(
    "typed",
    [
        "7QF3K-9M2PX",
        "7qf3k 9m2px",
        "7QF3K9M2PX.",
        "”7QF3K-9M2PX”",
        "7QF3K–9M2PX",
        "7QF3K — 9M2PX",
        "7 Q F 3 K 9 M 2 P X",
        "７ＱＦ３Ｋ－９Ｍ２ＰＸ",
    ]
    + [
        "Kode: 7QF3K-9M2PX",
        "Din personlige kode er 7QF3K-9M2PX.",
        "Personlig kode: 7QF3K 9M2PX",
        "My code: 7QF3K-9M2PX",
        "7QF3K\u00a09M2PX",
    ]
    + [
        "https://rundbord.dk/j/CDFGHJ/card#7QF3K9M2PX",
        "https://rundbord.dk/j/CDFGHJ/card#7QF3K-9M2PX.",
        "CDFGHJ 7QF3K-9M2PX",
        "7QF3K\n9M2PX",
    ]
    + ["Kom tilbage med 7QF3K-9M2PX", "7QF3K\u200b-9M2PX"],
    ids=ascii,
)
def test_a_personal_code_is_read_as_printed_pasted_spoken_and_scanned(typed):
    assert codes.read_reentry_code(typed) == "7QF3K9M2PX"


@given(BYTES, st.sampled_from(["{}", "Kode: {}", "”{}”", "{}.", "https://rundbord.dk/j/{}/", "Koden er {}!"]))
def test_every_join_code_is_read_in_every_setting(random, setting):
    code = codes.join_code(random)
    assert codes.read_join_code(setting.format(code)) == code


@given(
    BYTES, st.sampled_from(["{}", "Kode: {}", "”{}”", "{}.", "https://rundbord.dk/j/CDFGHJ/card#{}", "Personlig kode: {}"])
)
def test_every_personal_code_is_read_in_every_setting(random, setting):
    code = codes.reentry_code(random)
    assert codes.read_reentry_code(setting.format(codes.show_reentry_code(code))) == code


@given(st.text())
def test_no_text_at_all_breaks_the_reading_of_codes(text):
    for read, alphabet, length in (
        (codes.read_join_code, codes.JOIN_ALPHABET, 6),
        (codes.read_reentry_code, codes.REENTRY_ALPHABET, 10),
    ):
        code = read(text)
        assert code is None or (len(code) == length and set(code) <= set(alphabet))


@pytest.mark.parametrize("typed", ["", "U234567890", "123456789", "12345678901", "ÆØÅ4567890"])
def test_what_cannot_be_a_re_entry_code_is_none(typed):
    assert codes.read_reentry_code(typed) is None


def test_too_little_randomness_is_refused():
    for make in (codes.join_code, codes.reentry_code):
        with pytest.raises(ValueError, match="16"):
            make(b"123456789012345")


def test_every_letter_can_come_in_every_place():
    seen = [set() for _ in range(codes.JOIN_LENGTH)]
    for number in range(5000):
        spread = (number * 0x9E3779B97F4A7C15F39CC0605CEDC835) % 2**128
        for place, letter in enumerate(codes.join_code(spread.to_bytes(16, "big"))):
            seen[place].add(letter)
    assert all(letters == set(codes.JOIN_ALPHABET) for letters in seen)


@pytest.mark.parametrize(
    "word",
    ["kode", "koden", "koder", "personlig", "personlige", "min", "mit", "din", "dit", "den", "er", "kort", "kortet", "nr"]
    + ["nummer", "code", "personal", "my", "your", "the", "is", "card", "no"],
)
def test_words_before_a_code_are_no_part_of_it(word: str):
    assert codes.read_join_code(f"{word} CDFGHJ") == "CDFGHJ"


def test_digits_may_be_dictated_in_english():
    spoken = "one two three four five six seven eight nine zero"
    assert codes.read_reentry_code(spoken) == "1234567890"
