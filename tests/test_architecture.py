"""The laws of docs/architecture.md that can be read off the code itself."""

from __future__ import annotations

import ast
import graphlib
import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "workshop"

#: what stands on nothing of ours, or on the leaves named here
LEAVES = {
    "__version__": "",
    "backup": "",
    "bounded_cache": "",
    "catalogue": "",
    "clock": "",
    "config": "config_values keyfile locations",
    "config_values": "",
    "cookies": "",
    "counters": "",
    "database_faults": "",
    "faults": "",
    "keyfile": "",
    "letters": "rules secrecy",
    "locations": "",
    "offload": "",
    "opening": "backup catalogue config config_values database_faults keyfile logs start_errors",
    "logs": "",
    "metrics": "rules",
    "ready_words": "catalogue rules",
    "network": "",
    "smtp": "",
    "rules": "",
    "scrubbing": "",
    "secrecy": "",
    "shutdown": "",
    "spreading": "",
    "start_errors": "catalogue config config_values database_faults keyfile logs",
    "start_screen": "catalogue",
}
#: what each part may import besides leaves: the arrows of docs/architecture.md
MAY_IMPORT = {
    "extensions": "",
    "models": "extensions",
    "locks": "extensions",
    "store": "locks models extensions",
    "identity": "store models extensions",
    "mail_keys": "identity",
    "first_account": "identity models extensions",
    "health": "models extensions",
    "rate_limits": "identity",
    "vacuum": "models extensions",
    "door": "identity locks store models extensions",
    "gathering": "door identity locks extensions",
    "leases": "extensions",
    "forwarding": "gathering leases rate_limits door identity locks extensions",
    "commands": "door vacuum first_account mail_keys identity locks store models extensions",
    "jobs": "live dispatch commands door vacuum screens mail_keys identity locks store models extensions",
    "screens": "mail_keys identity store models extensions",
    "export": "screens identity store models extensions",
    "dispatch": "forwarding commands door screens identity store models extensions",
    "live": "dispatch rate_limits commands door screens identity locks store models extensions",
    "web": "forwarding dispatch rate_limits commands door screens export mail_keys identity store models extensions",
    "demo": "commands door identity store models extensions",
    "cli_backup": "extensions",
    "cli": "cli_backup demo start_screen commands door screens export identity store models extensions",
    "__main__": "cli app",
    "app": "web jobs live cli health vacuum leases forwarding dispatch rate_limits commands door screens export "
    "identity store models extensions",
}
#: standard library only: nothing to install, nothing that may change under them
PLAIN = (
    "bounded_cache",
    "rules",
    "offload",
    "backup",
    "clock",
    "config",
    "config_values",
    "database_faults",
    "faults",
    "keyfile",
    "locations",
    "logs",
    "scrubbing",
    "secrecy",
    "smtp",
    "spreading",
)
LONGEST_MODULE, LONGEST_FUNCTION = 300, 50


def sources(folder: Path = PACKAGE) -> list[Path]:
    return [path for path in sorted(folder.rglob("*.py")) if "migrations" not in path.parts]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(path: Path) -> Iterator[tuple[str, ...]]:
    """Everything a file imports, lazily too, as absolute dotted paths; `from . import x` counts as the module x."""
    here = path.relative_to(ROOT).with_suffix("").parts
    package = here[:-1]  # of a module its folder, of `__init__` the package itself: the same parts
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (tuple(alias.name.split(".")) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - (node.level - 1)] if node.level else ()
            base += tuple(node.module.split(".")) if node.module else ()
            yield from (base + (alias.name,) for alias in node.names)


def part(path: Path) -> str:
    """The part of the product a file belongs to: `commands`, `store`, …"""
    first = path.relative_to(PACKAGE).parts[0]
    return "__version__" if first == "__init__.py" else first.removesuffix(".py")


