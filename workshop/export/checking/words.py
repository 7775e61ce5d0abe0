"""What the checker says, in Danish or English."""

from __future__ import annotations

from workshop.export.checking.danish import DANISH
from workshop.export.checking.english import ENGLISH
from workshop.export.checking.ground import Json

MARKS = {
    "da": {"holds": "HOLDER", "withheld": "IKKE VIST", "fault": "FEJL"},
    "en": {"holds": "HOLDS", "withheld": "WITHHELD", "fault": "FAULT"},
}


def sentence(line: tuple[str, str, Json], language: str) -> str:
    """One finding as a line of text."""
    kind, key, facts = line
    return f"{MARKS[language][kind]:<9} {say(key, language, facts)}"


def say(key: str, language: str, facts: Json) -> str:
    """Returns a text with its facts filled in; an outcome is said in words."""
    texts = DANISH if language == "da" else ENGLISH
    said = {name: texts.get(f"outcome.{fact}", fact) if name == "outcome" else fact for name, fact in facts.items()}
    return texts[key].format(**said)
