"""What the checker says, in Danish or English."""

from __future__ import annotations

from workshop.export.checking.danish import DANISH
from workshop.export.checking.english import ENGLISH
from workshop.export.checking.ground import Json

MARKS = {
    "da": {"holds": "HOLDER", "withheld": "IKKE VIST", "stands": "STÅR", "fault": "FEJL"},
    "en": {"holds": "HOLDS", "withheld": "WITHHELD", "stands": "STANDS", "fault": "FAULT"},
}
#: facts that have a text of their own for each value
SAID_IN_WORDS = ("outcome", "answer", "reached", "what")


def sentence(line: tuple[str, str, Json], language: str) -> str:
    """One finding as a line of text."""
    kind, key, facts = line
    return f"{MARKS[language][kind]:<9} {say(key, language, facts)}"


def say(key: str, language: str, facts: Json) -> str:
    """Returns a text with its facts filled in; an outcome and a state are said in words."""
    texts = DANISH if language == "da" else ENGLISH
    said = {name: texts.get(f"{name}.{fact}", fact) if name in SAID_IN_WORDS else fact for name, fact in facts.items()}
    return texts[key].format(**said)
