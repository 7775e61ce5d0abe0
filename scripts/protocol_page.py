"""Writes docs/protocol.md from the code: `python -m scripts.protocol_page`. tests/test_docs.py holds it to be current."""

from __future__ import annotations

from pathlib import Path

import workshop.commands  # noqa: F401 - registers every command
from scripts.protocol import commands, records
from workshop.catalogue import t
from workshop.door import COMMANDS
from workshop.rules import fields
from workshop.rules.limits import LIST_LIMITS, TEXT_LIMITS, YEAR_LIMITS
from workshop.rules.refusal import CODES
from workshop.web.answers import STATUS

PAGE = Path(__file__).resolve().parents[1] / "docs" / "protocol.md"
PARTS = Path(__file__).resolve().parent / "protocol"
HEAD = """# The live protocol

What any client can rely on: a phone, the board, a script, a load test. Names are fixed; fields may be added.
This page is written by `python -m scripts.protocol_page` from the code, and a test keeps it current."""


def page() -> str:
    """The whole page."""
    contract, results = ((PARTS / name).read_text(encoding="utf-8") for name in ("contract.md", "results.md"))
    parts = [HEAD, contract, _records(), results, _commands(), _refusals(), _limits()]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _records() -> str:
    lines = ["## Records", "", '`{id: "idea:12", kind: "idea", …}`, always whole. Every record has `id` and `kind`.']
    lines += ["A field marked *facilitator* is not in the payload of the room.", ""]
    for kind, meanings in records.RECORDS.items():
        lines += [f"### `{kind}`", "", "| field | what it holds |", "| --- | --- |"]
        for name, meaning in meanings.items():
            only = " *(facilitator)*" if name.endswith("*") else ""
            lines.append(f"| `{name.rstrip('*')}` | {meaning}{only} |")
        if kind in ("goal", "agreement"):
            lines += ["", f"And its words: {_fields(kind)}."]
        lines.append("")
    return "\n".join(lines)


def _fields(noun: str) -> str:
    """The fields of a noun, needed ones with `!`, rows with their columns."""
    shown = []
    for field in fields.FIELDS[noun]:
        if field.name in records.RECORDS[noun] or (noun == "agreement" and field.name == "kind"):
            continue
        items = f" [{', '.join(item.name for item in field.items)}]" if field.items else ""
        shown.append(f"`{field.name}`{'!' if field.needed else ''}{items}")
    return ", ".join(shown)


def _commands() -> str:
    head = [
        "## Commands",
        "",
        "Arguments are absolute values. An argument that is not named here is refused as `malformed`. Besides the refusals at",
        f"each command, any may be refused with {', '.join(f'`{code}`' for code in commands.ALWAYS)}.",
        "",
    ]
    return "\n".join(head) + "\n\n".join(commands.section(name) for name in sorted(COMMANDS))


def _refusals() -> str:
    lines = ["## Refusals", "", "| code | HTTP | Danish | English |", "| --- | --- | --- | --- |"]
    for code in CODES:
        danish, english = (t(f"error.{code}", lang) for lang in ("da", "en"))
        lines.append(f"| `{code}` | {STATUS.get(code, 409)} | {danish} | {english} |")
    lines += ["", "A sentence may be more exact where the error carries facts: `error.CODE.FACT` in the catalogue."]
    return "\n".join(lines)


def _limits() -> str:
    lines = ["## Limits", "", "Characters are Unicode code points of the text as it is kept (rules.md section 1).", ""]
    lines += ["| text | most characters |", "| --- | --- |"]
    lines += [f"| {name} | {limit} |" for name, limit in TEXT_LIMITS.items()]
    lines += ["", "| list | most entries |", "| --- | --- |"]
    lines += [f"| {name} | {limit} |" for name, limit in LIST_LIMITS.items()]
    lines += ["", "| day | most years ahead |", "| --- | --- |"]
    lines += [f"| {name} | {limit} |" for name, limit in YEAR_LIMITS.items()]
    return "\n".join(lines)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(f"{PAGE.relative_to(PAGE.parents[1])} is written")
