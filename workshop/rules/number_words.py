"""Replaces Danish and English number words by figures: "to ud af tre" becomes "2 ud af 3"."""

from __future__ import annotations

import re

_DA_UNITS = (
    "nul", "", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti", "elleve", "tolv", "tretten", "fjorten",
    "femten", "seksten", "sytten", "atten", "nitten",
)  # fmt: skip
_EN_UNITS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_DA_TENS = {
    "tyve": 20, "tredive": 30, "fyrretyve": 40, "fyrre": 40, "halvtredsindstyve": 50, "halvtreds": 50, "tresindstyve": 60,
    "tres": 60, "halvfjerdsindstyve": 70, "halvfjerds": 70, "firsindstyve": 80, "firs": 80, "halvfemsindstyve": 90,
    "halvfems": 90,
}  # fmt: skip
_EN_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_WORDS = {
    "da": {**{word: value for value, word in enumerate(_DA_UNITS) if word}, "én": 1, "ét": 1, **_DA_TENS},
    "en": {**{word: value for value, word in enumerate(_EN_UNITS)}, **_EN_TENS},
}
_HUNDREDS = {"da": ("hundrede", "hundred"), "en": ("hundred",)}
#: only singular forms: "millioner" always follows a figure, and `rules.numbers` multiplies by it
_SCALES = {
    "da": {"tusind": 10**3, "tusinde": 10**3, "million": 10**6, "milliard": 10**9},
    "en": {"thousand": 10**3, "million": 10**6, "billion": 10**9},
}
_HEAPS = {"da": {"dusin": 12, "halvsnes": 10, "snes": 20}, "en": {"dozen": 12}}
_AND = {"da": "og", "en": "and"}
_ARTICLE = {"da": r"(?:en|et|én|ét)", "en": r"(?:a|an|one)"}
_PARTS = {
    "da": {
        "halv": 2, "halve": 2, "halvt": 2, "tredjedel": 3, "trediedel": 3, "kvart": 4, "fjerdedel": 4, "femtedel": 5,
        "sjettedel": 6, "syvendedel": 7, "ottendedel": 8, "niendedel": 9, "tiendedel": 10, "hundrededel": 100,
    },
    "en": {
        "half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
        "tenth": 10,
    },
}  # fmt: skip
_EVERY = {
    "da": {
        "anden": 2,
        "andet": 2,
        "tredje": 3,
        "fjerde": 4,
        "femte": 5,
        "sjette": 6,
        "syvende": 7,
        "ottende": 8,
        "tiende": 10,
    },
    "en": {"second": 2, "other": 2, "third": 3, "fourth": 4, "fifth": 5, "tenth": 10},
}
_FIXED = {
    "da": {r"halvand(?:en|et)": "1 1/2", r"halvdelen|halvparten": "1/2", r"trekvart": "3/4", r"halvtredje": "2 1/2"},
    "en": {r"half (?=of\b|the\b)": "1/2 ", r"three-quarters": "3/4"},
}


def _forms(lang: str) -> list[tuple[re.Pattern[str], str]]:
    """Returns the patterns of fixed words and fractions with their figures, in the order they are applied."""
    found = [(re.compile(rf"\b(?:{word})", re.IGNORECASE), figure) for word, figure in _FIXED[lang].items()]
    every = {"da": r"\bhver(?:t)?\s*", "en": r"\bevery\s+"}[lang]
    plain = {"da": r"(?!\s+(?:uge|dag|måned|år|gang|time)\w*)", "en": r"(?!\s+(?:week|day|month|year|time)\w*)"}[lang]
    found += [(re.compile(rf"{every}{word}\b{plain}", re.IGNORECASE), f"1/{part}") for word, part in _EVERY[lang].items()]
    for word, part in _PARTS[lang].items():
        found.append((re.compile(rf"\b{_ARTICLE[lang]}[\s-]+{word}\b", re.IGNORECASE), f"1/{part}"))
        found.append((re.compile(rf"(?<![\d.,/])(\d+)[\s-]+{word}(?:e|s)?\b", re.IGNORECASE), rf"\1/{part}"))
    out_of = {"da": r"ud\s+af", "en": r"(?:out\s+of|in)"}[lang]
    found.append((re.compile(rf"\b{_ARTICLE[lang]}(?=\s+{out_of}\s+\d)", re.IGNORECASE), "1"))
    return found


