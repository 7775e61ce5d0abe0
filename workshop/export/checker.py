"""Builds the checker as one file, `rundbord_check.py`, which anybody can read and run with Python's standard library only.

It is joined from the parts in `workshop/export/checking`, each under its own heading. The code is unchanged, except that the
imports between parts are left out and all other imports are at the top.
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
#: the part that runs without `--full`; it comes first, with its own imports, and is short enough to be read
CORE = "core"
#: the other parts; each comes after those it imports
REST = (
    "core_words", "texts", "language", "shortlist", "counting", "named", "shares", "positions", "ballots", "decisions",
    "document", "promises", "readings", "acts", "look_backs", "reopened", "standing", "danish_follow_up", "english_follow_up",
    "danish", "english", "words", "program",
)  # fmt: skip

_HEAD = '''\
#!/usr/bin/env python3
"""Checks what a workshop agreed on and how it was counted. Needs only Python 3.11 or newer, and sends nothing.

    python {name} FILE.json [--full] [--lang da|en] [--count N] [--last-hash HASH] [--on DATE]

The first {lines} lines are the core, which runs by itself: the chain of the journal, the counts and the outcomes. `--full` runs
the rest too: the texts, the shortlists, the follow-up (its state on a day with `--on`), and what people read in the file. The
exit code is 0 where everything holds, 1 where something does not, 2 where the file cannot be read. Take --count and --last-hash
from elsewhere (a PDF): only they can show that the whole file was not made anew. EUPL-1.2.
"""

from __future__ import annotations

{imports}
'''


@cache
def source() -> str:
    """Returns the text of the whole file."""
    return core() + _joined(REST, "\n\n# " + "=" * 78 + "\n# The end of the core.\n\n{imports}\n")


@cache
def core() -> str:
    """Returns the beginning of the file, the core, which an outsider can read."""
    text = _joined((CORE,), _HEAD.replace("{name}", NAME))
    return text.replace("{lines}", str(text.count("\n")))


def _joined(parts: tuple[str, ...], head: str) -> str:
    """Returns parts under one head, which contains their imports from the standard library."""
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
    """Returns the SHA-256 of the file as hex, as the JSON file states it."""
    return sha256(source().encode()).hexdigest()


def _part(name: str) -> tuple[str, list[tuple[str, list[str]]]]:
    """Returns a part without its imports, under a heading made from its docstring, and its imports from the standard library
    as `(module, names)`, where the name "" stands for the module itself."""
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
    if name == CORE:  # the docstring of the whole file stands for the core's
        return "\n\n" + "\n".join(lines).strip() + "\n", imports
    said = (ast.get_docstring(tree) or "").splitlines()
    heading = "\n".join(f"# {line}".rstrip() for line in said)
    rule = "# " + "-" * 78
    return f"\n\n{rule}\n{heading}\n{rule}\n\n\n" + "\n".join(lines).strip() + "\n", imports


def _from_library(node: ast.ImportFrom) -> bool:
    return node.module != "__future__" and not (node.module or "").startswith(_PACKAGE)
