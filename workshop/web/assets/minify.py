"""Scripts as they are sent: without what only those who write them read.

A library does not do it (docs/decisions.md, 48): templates stand inside templates here, and `rjsmin` takes the words of the
inner ones for code. Style sheets are made small by `rcssmin`.
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
#: a browser shows a run of space in a template as one
_INDENTATION = re.compile(r"\s*\n\s*")
_WORD_SIGN = re.compile(r"[\w$#]")
#: after one of these words a slash begins a regular expression, after any other a division
_BEFORE_REGEX = {"return", "typeof", "case", "in", "of", "do", "else", "void", "delete", "await", "yield"}


def without_comments(source: str, tight: bool = False) -> str:
    """Returns a script without its comments and without the indentation of its code; `tight` also without the spaces beside
    signs. Every line break that may end a statement, every string and regular expression stays as it is, and
    every template but for its indentation. Raises
    `ValueError` for a template without an end."""
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
    """A run of space and comments is one line break if it holds any, else one space."""
    space = "\n" if "\n" in text else " "
    if not out or not out[-1].isspace():
        out.append(space)
    elif space == "\n":
        out[-1] = space


def _stands_apart(out: list[str], after: str) -> bool:
    """Returns whether what comes next needs no space: two words would become one, and so would `+ +`, and a comment would
    begin."""
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
    """Copy a template from its backtick (or the brace that ends a hole) to its end or its next hole, without its
    indentation: returns where the code goes on, and whether it is in a hole."""
    found = _TEMPLATE.match(source, place + 1)
    if found is None:
        raise ValueError("a template without an end")
    out.append(source[place] + _INDENTATION.sub("\n", found[0]))
    return found.end(), found[1] == "${"
