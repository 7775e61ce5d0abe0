"""The checker as one file, `rundbord_check.py`: Python's own library and nothing else, to be read and run by anybody.

It is joined from the parts in `workshop/export/checking`, each under its own heading, and changed in nothing but that the
lines which import one part into another are left out.
"""

from __future__ import annotations

import ast
from functools import cache
from hashlib import sha256
from pathlib import Path

NAME = "rundbord_check.py"
MIME = "text/x-python; charset=utf-8"
_FOLDER = Path(__file__).parent / "checking"
_PACKAGE = "workshop.export.checking"
#: the part that runs without `--full`; it stands first, with its own imports, and is short enough to be read
CORE = "core"
#: the rest; each part stands after those it builds on
REST = (
    "core_words", "texts", "language", "shortlist", "counting", "named", "shares", "positions", "ballots", "decisions",
    "document", "promises", "readings", "acts", "look_backs", "reopened", "standing", "danish_follow_up", "english_follow_up",
    "danish", "english", "words", "program",
)  # fmt: skip

_HEAD = '''\
#!/usr/bin/env python3
"""Check what a workshop agreed on and how it was counted. Python 3.11 or newer; nothing else is needed, nothing is sent.

    python {name} FILE.json [--full] [--lang da|en] [--count N] [--last-hash HASH] [--on DATE]

The first {lines} lines are the core, which runs by itself: the chain of the journal, the counts and the outcomes. `--full` runs
the rest too: wordings, shortlists, the promises after the seminar (`--on` a day), what people read. Ends with 0 where all
holds, 1 where not, 2 where it cannot be read. Give --count and --last-hash from elsewhere (a PDF): only they can show that
the file was not made anew as a whole. EUPL-1.2.
"""

from __future__ import annotations

{imports}
'''


@cache
def source() -> str:
    """Returns the text of the file."""
    return core() + _joined(REST, "\n\n# " + "=" * 78 + "\n# The end of the core.\n\n{imports}\n")


@cache
def core() -> str:
    """Returns the file's beginning, which an outsider reads."""
    text = _joined((CORE,), _HEAD.replace("{name}", NAME))
    return text.replace("{lines}", str(text.count("\n")))


def _joined(parts: tuple[str, ...], head: str) -> str:
    """Returns parts under one head, with what they import of Python's own library in it."""
    bodies: list[str] = []
    imports: dict[str, set[str]] = {}
    for part in parts:
        body, wanted = _part(part)
        bodies.append(body)
        for module, names in wanted:
            imports.setdefault(module, set()).update(names)
    plain = [f"import {module}" for module, names in sorted(imports.items()) if "" in names]
    named = [
        f"from {module} import {', '.join(sorted(names - {''}))}"
        for module, names in sorted(imports.items())
        if names - {""}
    ]
    return head.replace("{imports}", "\n".join([*plain, *named])) + "".join(bodies)


@cache
def fingerprint() -> str:
    """SHA-256 of the file, as it is printed in the JSON."""
    return sha256(source().encode()).hexdigest()


def _part(name: str) -> tuple[str, list[tuple[str, list[str]]]]:
    """Returns a part without its imports, under a heading made of its description; and what it imports of Python's own
    library: `(module, names)`, the name "" being the module itself."""
    text = (_FOLDER / f"{name}.py").read_text(encoding="utf-8")
    tree = ast.parse(text)
    lines = text.splitlines()
    imports: list[tuple[str, list[str]]] = []
    for node in reversed(tree.body):
        is_description = node is tree.body[0] and isinstance(node, ast.Expr)
        if isinstance(node, ast.Import | ast.ImportFrom) or is_description:
            del lines[node.lineno - 1 : node.end_lineno]
        if isinstance(node, ast.Import):
            imports += [(alias.name, [""]) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and _from_library(node):
            imports.append((node.module or "", [alias.name for alias in node.names]))
    if name == CORE:  # the description of the file is that of the core
        return "\n\n" + "\n".join(lines).strip() + "\n", imports
    said = (ast.get_docstring(tree) or "").splitlines()
    heading = "\n".join(f"# {line}".rstrip() for line in said)
    rule = "# " + "-" * 78
    return f"\n\n{rule}\n{heading}\n{rule}\n\n\n" + "\n".join(lines).strip() + "\n", imports


def _from_library(node: ast.ImportFrom) -> bool:
    return node.module != "__future__" and not (node.module or "").startswith(_PACKAGE)