_FORMS = {lang: _forms(lang) for lang in _WORDS}


def _longest_first(lang: str) -> re.Pattern[str]:
    words = {*_WORDS[lang], *_HUNDREDS[lang], *_SCALES[lang], *_HEAPS[lang], _AND[lang]}
    return re.compile("|".join(sorted(words, key=len, reverse=True)))


_MORPHEMES = {lang: _longest_first(lang) for lang in _WORDS}
_TOKEN = re.compile(r"[^\W\d_]+")
#: a text before "million" or "hundrede" that ends in a figure or fraction: the word then stays, as its multiplier
_MULTIPLIED = re.compile(r"(?:\d|\b(?:halv\w*|kvart|half|quarter))\s*$", re.IGNORECASE)


def in_figures(text: str, lang: str) -> str:
    """Returns the text with number words as figures and fractions as "2/3". "en", "et" and "a" alone are articles and stay;
    so do words for a rough number ("et par", "tusinder")."""
    lang = lang if lang in _WORDS else "da"
    text = _whole_numbers(text, lang)
    for form, figure in _FORMS[lang]:
        text = form.sub(figure, text)
    return text


def _whole_numbers(text: str, lang: str) -> str:
    out: list[str] = []
    end = 0
    run: list[str] = []
    start = stop = 0
    for token in _TOKEN.finditer(text):
        parts = _parts(token[0].casefold(), lang)
        gap = text[stop : token.start()]
        if run and parts and re.fullmatch(r"[\s-]+", gap) and _goes_on(run, parts, lang):
            run += parts
            stop = token.end()
            continue
        if run:
            out += [text[end:start], _figure(run, lang, text[start:stop])]
            end = stop
        run, start, stop = (parts if _begins(parts, lang, text[: token.start()]) else []), token.start(), token.end()
    if run:
        out += [text[end:start], _figure(run, lang, text[start:stop])]
        end = stop
    return "".join(out) + text[end:]


def _parts(word: str, lang: str) -> list[str]:
    """Returns the number words that a word is made of: "tohundredeogfem" is to, hundrede, og, fem. Empty for other words."""
    found = _MORPHEMES[lang].findall(word)
    return found if "".join(found) == word else []


def _begins(parts: list[str], lang: str, before: str) -> bool:
    """Returns whether a number begins with these parts. "og" begins none, nor does a "million" that multiplies the figure
    before it."""
    if not parts or parts[0] == _AND[lang]:
        return False
    return parts[0] in _WORDS[lang] or _MULTIPLIED.search(before) is None


def _goes_on(run: list[str], parts: list[str], lang: str) -> bool:
    """Returns whether a word continues the number begun: "to hundrede", "fem og tyve", "twenty five"; not "to tre"."""
    last, first = run[-1], parts[0]
    big = (*_HUNDREDS[lang], *_SCALES[lang])
    words = _WORDS[lang]
    if first == _AND[lang]:
        return last in big or (lang == "da" and words.get(last, 99) < 10)
    if first in big or first in _HEAPS[lang]:
        return last != _AND[lang]
    if last == _AND[lang]:
        return first in words and (run[-2] in big or words[first] >= 20)
    return last in big or (lang == "en" and words.get(last, 0) >= 20 and words.get(first, 99) < 10)


def _figure(run: list[str], lang: str, written: str) -> str:
    """Returns the figure of a run of number words, followed by an "og" or "and" at its end that is not part of the number."""
    trailing = ""
    if run[-1] == _AND[lang]:
        run = run[:-1]
        place = written.rindex(written.split()[-1])
        trailing = written[len(written[:place].rstrip()) :]
    whole, part = 0, 0
    for word in run:
        if word in _WORDS[lang]:
            part += _WORDS[lang][word]
        elif word in _HUNDREDS[lang]:
            part = max(part, 1) * 100
        elif word in _HEAPS[lang]:
            part = max(part, 1) * _HEAPS[lang][word]
        elif word in _SCALES[lang]:
            whole, part = whole + max(part, 1) * _SCALES[lang][word], 0
    return str(whole + part) + trailing
