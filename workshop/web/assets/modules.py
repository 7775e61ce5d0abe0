"""Reads the browser's scripts as modules: what each imports, at once or later, and which texts it names.

The scripts use only a few forms, which `tests/web/assets/test_bundles.py` checks: `import { a, b as c } from './x.js';`, a
later `import('./x.js')`, and `export` before a function, a class or a constant.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from workshop import locations
from workshop.web.assets.minify import without_comments

STATIC = locations.top_level("static")
#: `import {names} from 'place'` and `export {names} from 'place'`
IMPORT = re.compile(r"^(import|export) \{([^}]*)\} from '(\.[^']+)';\n", re.M)
LATER = re.compile(r"\bimport\('(\.[^']+)'\)")
_AWAITS = re.compile(r"^(?:await |const .*\bawait )", re.M)
#: what may be the key of a text: a whole key in quotes, or a template that begins like a key and may contain `${…}`
_WORDS = re.compile(r"""'([a-z_]+\.[\w.]+)'|`([a-z_]+\.(?:[\w.]|\$\{[^{}`]*\})*)`""")
_HOLE = re.compile(r"\$\{[^{}]*\}")


@dataclass(frozen=True)
class Script:
    """One module. `at_once` and `later` are paths under `static/` of what it imports; `words` are patterns of the keys of
    texts it names; `waits` says that it has an `await` at its top level."""

    path: str
    source: str
    at_once: tuple[str, ...]
    later: tuple[str, ...]
    words: frozenset[str]
    waits: bool


@lru_cache
def static_version() -> str:
    """Returns a name for the present contents of `static/`. The path of every file contains it, so that browsers may cache
    the file without asking again."""
    digest = hashlib.sha256()
    for path in sorted(STATIC.rglob("*")):
        if path.is_file():
            digest.update(str(path.relative_to(STATIC)).encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def place_of(path: str, named: str) -> str:
    """Returns the path of the module that a module at `path` names."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), named))


def script(path: str) -> Script:
    """Returns the module at a path under `static/`; it is read again after a change."""
    return _read(path, (STATIC / path).stat().st_mtime_ns)


@lru_cache(maxsize=1024)
def _read(path: str, _written_at: int) -> Script:
    written = (STATIC / path).read_text(encoding="utf-8")
    source = without_comments(written)
    words = frozenset(_pattern(whole or holed) for whole, holed in _WORDS.findall(source))
    at_once = tuple(place_of(path, found[2]) for found in IMPORT.findall(source))
    later = tuple(place_of(path, found) for found in LATER.findall(source))
    return Script(path, source, at_once, later, words, _AWAITS.search(written) is not None)


def _pattern(words: str) -> str:
    """Returns a regular expression for the keys that are meant. A `${…}` stands for one word without dots, so
    `field.${noun}.${name}` does not match the hint `field.goal.owner.hint`."""
    return r"\w+".join(re.escape(part) for part in _HOLE.split(words))


def words_of(paths: Iterable[str]) -> re.Pattern[str]:
    """Returns a pattern that matches every key of a text that these modules name, and nothing where they name none."""
    return re.compile("|".join(sorted(word for path in paths for word in script(path).words)) or r"(?!)")


def is_ours(path: str) -> bool:
    """Returns whether a module belongs to this project and not to a library."""
    return path.startswith("js/")


def closure(paths: Iterable[str]) -> list[str]:
    """Returns the modules and all of our modules that they import, directly or not, each after those it imports."""
    found: dict[str, None] = {}

    def visit(path: str) -> None:
        if path not in found and is_ours(path):
            for one in script(path).at_once:
                visit(one)
            found[path] = None

    for path in paths:
        visit(path)
    return list(found)


def later_of(paths: Iterable[str]) -> list[str]:
    """Returns the modules that these may import later (`import(…)`), and those that may be imported later by them in turn."""
    waiting, known = list(paths), set(paths)
    found: dict[str, None] = {}
    while waiting:
        for path in script(waiting.pop(0)).later:
            if path not in found:
                found[path] = None
                more = [one for one in closure([path]) if one not in known]
                known.update(more)
                waiting += more
    return list(found)
