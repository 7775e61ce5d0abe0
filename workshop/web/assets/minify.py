"""Removes comments and indentation from scripts before they are sent.

No library is used (docs/decisions.md, 48), because our scripts have templates inside templates and `rjsmin` takes the text of
an inner one for code. Style sheets are minified by `rcssmin` (`sheets.py`).
"""

from __future__ import annotations

import re

_TOKEN = re.compile(
    r"""(?P<comment>//[^\n]*|/\*.*?\*/)
    |(?P<string>'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")
    |(?P<space>\s+)
    |(?P<word>[\w$\#]+)
    |(?P<sign>.)""",
    re.VERBOSE | re.DOTALL,
)
_REGEX = re.compile(r"/(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/\w*")
_TEMPLATE = re.compile(r"(?:[^`\\$]|\\.|\$(?!\{))*(`|\$\{)", re.DOTALL)
#: a line break and the spaces around it in a template: a browser shows them as one space
_INDENTATION = re.compile(r"\s*\n\s*")
_WORD_SIGN = re.compile(r"[\w$#]")
#: after one of these words a slash begins a regular expression, after any other a division
_BEFORE_REGEX = {"return", "typeof", "case", "in", "of", "do", "else", "void", "delete", "await", "yield"}


def without_comments(source: str, tight: bool = False) -> str:
    """Returns a script without its comments and the indentation of its code, with `tight` also without the spaces beside
    signs. Line breaks that may end a statement, strings and regular expressions are kept; templates lose only their
    indentation. Raises `ValueError` for a template without an end."""
    out: list[str] = []
    before = ""
    braces: list[int] = []
    depth = place = 0
    while place < len(source):
        if source[place] == "`" or (source[place] == "}" and braces and braces[-1] == depth):
            if source[place] == "}":
                braces.pop()
            place, opened = _take_template(source, place, out)
            if opened:
                braces.append(depth)
            before = "" if opened else "`"
            continue
        found = _REGEX.match(source, place) if source[place] == "/" and _begins_regex(source, place, before) else None
        if found is None:
            found = _TOKEN.match(source, place)
            assert found is not None
        kind, text = found.lastgroup, found[0]
        place = found.end()
        if kind in ("comment", "space"):
            if not (tight and kind == "space" and "\n" not in text and _stands_apart(out, source[place : place + 1])):
                _put_space(out, text)
            continue
        depth += (text == "{") - (text == "}")
        out.append(text)
        before = text
    return "".join(out).strip() + "\n"


def _put_space(out: list[str], text: str) -> None:
    """Adds a run of spaces and comments to `out`: as one line break if it contains any, else as one space."""
    space = "\n" if "\n" in text else " "
    if not out or not out[-1].isspace():
        out.append(space)
    elif space == "\n":
        out[-1] = space


def _stands_apart(out: list[str], after: str) -> bool:
    """Returns whether the space before `after` can be left out. It cannot between two words, between `+ +` and `- -`, nor
    where a comment would begin."""
    before = out[-1][-1] if out else "\n"
    words = _WORD_SIGN.fullmatch(before) and _WORD_SIGN.fullmatch(after)
    return not words and before + after not in ("++", "--", "//", "/*")


def _begins_regex(source: str, place: int, before: str) -> bool:
    if source[place + 1 : place + 2] in ("/", "*"):
        return False
    if not before:
        return True
    if re.fullmatch(r"[\w$#]+", before):
        return before in _BEFORE_REGEX
    return before[-1] not in ")]}`'\""


def _take_template(source: str, place: int, out: list[str]) -> tuple[int, bool]:
    """Copies a template from its backtick, or from the brace that ends a `${…}`, to its end or its next `${`, without its
    indentation. Returns the place after it, and whether that is inside a `${…}`."""
    found = _TEMPLATE.match(source, place + 1)
    if found is None:
        raise ValueError("a template without an end")
    out.append(source[place] + _INDENTATION.sub("\n", found[0]))
    return found.end(), found[1] == "${"
