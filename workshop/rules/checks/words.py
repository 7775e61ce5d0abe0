"""The words that the checks look for, in Danish and English (docs/rules.md section 2)."""

from __future__ import annotations

import re

_VAGUE_VERBS = (
    r"bedre",
    r"mere",
    r"flere",
    r"færre",
    r"øg(?:e|er|es|et|ede|edes)",
    r"styrk(?:e|er|es|et|ede|edes)",
    r"frem(?:me|mer|mes|met|mede|medes)",
    r"forbedr(?:e|er|es|et|ede|edes)",
    r"sikr(?:e|er|es|et|ede|edes)",
    r"understøtt(?:e|er|es|et|ede|edes)",
    r"sæt(?:te|ter|tes|ttes)? fokus på|(?:satte|sat) fokus på",
    r"arbejd(?:e|er|es|et|ede|edes)? for",
    r"skab(?:e|er|es|t|te|tes)? rammer(?:ne)? for",
    r"(?:være|er|vær|bliver?) opmærksom(?:me)? på",
    r"better",
    r"more",
    r"fewer",
    r"less",
    r"increas(?:e|es|ed|ing)",
    r"strengthen(?:s|ed|ing)?",
    r"promot(?:e|es|ed|ing)",
    r"improv(?:e|es|ed|ing)",
    r"ensur(?:e|es|ed|ing)",
    r"support(?:s|ed|ing)?",
    r"focus(?:es|ed|ing)? on|put(?:s|ting)? (?:a |the )?focus on",
    r"work(?:s|ed|ing)? (?:for|towards?)",
    r"creat(?:e|es|ed|ing) (?:the |a |better )?(?:framework|conditions|frame)s? for",
    r"(?:be|is|are|being) (?:aware|mindful) of",
)
_VAGUE = re.compile(r"\b(?:" + "|".join(_VAGUE_VERBS) + r")\b", re.IGNORECASE)

_NOBODY_IN_PARTICULAR = frozenset(
    {"alle", "vi", "os", "kommunen", "politikerne"}
    | {"all", "everyone", "everybody", "we", "us", "municipality", "politicians"}
)
_ARTICLE = re.compile(r"^(?:the)\s+", re.IGNORECASE)

_DECIDED = re.compile(r"\b(?:besluttet|besluttede|vedtaget|vedtagne|vedtog|decided)\b", re.IGNORECASE)
_AND = re.compile(r" (?:og|and) ", re.IGNORECASE)
_UNKNOWN = re.compile(r"\b(?:ukendt|ved (?:vi )?ikke|unknown|not known|don['’]t know)\b", re.IGNORECASE)


def has_vague_verb(text: str) -> bool:
    """Returns whether the text has a word that promises nothing one can see (G08)."""
    return _VAGUE.search(text) is not None


def is_nobody_in_particular(owner: str) -> bool:
    """Returns whether the owner is "alle", "vi", "kommunen", "politikerne" or an English twin (G07)."""
    bare = _ARTICLE.sub("", owner.strip().strip(".,;:!\"'”“").strip())
    return bare.casefold() in _NOBODY_IN_PARTICULAR


def says_decided(text: str) -> bool:
    """Returns whether the text calls something decided: "besluttet", "vedtaget", "decided" (A09)."""
    return _DECIDED.search(text) is not None


def says_and_twice(text: str) -> bool:
    """Returns whether " og " or " and " occurs at least twice (G11)."""
    return len(_AND.findall(text)) >= 2


def says_unknown(text: str) -> bool:
    """Returns whether a baseline says that it is not known yet (G03)."""
    return _UNKNOWN.search(text) is not None
