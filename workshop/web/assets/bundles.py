"""Joins the scripts of the live pages into few files (parcels), so that a phone does not request sixty files when it joins.

Console, board and the helper's page have one parcel each, with all their modules. A phone's modules are loaded when they are
needed: the parcel `start` is the page's own script; `phone` holds all modules that it imports. Of the modules that are imported
later, those needed by the same screens form one parcel. So no module is in two of the phone's parcels, and no screen loads what
only other screens need. Within a parcel every module keeps its own scope, and parcels import from each other what their modules
imported. The code of a module is not changed, so tests and small pages, which load modules one by one, run the same code.
"""

from __future__ import annotations

import re
import time
from collections import defaultdict
from functools import lru_cache
from hashlib import sha256

from workshop.web.assets.minify import without_comments
from workshop.web.assets.modules import IMPORT, LATER, STATIC, closure, is_ours, later_of, place_of, script

ROOT = "js/phone/app.js"
FOLDER = "js/parcels/"
#: pages that need all their modules at once, with the script they start with
WHOLE = {"console": "js/console/app.js", "board": "js/board/app.js", "helper": "js/helper/app.js"}
#: a module that at least so many screens need is put into the first parcel, if it and what it imports have at most so many
#: characters
_SHARED_BY, _SMALL = 4, 2000
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const) (\w+))", re.M)


def written() -> int:
    """Returns when a script was last changed, in ns. It is looked up at most once a second, because many phones may ask at
    once."""
    return _written(int(time.monotonic()))


@lru_cache(maxsize=1)
def _written(_second: int) -> int:
    return max(path.stat().st_mtime_ns for path in (STATIC / "js").rglob("*.js"))


def layout() -> dict[str, tuple[str, ...]]:
    """Returns the modules of each of the phone's parcels by its name, each module after those it imports."""
    return _layout(written())


def whole(name: str) -> tuple[str, ...] | None:
    """Returns the modules of a page that comes as one parcel, each after what it stands on; None for another name."""
    return tuple(closure([WHOLE[name]])) if name in WHOLE else None


@lru_cache(maxsize=4)
def _layout(_written_at: int) -> dict[str, tuple[str, ...]]:
    first = closure([ROOT])
    needed_by: dict[str, list[str]] = defaultdict(list)
    for entry in later_of(first):
        for path in closure([entry]):
            if path not in first:
                needed_by[path].append(entry)
    small = [path for path, by in needed_by.items() if len(by) >= _SHARED_BY and _size(path, first) <= _SMALL]
    # The page's own script is a parcel by itself: it may wait for a later parcel, which imports from the first.
    parcels = {"phone": tuple(closure([*first[:-1], *small])), "start": (ROOT,)}
    parts: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for path in closure(needed_by):
        if path in needed_by and path not in parcels["phone"]:
            parts[tuple(sorted(needed_by[path]))].append(path)
    return parcels | {_name(paths): tuple(paths) for paths in parts.values()}


def _size(path: str, first: list[str]) -> int:
    """Returns the number of characters of a module and of all it imports that are not in the first parcel."""
    return sum(len(script(one).source) for one in closure([path]) if one not in first)


def _name(paths: list[str]) -> str:
    stem = paths[-1].removeprefix("js/").removesuffix(".js").replace("/", "-")
    return f"{stem}-{sha256(' '.join(paths).encode()).hexdigest()[:6]}"


def parcel_of(path: str) -> str:
    """Returns the name of the parcel that holds a module."""
    return next(name for name, paths in layout().items() if path in paths)


def needed(path: str) -> tuple[str, ...]:
    """Returns the paths under `static/` of the parcels, and of the libraries in them, that a module needs to run."""
    return _needed(path, written())


@lru_cache(maxsize=64)
def _needed(path: str, _written_at: int) -> tuple[str, ...]:
    mine = closure([path])
    page = next((name for name, start in WHOLE.items() if start == path), None)
    names = dict.fromkeys(f"{FOLDER}{page or parcel_of(one)}.js" for one in mine)
    libraries = dict.fromkeys(one for path in mine for one in script(path).at_once if not is_ours(one))
    return (*libraries, *names)


def joined(path: str) -> str | None:
    """Returns the text of a parcel by its path under `static/`; None where there is no such parcel."""
    return _joined(path, written())


@lru_cache(maxsize=256)
def _joined(path: str, _written_at: int) -> str | None:
    name = path.removeprefix(FOLDER).removesuffix(".js")
    paths = whole(name) or layout().get(name)
    if paths is None or not path.startswith(FOLDER):
        return None
    inside = set(paths)
    outside = dict.fromkeys(one for each in paths for one in script(each).at_once if one not in inside)
    head = [_fetched(one) for one in outside]
    body = [_wrapped(one) for one in paths]
    text = "".join([*head, *body, f"export {{ {', '.join(map(_scope, paths))} }};\n"])
    return without_comments(text, tight=True)


def _scope(path: str) -> str:
    """Returns the name of the constant that holds a module's exports in its parcel."""
    return "$" + re.sub(r"\W", "_", path.removeprefix("js/").removesuffix(".js"))


def _fetched(path: str) -> str:
    if is_ours(path):
        return f"import {{ {_scope(path)} }} from './{parcel_of(path)}.js';\n"
    return f"import * as {_scope(path)} from '../../{path}';\n"


def _wrapped(path: str) -> str:
    """Returns a module as a constant that holds its exports."""
    source = script(path).source
    given: list[str] = []

    def imported(found: re.Match[str]) -> str:
        kind, names, place = found.groups()
        pairs = [name.strip().replace(" as ", ": ") for name in names.split(",") if name.strip()]
        if kind == "export":
            given.extend(pair.rpartition(": ")[2] for pair in pairs)
        return f"const {{ {', '.join(pairs)} }} = {_scope(place_of(path, place))};\n"

    def later(found: re.Match[str]) -> str:
        target = place_of(path, found[1])
        return f"import('./{parcel_of(target)}.js').then((parcel) => parcel.{_scope(target)})"

    source = IMPORT.sub(imported, source)
    given += [found[1] for found in _EXPORT.finditer(source)]
    source = LATER.sub(later, _EXPORT.sub("", source))
    if re.search(r"^(?:import|export)\b(?!\()", source, re.M):
        raise ValueError(f"{path}: an import or export in a form that cannot be joined")
    opening = "await (async () => {" if script(path).waits else "(() => {"
    return f"const {_scope(path)} = {opening}\n{source}return {{ {', '.join(given)} }};\n}})();\n"