def names(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_each_part_has_a_place_in_the_law_of_imports():
    assert {part(path) for path in sources()} == set(LEAVES) | set(MAY_IMPORT)


@pytest.mark.parametrize("path", sources(), ids=names)
def test_imports_point_one_way_only(path: Path):
    own = part(path)
    if own in LEAVES:
        allowed = {own, *LEAVES[own].split()}
    else:
        allowed = {own, *LEAVES} - {"start_screen", "shutdown"} | set(MAY_IMPORT[own].split())
    reached = {found[1] for found in imports(path) if found[0] == "workshop" and len(found) > 1}
    assert reached <= allowed, f"{own} may not import {sorted(reached - allowed)}"


@pytest.mark.parametrize("name", PLAIN)
def test_the_rules_and_other_plain_parts_import_the_standard_library_only(name: str):
    for path in (path for path in sources() if part(path) == name):
        outside = {found[0] for found in imports(path)} - sys.stdlib_module_names - {"workshop"}
        assert not outside, f"{names(path)} imports {outside}"


def test_the_law_itself_keeps_web_and_live_apart_and_commands_from_the_live_room():
    assert "live" not in MAY_IMPORT["web"] and "web" not in MAY_IMPORT["live"]
    assert not {"live", "web", "screens", "dispatch"} & set(MAY_IMPORT["commands"].split())
    assert not {"commands", "live", "web", "screens"} & set(MAY_IMPORT["door"].split())
    assert not {"commands", "live", "web"} & set(MAY_IMPORT["screens"].split())
    for own, allowed in MAY_IMPORT.items():
        below = {name for name in allowed.split() if own in MAY_IMPORT.get(name, "").split()}
        assert not below, f"{own} and {below} import each other"


#: modules beside the folders of `commands`, which every noun may use
SHARED = {"checks": "", "ordering": "", "trails": "", "labels": "checks"}
#: the nouns of `commands`, and which others each may use: what holds a text ends the votes on it, never the other way
NOUNS = {
    "ideas": "",
    "votes": "ideas",
    "people": "votes",
    "texts": "votes",
    "follow_up": "texts votes",
    "room": "texts people votes follow_up",
    "privacy": "texts ideas people votes follow_up",
    "undo_plan": "",
    "undo_checks": "undo_plan ideas",
    "undo": "undo_checks undo_plan room ideas",
}


def test_the_nouns_of_commands_form_no_circle():
    laws = SHARED | {own: f"{used} {' '.join(SHARED)}" for own, used in NOUNS.items()}
    for path in (path for path in sources(PACKAGE / "commands") if path != PACKAGE / "commands/__init__.py"):
        own = path.relative_to(PACKAGE / "commands").with_suffix("").parts[0]
        reached = {found[2] for found in imports(path) if found[:2] == ("workshop", "commands") and len(found) > 2}
        allowed = {own, *laws[own].split()}
        assert reached <= allowed, f"{names(path)} may not import {sorted(reached - allowed)}"
    graphlib.TopologicalSorter({own: set(used.split()) for own, used in laws.items()}).prepare()


def test_no_module_imports_itself_through_others():
    """The package files that list their modules are left out: they are read by nobody below them."""
    known = {path.relative_to(ROOT).with_suffix("").parts: path for path in sources() if path.stem != "__init__"}
    stands_on = {
        own: {target for found in imports(path) for target in (found, found[:-1]) if target in known and target != own}
        for own, path in known.items()
    }
    assert sum(map(len, stands_on.values())) > 900, "the imports were not found"
    graphlib.TopologicalSorter(stands_on).prepare()


def test_only_run_py_imports_an_async_engine():
    importers = {
        names(path)
        for path in [*sources(), *sources(ROOT / "scripts"), *sorted(ROOT.glob("*.py"))]
        if {"eventlet", "gevent"} & {found[0] for found in imports(path)}
    }
    assert importers == {"run.py"}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    carried = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert carried["run.py"] == "workshop/_files/run.py", "the wheel carries it as it is"


def called(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """Every call in a file, by the last name of what is called, as far as it is named: `db.session.commit`."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, (ast.Name, ast.Attribute)):
            yield ast.unparse(node.func), node


def test_nothing_but_the_store_commits():
    committing = {names(path) for path in sources() for name, _ in called(path) if name.endswith(".commit")}
    assert committing == {"workshop/store.py"}


def test_only_commands_open_a_write_transaction():
    opening = {part(path) for path in sources() for name, _ in called(path) if name in ("writing", "writing_outside")}
    assert opening <= {"commands", "door", "store"}


READING = ("screens", "export", "live", "web", "dispatch")


@pytest.mark.parametrize("path", [path for path in sources() if part(path) in READING], ids=names)
def test_reading_parts_change_no_row(path: Path):
    changing = {"db.session.add", "db.session.add_all", "db.session.merge", "db.session.delete", "db.session.flush"}
    statements = {"insert", "update", "delete"}
    imported = {found[-1] for found in imports(path) if found[0] == "sqlalchemy"}
    assert not changing & {name for name, _ in called(path)}
    assert not statements & imported


def test_nothing_between_lock_and_commit_can_yield():
    """Law 9: a command has neither the sockets nor a way to sleep, wait or call out."""
    waiting = {"time", "threading", "subprocess", "socket", "socketio", "flask_socketio", "urllib", "requests", "redis"}
    for path in sources():
        if part(path) in ("commands", "door", "rules", "models"):
            reached = {found[0] for found in imports(path)} | {found[-1] for found in imports(path)}
            assert not reached & waiting, f"{names(path)} imports {reached & waiting}"


def test_the_rules_are_given_time_and_chance_and_never_fetch_them():
    fetching = re.compile(r"\b(datetime\.now|date\.today|time\.time|monotonic|random\.\w+|secrets\.\w+|uuid4|urandom)$")
    for path in (path for path in sources() if part(path) == "rules"):
        found = [name for name, _ in called(path) if fetching.search(name)]
        assert not found, f"{names(path)} calls {found}"


@pytest.mark.parametrize("path", sources(), ids=names)
def test_files_and_functions_stay_small(path: Path):
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= LONGEST_MODULE, f"{lines} lines"
    for node in ast.walk(tree(path)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= LONGEST_FUNCTION, f"{node.name} has {length} lines"


def test_record_ids_are_cut_and_put_together_in_one_place():
    """By `RecordId` and `record_id_of`. The other texts with a colon are named here; a backup and the outsider's
    checker import nothing of ours."""
    others = {
        "rules/record_ids.py",
        "rules/roles.py",
        "rules/nudges.py",
        "rules/codes.py",
        "offload.py",
        "backup/copying.py",
        "export/checking/language.py",
        "export/checking/look_backs.py",
        "export/checking/standing.py",
        "export/checking/texts.py",
    }
    models = "".join(path.read_text(encoding="utf-8") for path in sources(PACKAGE / "models"))
    kinds = "|".join(re.findall(r'^    kind = "(\w+)"', models, re.M))
    assert "idea" in kinds
    by_hand = re.compile(rf"""partition\(":"\)|split\(":"|f"(?:{kinds}):\{{|kind\}}:\{{""")
    found = {path.relative_to(PACKAGE).as_posix() for path in sources() if by_hand.search(path.read_text(encoding="utf-8"))}
    assert found == others


def test_no_file_has_a_name_that_says_nothing():
    vague = {"utils", "util", "helpers", "helper", "manager", "service", "common", "misc"}
    assert not [names(path) for path in sources() if vague & set(path.with_suffix("").parts)]


@pytest.mark.parametrize("path", sorted((ROOT / "templates").rglob("*.html")), ids=names)
def test_templates_hold_no_script(path: Path):
    text = path.read_text(encoding="utf-8")
    for attributes, body in re.findall(r"<script\b([^>]*)>(.*?)</script>", text, re.S | re.I):
        data = 'type="application/json"' in attributes
        inline = attributes == "" and re.fullmatch(r"\{\{ inline\('js/\w+\.js'\) \}\}", body) is not None
        assert data or inline or ("src=" in attributes and not body.strip()), f"a script with a body: {body.strip()[:60]}"
    assert not re.search(r"<[^>]*\son[a-z]+\s*=", text, re.I), "an event handler in an attribute"
    assert not re.search(r"<style\b(?!>\{\{ inline\()|javascript:", text, re.I)
    assert not re.search(r"""(src|href)=["'](https?:)?//""", text), "something from another place"


SCRIPTS = sorted((ROOT / "static/js").resolve().rglob("*.js"))


def test_every_page_draws_through_the_module_that_bears_translations():
    drawing = [
        path for path in SCRIPTS if re.search(r"import \{[^}]*\brender\b[^}]*\} from '[^']*lit-html", path.read_text())
    ]
    assert [path.name for path in drawing] == ["drawing.js"]


#: what a module imports at once, and what it imports later by `import('./x.js')`
IMPORTED_AT_ONCE = re.compile(r"""^(?:import|export)\b[^;]*?\bfrom ["'](\.[^"']+)["'];""", re.M)
IMPORTED_LATER = re.compile(r"""\bimport\(\s*["'`](\.[^"'`]+)["'`]""")


def imported(path: Path) -> set[Path]:
    """The scripts that a script imports, at once or later."""
    text = path.read_text(encoding="utf-8")
    named = IMPORTED_AT_ONCE.findall(text) + IMPORTED_LATER.findall(text)
    return {(path.parent / one).resolve() for one in named}


def test_scripts_do_not_import_each_other_in_rings():
    """A later import counts too; `graphlib` names the ring where one is."""
    stands_on = {path: imported(path) for path in SCRIPTS}
    assert sum(map(len, stands_on.values())) > 400, "the imports were not found"
    assert {path for found in stands_on.values() for path in found if not path.is_file()} == set()
    graphlib.TopologicalSorter(stands_on).prepare()


def test_a_later_import_names_its_module_so_that_the_ring_test_reads_it():
    """Only the socket library comes from an address that the page gives."""
    computed = {
        path.name: len(re.findall(r"\bimport\(", text)) - len(IMPORTED_LATER.findall(text))
        for path in SCRIPTS
        if "import(" in (text := path.read_text(encoding="utf-8"))
    }
    assert {name for name, count in computed.items() if count} == {"connection.js"} and computed["connection.js"] == 1
