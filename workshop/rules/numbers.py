"""Reads numbers as people write them (docs/rules.md section 2)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from workshop.rules.dates import without_dates
from workshop.rules.number_words import in_figures

_NUMBER_WORDS = re.compile(
    r"\b(?:halver\w*|fordobl\w*|tredobl\w*|firdobl\w*|dobbelt\w*|ingen|intet|alle|samtlige|begge|hver|hvert"
    r"|halv(?:e|es|ed|ing)|doubl(?:e|es|ed|ing)|twice|tripl(?:e|es|ed|ing)|trebl(?:e|es|ed|ing)"
    r"|none|no|nobody|all|every|each|both)\b",
    re.IGNORECASE,
)
_RELATIVE: tuple[tuple[re.Pattern[str], Fraction], ...] = (
    (re.compile(r"\b(?:halver\w*|halv(?:e|es|ed|ing)|halvt så)\b", re.IGNORECASE), Fraction(1, 2)),
    (re.compile(r"\b(?:fordobl\w*|doubl(?:e|es|ed|ing)|dobbelt\w*|twice)\b", re.IGNORECASE), Fraction(2)),
    (re.compile(r"\b(?:tredobl\w*|tripl(?:e|es|ed|ing)|trebl(?:e|es|ed|ing))\b", re.IGNORECASE), Fraction(3)),
    (re.compile(r"\bfirdobl\w*\b", re.IGNORECASE), Fraction(4)),
)
_NOUGHT = re.compile(r"\b(?:ingen|intet|none|no|nobody)\b", re.IGNORECASE)
_EVERYONE = re.compile(r"\b(?:alle|samtlige|all|every)\b", re.IGNORECASE)

_SIGNS = str.maketrans(
    dict.fromkeys("−–—‐‑‒﹣－", "-")
    | dict.fromkeys("\u00a0\u202f\u2009\u2007\u2008\u3000", " ")
    | {"⁄": "/", "∕": "/", "＋": "+"}
)
_ONE_SIGN = {
    "½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅕": "1/5", "⅖": "2/5", "⅗": "3/5", "⅘": "4/5", "⅙": "1/6",
    "⅚": "5/6", "⅐": "1/7", "⅑": "1/9",
    "⅛": "1/8", "⅜": "3/8", "⅝": "5/8", "⅞": "7/8",
}  # fmt: skip
_PART_SIGN = re.compile(rf"(?P<whole>\d*)\s?(?P<part>[{''.join(_ONE_SIGN)}])")
_MINUS_AS_A_SIGN = re.compile(r"÷\s?(?=\d)")
_APOSTROPHES = re.compile(r"(?<=\d)['’´](?=\d{3}(?!\d))")
#: numbers that are no amount: ages, classes, paragraphs and the like
_NAMES = re.compile(
    r"\b\d+(?:\s?(?:-|til)\s?\d+)?\s?-?\s?(?:årig|year-old)\w*|\b\d+\.(?:\s?(?:-|til|og)\s?\d+\.)?\s?klasse\w*"
    r"|(?:§|\bparagraf|\bpkt\.|\bpunkt|\bside|\bmål|\bgoal|\baftale|\bcovid|\bbilag)[\s-]?\d+(?!\d|\s*(?:%|procent|pct|ud af))",
    re.IGNORECASE,
)

_FIGURE = r"(?<![\w.,])\d{1,3}(?: \d{3})+(?:[.,]\d+)?(?!\d)|(?<!\d)\d+(?:[.,]\d+)*"
_NUMBER = re.compile(rf"(?P<sign>(?<![\w)])[-+](?=\d))?(?P<figure>{_FIGURE})")
_MIXED = re.compile(r"(?<![\d.,/])(?P<whole>\d+)\s+(?:og\s+|and\s+)?(?P<part>\d)/(?P<of>\d)(?![\d/])")
_PART_OF = re.compile(
    rf"(?P<part>{_FIGURE})(?:\s*(?:/|ud\s+af(?:\s+de)?|out\s+of)\s*|\s+(?:af|of|in)\s+)(?P<whole>{_FIGURE})", re.IGNORECASE
)
_FROM_TO = re.compile(rf"\b(?:fra|from)\s+[-+]?(?:{_FIGURE}).*?\b(?:til|to)\s+(?=\S*\d)", re.IGNORECASE)
_BETWEEN = re.compile(
    rf"(?P<low>{_FIGURE})\s?(?:%|procent|pct\.?)?\s*(?:-|\btil\b|\bto\b|\bog\b|\band\b)\s*(?P<high>{_FIGURE})", re.IGNORECASE
)
_TWO = re.compile(r"\b(?:mellem|between)\s*$", re.IGNORECASE)
_TIMES: dict[str, int] = {
    "hundrede": 100, "hundred": 100, "dusin": 12, "dozen": 12, "snes": 20, "tusind": 1000, "tusinde": 1000, "tus": 1000,
    "thousand": 1000, "tkr": 1000, "t.kr": 1000, "mio": 10**6, "million": 10**6, "millioner": 10**6, "millions": 10**6,
    "mia": 10**9, "milliard": 10**9, "milliarder": 10**9, "billion": 10**9, "billions": 10**9,
}  # fmt: skip
_TIMES_WORD = re.compile(r"\s*(t\.kr|[a-z]+)", re.IGNORECASE)
_PERCENT_UNIT = re.compile(r"(?:%|procent|pct|percent|per cent)(?:\s.*)?", re.IGNORECASE)
_MORE = r"(?:flere|færre|mere|mindre|højere|lavere|ekstra|more|fewer|less|higher|lower|extra)"
_PERCENT = r"(?:%|procent(?:point)?|pct\.?|percent(?:age points?)?)"
#: words after a figure, or before it, that make it the size of a change and not the value to be reached
_CHANGE_BEHIND = re.compile(rf"\s*{_PERCENT}?\s*(?:[^\W\d]+\s+)?(?<!eller )(?<!or ){_MORE}\b(?!\s+end\b)", re.IGNORECASE)
_CHANGE_BEFORE = re.compile(r"\b(?:med|by)\s+(?:mindst\s+|højst\s+|ca\.?\s+|cirka\s+|at least\s+)?$", re.IGNORECASE)
_TIMES_AS_MANY = re.compile(rf"(?P<times>{_FIGURE})\s+(?:gange?|times)\s+(?:så|as)\b", re.IGNORECASE)
_POINTS = re.compile(r"\s*(?:procentpoint|pct\.?\s?point|percentage points?)", re.IGNORECASE)


@dataclass(frozen=True)
class Amount:
    """The amount in a text: exact values from `low` to `high`, which are equal for a single number. `share`: written as a
    part of a whole ("2/3", "6 ud af 10"). `change`: the size of a change, not the value to be reached ("10 % flere")."""

    low: Fraction
    high: Fraction
    share: bool = False
    change: bool = False

    def in_percent(self) -> Amount:
        """Returns a share in per cent; any other amount as it is."""
        return Amount(self.low * 100, self.high * 100, False, self.change) if self.share else self


def has_number(text: str, lang: str = "da") -> bool:
    """Returns whether there is a number: a digit, a number word of the language, or halvere, fordoble, ingen, alle and the
    like."""
    return any(letter.isdecimal() for letter in text + _normal(text, lang)) or _NUMBER_WORDS.search(text) is not None


def has_amount(text: str, lang: str = "da") -> bool:
    """Returns whether the text says how much: by a number that is no date, year, age or paragraph, or by a word for all,
    none, half or double."""
    found = read_amount(text, lang) or _times_as_many(text, lang)
    return found is not None or _NUMBER_WORDS.search(text) is not None


def is_percent(unit: str) -> bool:
    """Returns whether a unit is per cent: "%", "procent", "pct.", "% af de unge". Percentage points are not."""
    return _PERCENT_UNIT.fullmatch(unit.strip().replace("pct.", "pct")) is not None


def says_percent(text: str) -> bool:
    """Returns whether a value names per cent itself: "mindst 60 %"."""
    return re.search(r"%|\b(?:procent|pct|percent)\b", text, re.IGNORECASE) is not None


def read_amount(text: str, lang: str = "da") -> Amount | None:
    """Returns the number in a value such as "60 %", "mindst halvtreds", "1.200", "3,5", "2,4 mio. kr.", "600 træer i 2027";
    None where there is none.

    "40-60" is a range, "fra 40 til 60" is 60; "6 ud af 10", "2/3" and "to tredjedele" are fractions. A point or comma
    before groups of exactly three digits groups thousands where that is the custom of `lang` (point in Danish, comma in
    English), else it is the decimal sign. Years, dates, ages, numbers of paragraphs and factors ("tre gange så mange")
    are not amounts.
    """
    rest = _TIMES_AS_MANY.sub(" ", _NAMES.sub(" ", _normal(text, lang)))
    start = _FROM_TO.search(rest)
    if start:
        rest = rest[start.end() :]
    found = _NUMBER.search(rest)
    if found is None:
        return None
    mixed = _MIXED.match(rest, found.start("figure"))
    if mixed and int(mixed["of"]):
        value = int(mixed["whole"]) + Fraction(int(mixed["part"]), int(mixed["of"]))
        return _amount(rest, found, mixed.end(), value, value)
    part = _PART_OF.match(rest, found.start("figure"))
    if part:
        return _part(rest, found, part, lang)
    between = _BETWEEN.match(rest, found.start("figure"))
    if between and not found["sign"] and _joins(rest, between):
        times = _times(rest, between.end())
        ends = sorted((_read(between["low"], lang) * times, _read(between["high"], lang) * times))
        return _amount(rest, found, between.end(), *ends, times=1)
    value = _read(found["figure"], lang)
    return _amount(rest, found, found.end(), value, value)


def target_amount(text: str, baseline: Fraction | None = None, *, percent: bool = False, lang: str = "da") -> Amount | None:
    """Returns the value a target text asks for: as `read_amount`, in per cent where the unit is, and words: "halvere" is
    half the baseline, "ingen" is 0, "alle" is 100 where the unit is per cent. None where the text gives no value that can
    be compared.
    """
    amount = read_amount(text, lang)
    if amount is not None:
        return amount.in_percent() if percent else amount
    times = _times_as_many(text, lang)
    for word, factor in ((None, times), *_RELATIVE):
        if factor is not None and (word is None or word.search(text)):
            return None if baseline is None else Amount(baseline * factor, baseline * factor)
    if _NOUGHT.search(text):
        return Amount(Fraction(0), Fraction(0))
    return Amount(Fraction(100), Fraction(100)) if percent and _EVERYONE.search(text) else None


def _normal(text: str, lang: str) -> str:
    """Returns the text with one kind of dash and space, without dates and years, with number words as figures."""
    text = _PART_SIGN.sub(lambda found: f"{found['whole']} {_ONE_SIGN[found['part']]}", text.translate(_SIGNS))
    text = _APOSTROPHES.sub("", _MINUS_AS_A_SIGN.sub("-", text))
    return in_figures(without_dates(text), lang)


def _times_as_many(text: str, lang: str) -> Fraction | None:
    found = _TIMES_AS_MANY.search(_normal(text, lang))
    return _read(found["times"], lang) if found else None


def _joins(rest: str, between: re.Match[str]) -> bool:
    """Returns whether two figures are the ends of one range; "og" joins two ends only after "mellem"."""
    word = rest[between.end("low") : between.start("high")].strip(" %").casefold()
    return not word.endswith(("og", "and")) or _TWO.search(rest[: between.start()]) is not None


def _part(rest: str, found: re.Match[str], part: re.Match[str], lang: str) -> Amount | None:
    whole = _read(part["whole"], lang)
    if not whole:
        return None
    value = _read(part["part"], lang) / whole
    times = _times(rest, part.end())
    return _amount(rest, found, part.end(), value * times, value * times, share=times == 1, times=1)


def _amount(
    rest: str,
    found: re.Match[str],
    end: int,
    low: Fraction,
    high: Fraction,
    *,
    share: bool = False,
    times: int | None = None,
) -> Amount:
    by = _times(rest, end) if times is None else times
    sign = -1 if found["sign"] == "-" else 1
    change = bool(
        (found["sign"] and (found["sign"] == "+" or re.match(rf"\s*{_PERCENT}", rest[end:], re.IGNORECASE)))
        or _CHANGE_BEHIND.match(rest, end)
        or _CHANGE_BEFORE.search(rest[: found.start()])
        or _POINTS.match(rest, end)
    )
    return Amount(sign * low * by, sign * high * by, share, change)


def _times(text: str, end: int) -> int:
    word = _TIMES_WORD.match(text, end)
    return _TIMES.get(word[1].lower(), 1) if word else 1


def _read(figure: str, lang: str) -> Fraction:
    """Returns the exact value of one figure without words and sign: digits, points, commas and spaces."""
    return Fraction(_plain(figure.replace(" ", ""), "." if lang == "da" else ","))


def _plain(digits: str, thousands: str) -> str:
    """Returns the digits with at most one decimal point: "1.200,5" and "1,200.5" both become "1200.5"."""
    signs = [letter for letter in digits if letter in ".,"]
    if not signs:
        return digits
    grouped = re.fullmatch(r"(?!0)\d{1,3}(?:[.,]\d{3})+", digits) is not None
    if len(set(signs)) == 1 and (len(signs) > 1 or (grouped and signs[0] == thousands)):
        return digits.replace(signs[0], "")
    before, _, after = digits.rpartition(signs[-1])
    return f"{before.replace('.', '').replace(',', '')}.{after}"
