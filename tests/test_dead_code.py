"""The product holds no module, function, class, constant or method that only tests use."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MODULES = [path for path in sorted((ROOT / "workshop").rglob("*.py")) if "migrations" not in path.parts]
#: a syntax tree with all of its nodes, by module
Nodes = dict[Path, list[ast.AST]]
#: decorators under which a function is still called by its name; any other one hands it to a registry
PLAIN = {"property", "cached_property", "classmethod", "staticmethod", "dataclass", "contextmanager", "cache", "lru_cache"}
ALLOWED = {
    "workshop/catalogue.py: be_strict",  # tests switch on that a missing text raises
    "workshop/database_faults.py: REASONS",  # tests hold the catalogue to this list
    "workshop/rules/decisions.py: OUTCOMES",  # tests hold every decision to this list
}


def definitions(body: list[ast.stmt], *, in_class: bool = False) -> Iterator[str]:
    """The names that statements define, and the methods of their classes unless these may override a base's."""
    for node in body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            decorators = {ast.unparse(one).partition("(")[0].split(".")[-1] for one in node.decorator_list}
            yield from [node.name] if decorators <= PLAIN else []
            yield from definitions(node.body, in_class=True) if isinstance(node, ast.ClassDef) and not node.bases else []
        elif isinstance(node, (ast.Assign, ast.AnnAssign)) and not in_class:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (one.id for one in targets if isinstance(one, ast.Name))


@pytest.fixture(scope="module")
def nodes() -> Nodes:
    """The nodes of every module; the first is the module itself. Read here, for every worker imports this file."""
    paths = [*MODULES, *sorted((ROOT / "scripts").rglob("*.py")), ROOT / "run.py"]
    return {path: list(ast.walk(ast.parse(path.read_text(encoding="utf-8")))) for path in paths}


@pytest.fixture(scope="module")
def named(nodes: Nodes) -> set[str]:
    """Strings that are a name: "module:function" for another process, the name in a lazy import."""
    constants = [node.value for found in nodes.values() for node in found if isinstance(node, ast.Constant)]
    return {value for value in constants if isinstance(value, str)}


def test_all_that_is_defined_is_used(nodes: Nodes, named: set[str]):
    used = {word for path in (ROOT / "templates").rglob("*.html") for word in re.findall(r"\w+", path.read_text("utf-8"))}
    used |= {text.rpartition(":")[2] for text in named}
    for found in nodes.values():
        used |= {node.attr for node in found if isinstance(node, ast.Attribute)}
        used |= {name.name for node in found if isinstance(node, ast.ImportFrom) for name in node.names}
    unused = set()
    for path in MODULES:
        here = {node.id for node in nodes[path] if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
        module = nodes[path][0]
        assert isinstance(module, ast.Module)
        names = set(definitions(module.body)) - used - here
        unused |= {f"{path.relative_to(ROOT)}: {name}" for name in names if not name.startswith("_")}
    assert unused == ALLOWED


def test_every_module_is_imported(nodes: Nodes, named: set[str]):
    imports = [node for found in nodes.values() for node in found if isinstance(node, (ast.Import, ast.ImportFrom))]
    whole = {f"{getattr(node, 'module', None) or ''}.{name.name}".strip(".") for node in imports for name in node.names}
    wanted = whole | {getattr(node, "module", None) for node in imports} | {text.partition(":")[0] for text in named}
    modules = {".".join(path.relative_to(ROOT).with_suffix("").parts) for path in MODULES if path.stem[:2] != "__"}
    assert modules - wanted == set()
