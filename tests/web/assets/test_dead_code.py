"""Scripts and style sheets hold nothing that nobody uses."""

from __future__ import annotations

import re
from pathlib import Path

from tests.web.assets.scripts import imports, later, target, written_in

ROOT = Path(__file__).resolve().parents[3]
SCRIPTS = sorted((ROOT / "static/js").rglob("*.js"))
TESTS = sorted(path for ending in ("*.js", "*.mjs") for path in (ROOT / "tests").rglob(ending) if "vendor" not in path.parts)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
#: the server draws plots itself, as text
PLOTS = ROOT / "workshop/export/promises/plots.py"
SHEETS = sorted((ROOT / "static/css").glob("*.css"))
#: classes whose names are put together: the signs of groups (`g${glyph}` in elements/groups.js)
COMPOSED = {f"g{number}" for number in range(1, 9)}
#: classes that SortableJS sets on what is dragged
BY_LIBRARIES = {"sortable-ghost", "sortable-fallback"}
#: the phone's loader gives a function of a module by its name, `from('ideas', 'writeFace', …)`, or the whole module
_ASKED_FOR = re.compile(r"\bfrom\('(\w+)', '(\w+)'")
_LOADED = re.compile(r"\bload\('(\w+)'\)")


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def exports(path: Path) -> set[str]:
    """The names a script exports, also those it hands on."""
    text = read(path)
    made = re.findall(r"^export (?:async )?(?:function|class|const) (\w+)", text, re.M)
    handed = re.findall(r"^export \{([^}]*)\} from", text, re.M)
    return {*made, *(name.strip().split(" as ")[-1] for names in handed for name in names.split(",") if name.strip())}


def used_by_scripts() -> set[tuple[Path, str]]:
    """Module and name of every export that another script of the product uses."""
    at_once = {use for path in SCRIPTS for use in imports(path)}
    asked = {
        (ROOT / f"static/js/phone/{stem}.js", name) for path in SCRIPTS for stem, name in _ASKED_FOR.findall(read(path))
    }
    loaded_later = {
        (module, name) for path in SCRIPTS for module in loaded(path) for name in exports(module) if has_word(path, name)
    }
    return at_once | asked | loaded_later


def loaded(path: Path) -> list[Path]:
    """The modules that a script imports later, by itself or through the phone's loader."""
    return later(path) + [ROOT / f"static/js/phone/{stem}.js" for stem in _LOADED.findall(read(path))]


def has_word(path: Path, word: str) -> bool:
    return re.search(rf"\b{word}\b", read(path)) is not None


def test_every_export_is_imported():
    """By another script; or by a test, if the module itself uses it too."""
    used = used_by_scripts()
    tested = {use for path in TESTS for use in imports(path)}
    tested |= {
        (module, name) for path in TESTS for module in whole(path) for name in exports(module) if has_word(path, name)
    }
    assert len(used) > 400 and len(tested) > 50, "the imports were not found"
    unused = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in SCRIPTS
        for name in exports(path)
        if (path, name) not in used and not ((path, name) in tested and len(re.findall(rf"\b{name}\b", read(path))) > 1)
    }
    assert unused == set()


def whole(path: Path) -> list[Path]:
    """The modules that a test imports as one object."""
    return [target(path, place) for place in re.findall(r"^import \* as \w+ from '([^']+)';", read(path), re.M)]


def test_every_script_is_imported_or_on_a_page():
    imported = {module for path in SCRIPTS for module, _ in imports(path)} | {one for path in SCRIPTS for one in later(path)}
    imported |= {target(path, place) for path in SCRIPTS for place in re.findall(r"^import '(\.[^']+)';", read(path), re.M)}
    pages = "".join(map(read, TEMPLATES))
    assert [
        path for path in SCRIPTS if path not in imported and f"'js/{path.relative_to(ROOT / 'static/js')}'" not in pages
    ] == []


def classes(sheet: Path) -> set[str]:
    """The classes that a style sheet names in its selectors."""
    text = re.sub(r"/\*.*?\*/|\"[^\"]*\"|url\([^)]*\)", "", read(sheet), flags=re.S)
    selectors = (found for found in re.findall(r"([^{};]+)\{", text) if not found.strip().startswith("@"))
    return {name for found in selectors for name in re.findall(r"\.(-?[_a-zA-Z][\w-]*)", found)}


def test_every_class_of_the_style_sheets_is_named_by_a_template_or_a_script():
    named = {word for path in SCRIPTS for text in written_in(read(path)) for word in re.findall(r"[\w-]+", text)}
    for path in TEMPLATES:
        quoted = re.findall(r"\"[^\"]*\"|'[^']*'|\{% block body_class %\}[^{]*", read(path))
        named |= {word for text in quoted for word in re.findall(r"[\w-]+", text)}
    drawn = re.findall(r'class="(\w+)"', read(PLOTS)) + re.findall(r"\"(\w+)\"", read(PLOTS))
    named |= set(drawn)
    found = {name: sheet.name for sheet in SHEETS for name in classes(sheet)}
    assert len(found) > 350, "the classes were not found"
    assert {name: sheet for name, sheet in found.items() if name not in named | COMPOSED | BY_LIBRARIES} == {}
    assert (COMPOSED | BY_LIBRARIES) - set(found) == set() and (COMPOSED | BY_LIBRARIES) & named == set()
