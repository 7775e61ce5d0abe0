"""Corrections of the language: checks that such a version has the same figures and binding words as the one before, few other
words, and these spelt nearly as before; and that somebody has confirmed it (docs/rules.md section 1)."""

from __future__ import annotations

import re

from workshop.export.checking.core import Json, Report
from workshop.export.checking.texts import only_proposed

#: fields whose language can be corrected: texts, except those that say who or how much
CORRECTABLE = {
    "goal": {"title", "challenge", "target_group", "indicator", "data_source", "first_step"},
    "agreement": {
        "purpose", "decision_rule", "ground_rules", "disagreement", "resources", "exit_terms", "what_we_try",
        "how_we_will_know", "stop_or_widen",
    },
}  # fmt: skip
#: figures, number words, dates and signs of measure
NUMBERS = re.compile(
    r"""(?:(?<!\w)[-−+±])?\d+(?:[.,:/]\d+)*|[%‰§€$£<>=≥≤±×²³½¼¾⅓⅔]|\b(?:
    nul|én|ét|to|tre|fire|fem|seks|syv|otte|ni|ti|elleve|tolv|tyve|tredive|fyrre|halvtreds|tres|halvfjerds|firs|halvfems
    |mio|mia|halv|halve|halvt|halvanden|halvandet|dobbelte?|første|anden|andet|tredje|fjerde|femte|sjette|syvende|ottende|niende
    |tiende|ingen|intet|alle|alt|hver|hvert|begge
    |zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety
    |half|double|twice|once|first|second|third|quarter|none|no|nobody|all|every|each|both
    |januar|january|jan|februar|february|feb|marts|march|mar|april|apr|maj|may|juni|june|jun|juli|july|jul|august|aug
    |september|sept?|oktober|october|okt|oct|november|nov|december|dec
    |\w*(?:hundred|tusind|thousand|million|milliard|billion)\w*|\w+ogtyve|\w+og(?:tredive|fyrre|halvtreds|tres)
    |\w+og(?:halvfjerds|firs|halvfems)|(?:tret|fjor|fem|seks|syt|at|nit)ten|\w+teen|twenty\W\w+
    |(?:halver|fordobl|tredobl)\w*|(?:halv|doubl|tripl|trebl)(?:es|ed|ing)
    |(?:man|tirs|ons|tors|fre|lør|søn)dage?\w*|(?:mon|tues|wednes|thurs|fri|satur|sun)days?)\b""",
    re.IGNORECASE | re.VERBOSE,
)
#: words that say no, must, at most or by when
BINDING = re.compile(
    r"""\b(?:ikke|ej|aldrig|uden|kun|undtagen|medmindre|hverken|højst|mindst|senest|tidligst|inden|før|efter|over|under|mere
    |mindre|flere|færre|skal|kan|bør|må|vil|eller|imod|mod
    |not|cannot|never|without|only|except|unless|neither|nor|most|least|latest|earliest|before|after|by|within|more|less|fewer
    |must|shall|should|can|could|may|might|will|would|or|against)\b|\w+n['’]t\b""",
    re.IGNORECASE | re.VERBOSE,
)
ONE_WORD = re.compile(r"\w+(?:[-'’.,:/]\w+)*")


def check_language(proof: Json, report: Report) -> None:
    """Compares each correction of the language with the version before it."""
    before: Json | None = None
    found = 0
    left_out = only_proposed(proof["journal"]["entries"])
    for text in proof["versions"]:
        if text["cause"] == "language":
            facts = {"subject": text["subject"], "version": text["version"]}
            found += 1
            right = report.expect(text.get("confirmed_by") is not None, "language.confirmed", **facts)
            follows = before is not None and before["subject"] == text["subject"]
            right &= report.expect(follows and only_language(before, text), "language.more", **facts)
            found -= not right
        before = before if (text["subject"], text["version"]) in left_out else text
    if found:
        report.note("holds", "language", n=found)


def only_language(before: Json | None, text: Json) -> bool:
    """Returns whether one version differs from the one before it in language only; True where a text is withheld."""
    if before is None or len(text["changed"]) != 1:
        return False
    name = text["changed"][0]
    if name not in CORRECTABLE[text["subject"].partition(":")[0]]:
        return False
    if before["content"] is None or text["content"] is None:
        return True
    return may_pass(str(before["content"].get(name) or ""), str(text["content"].get(name) or ""))


def may_pass(old: str, new: str) -> bool:
    """Returns whether a text can have become another by a correction of its language."""
    if not old or not new:
        return False
    if _found(NUMBERS, old) != _found(NUMBERS, new) or _found(BINDING, old) != _found(BINDING, new):
        return False
    one, other = ONE_WORD.findall(old), ONE_WORD.findall(new)
    gone, come = _others(one, other)
    changed = max(len(gone), len(come))
    if changed > max(1, -(-len(one) // 5)):
        return False
    spelt, now = ("".join(filter(str.isalnum, "".join(words).casefold())) for words in (gone, come))
    return _letters_between(spelt, now) <= max(3, max(len(spelt), len(now)) // 2)


def _found(pattern: re.Pattern[str], text: str) -> list[str]:
    return [match[0].casefold() for match in pattern.finditer(text)]


def _others(one: list[str], other: list[str]) -> tuple[list[str], list[str]]:
    """Returns the words of each that are not in their longest common subsequence; of several such, in the one found first."""
    rest = {(i, len(other)): 0 for i in range(len(one) + 1)} | {(len(one), j): 0 for j in range(len(other) + 1)}
    for i in reversed(range(len(one))):
        for j in reversed(range(len(other))):
            alike = one[i] == other[j]
            rest[i, j] = rest[i + 1, j + 1] + 1 if alike else max(rest[i + 1, j], rest[i, j + 1])
    gone, come, i, j = [], [], 0, 0
    while i < len(one) and j < len(other):
        if one[i] == other[j]:
            i, j = i + 1, j + 1
        elif rest[i + 1, j] >= rest[i, j + 1]:
            gone.append(one[i])
            i += 1
        else:
            come.append(other[j])
            j += 1
    return gone + one[i:], come + other[j:]


def _letters_between(one: str, other: str) -> int:
    """Returns how many letters must be inserted, deleted or replaced to get from one text to the other (Levenshtein)."""
    line = list(range(len(other) + 1))
    for i, letter in enumerate(one):
        above, line = line, [i + 1]
        for j, against in enumerate(other):
            line.append(min(above[j + 1] + 1, line[j] + 1, above[j] + (letter != against)))
    return line[-1]
