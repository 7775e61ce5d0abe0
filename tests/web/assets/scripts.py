"""Reads scripts for the tests: which words stand in their strings and templates, and which names they import."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

_STRING = re.compile(r"'(?:[^'\\\n]|\\.)*'|\"(?:[^\"\\\n]|\\.)*\"")
_COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.S)
_CHUNK = re.compile(r"(?:[^`\\$]|\\.|\$(?!\{))*", re.S)


def written_in(source: str) -> Iterator[str]:
    """Yields the contents of strings and the text of templates, without code, comments and what fills a template."""
    place, depth, open_at = 0, 0, []
    while place < len(source):
        sign = source[place]
        if sign == "`" or (sign == "}" and open_at and open_at[-1] == depth):
            if sign == "}":
                open_at.pop()
            chunk = _CHUNK.match(source, place + 1)
            assert chunk is not None
            yield chunk[0]
            goes_on = source[chunk.end()] == "$"
            place = chunk.end() + (2 if goes_on else 1)
            if goes_on:
                open_at.append(depth)
        elif found := _STRING.match(source, place):
            yield found[0][1:-1]
            place = found.end()
        elif found := _COMMENT.match(source, place):
            place = found.end()
        else:
            depth += (sign == "{") - (sign == "}")
            place += 1


def imports(path: Path) -> Iterator[tuple[Path, str]]:
    """Yields the module and the name of everything that a script imports at once."""
    text = path.read_text(encoding="utf-8")
    for names, place in re.findall(r"^(?:import|export) \{([^}]*)\} from '([^']+)';", text, re.M):
        for name in names.split(","):
            if name.strip():
                yield target(path, place), name.strip().split(" as ")[0]


def later(path: Path) -> list[Path]:
    """Returns the modules that a script imports later."""
    return [target(path, place) for place in re.findall(r"\bimport\('(\.[^']+)'\)", path.read_text(encoding="utf-8"))]


def target(path: Path, place: str) -> Path:
    """Returns the file that a script at `path` names; the tests' gallery names scripts by their address."""
    if place.startswith("/static/"):
        return Path(__file__).resolve().parents[3] / place.removeprefix("/")
    return (path.parent / place).resolve()
