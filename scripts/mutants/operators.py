"""The kinds of faults, and where each can be put into a source file.

Skipped, since no test can tell them: docstrings, type hints of functions and variables, `assert`, `__all__`, logging.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass

from scripts.mutants.faults import Fault

_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
#: comparisons whose counterpart is their negation
_NEGATED = (ast.Eq, ast.NotEq, ast.Is, ast.IsNot, ast.In, ast.NotIn)
_ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip
_BUILTINS = {"any": "all", "all": "any", "min": "max", "max": "min", "sorted": "list"}
_LOGGERS = {"log", "logger", "logging", "_log"}
#: decorators without which nothing works at all
_OF_THE_LANGUAGE = {"contextmanager", "dataclass", "property", "staticmethod", "classmethod", "overload"}

_Function = ast.FunctionDef | ast.AsyncFunctionDef


def faults_in(path: str, source: bytes) -> list[Fault]:
    """Returns every fault that can be put into a source file, in the order of the file."""
    finder = _Finder(path, source)
    finder.block(ast.parse(source).body, None)
    return sorted(finder.found, key=lambda fault: (fault.start, fault.end, fault.kind, fault.new))


@dataclass(frozen=True)
class _Place:
    """The lines whose tests are asked, or the names."""

    first: int
    last: int
    names: tuple[str, ...] = ()


class _Finder:
    """Goes through a syntax tree, statement by statement."""

    def __init__(self, path: str, source: bytes) -> None:
        self.path = path
        self.found: list[Fault] = []
        self._lines = [0]
        for line in source.splitlines(keepends=True):
            self._lines.append(self._lines[-1] + len(line))

    def block(self, body: list[ast.stmt], names: tuple[str, ...] | None) -> None:
        """The statements of a block; `names` is None at the top of a module, empty inside a function."""
        for statement in body:
            self._statement(statement, names)

    def _statement(self, node: ast.stmt, names: tuple[str, ...] | None) -> None:
        if isinstance(node, ast.Import | ast.ImportFrom | ast.Assert | ast.Global | ast.Nonlocal | ast.Pass):
            return
        if _is_docstring(node) or _is_logging(node) or _is_type_checking(node) or _is_type(node):
            return
        if isinstance(node, _Function):
            self._function(node)
        elif isinstance(node, ast.ClassDef):
            for decorator in node.decorator_list:
                self._expressions(decorator, _Place(0, 0, (node.name,)))
            self.block(node.body, (node.name,))
        else:
            self._plain(node, names)

    def _function(self, node: _Function) -> None:
        place = _body_of(node)
        for decorator in node.decorator_list:
            self._decorator(decorator, place)
        for default in (*node.args.defaults, *(d for d in node.args.kw_defaults if d is not None)):
            self._expressions(default, place)
        self.block(node.body, ())

    def _decorator(self, node: ast.expr, place: _Place) -> None:
        name = node.func if isinstance(node, ast.Call) else node
        if isinstance(name, ast.Attribute) and name.attr not in _OF_THE_LANGUAGE | {"setter"}:
            self._add(node, "decorator dropped", "(lambda it: it)", place)
        if isinstance(node, ast.Call):
            for keyword in node.keywords:
                if not (isinstance(keyword.value, ast.Constant) and isinstance(keyword.value.value, bool)):
                    self._argument_dropped(node, keyword, place)
            self._expressions(node, place)

    def _argument_dropped(self, call: ast.Call, keyword: ast.keyword, place: _Place) -> None:
        kept = ast.Call(call.func, call.args, [other for other in call.keywords if other is not keyword])
        self._add(call, f"argument {keyword.arg} dropped", ast.unparse(kept), place, line=keyword.lineno)

    def _plain(self, node: ast.stmt, names: tuple[str, ...] | None) -> None:
        """A statement that is no definition; blocks inside it are gone through on their own."""
        blocks = [block for name in ("body", "orelse", "finalbody") if (block := getattr(node, name, None))]
        last = blocks[0][0].lineno - 1 if blocks else node.end_lineno or node.lineno
        place = _Place(node.lineno, max(node.lineno, last), _names_of(node) if names is None else names)
        self._whole(node, place)
        if isinstance(node, ast.AnnAssign):
            if names:
                self._marks(node.annotation, place)
            if node.value is not None:
                self._expressions(node.value, place)
        else:
            for child in ast.iter_child_nodes(node):
                if isinstance(child, ast.expr):
                    self._expressions(child, place)
                elif isinstance(child, ast.withitem):
                    self._expressions(child.context_expr, place)
        for block in blocks:
            self.block(block, names)
        for handler in getattr(node, "handlers", ()):
            self.block(handler.body, names)
        for case in getattr(node, "cases", ()):
            self.block(case.body, names)

    def _whole(self, node: ast.stmt, place: _Place) -> None:
        """Faults of a whole statement."""
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            self._add(node, "call dropped", "pass", place)
        elif isinstance(node, ast.Raise):
            self._add(node, "raise dropped", "pass", place)
        elif isinstance(node, ast.Return) and node.value is not None and not isinstance(node.value, ast.Constant):
            self._add(node, "return dropped", "return None", place)
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Attribute | ast.Subscript):
            self._add(node, "assignment dropped", "pass", place)
        elif isinstance(node, ast.AugAssign) and type(node.op) in _ARITHMETIC:
            other = ast.AugAssign(node.target, _ARITHMETIC[type(node.op)](), node.value)
            self._add(node, "arithmetic", ast.unparse(other), place)
        elif isinstance(node, ast.Continue | ast.Break):
            self._add(node, "jump", "break" if isinstance(node, ast.Continue) else "continue", place)
        elif isinstance(node, ast.For):
            body = _Place(node.body[0].lineno, node.body[-1].end_lineno or 0, place.names)
            self._replace(node.body[0], node.body[-1], "loop emptied", "pass", body)
        if isinstance(node, ast.If | ast.While):
            self._negate(node.test, place)

    def _expressions(self, node: ast.expr, place: _Place) -> None:
        if isinstance(node, ast.JoinedStr):
            # The positions inside an f-string are those of the whole string.
            return
        self._expression(node, place)
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.comprehension):
                for condition in child.ifs:
                    self._negate(condition, place)
                for part in (child.iter, *child.ifs):
                    self._expressions(part, place)
            elif isinstance(child, ast.keyword):
                self._expressions(child.value, place)
            elif isinstance(child, ast.expr):
                self._expressions(child, place)

    def _expression(self, node: ast.expr, place: _Place) -> None:
        """Faults of one expression, without those inside it."""
        if isinstance(node, ast.Compare):
            for number, operation in enumerate(node.ops):
                ops = [*node.ops]
                ops[number] = _COMPARISONS[type(operation)]()
                self._add(node, "comparison", f"({ast.unparse(ast.Compare(node.left, ops, node.comparators))})", place)
        elif isinstance(node, ast.BoolOp):
            other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
            self._add(node, "and/or", f"({ast.unparse(ast.BoolOp(other, node.values))})", place)
        elif isinstance(node, ast.BinOp) and type(node.op) in _ARITHMETIC:
            changed = ast.BinOp(node.left, _ARITHMETIC[type(node.op)](), node.right)
            self._add(node, "arithmetic", f"({ast.unparse(changed)})", place)
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            self._add(node, "not dropped", f"(bool({ast.unparse(node.operand)}))", place)
        elif isinstance(node, ast.IfExp):
            self._negate(node.test, place)
        elif isinstance(node, ast.Constant):
            self._constant(node, place)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            self._builtin(node, node.func, place)

    def _builtin(self, call: ast.Call, name: ast.Name, place: _Place) -> None:
        if name.id in _BUILTINS and not (name.id == "sorted" and call.keywords):
            self._add(name, "builtin", _BUILTINS[name.id], place)

    def _constant(self, node: ast.Constant, place: _Place) -> None:
        value = node.value
        if isinstance(value, bool):
            self._add(node, "constant", str(not value), place)
        elif isinstance(value, int | float):
            self._add(node, "constant", repr(value + 1), place)
        elif isinstance(value, str):
            self._add(node, "constant", repr(f"{value}x" if value else "x"), place)

    def _negate(self, test: ast.expr, place: _Place) -> None:
        alone = isinstance(test, ast.Compare) and len(test.ops) == 1 and isinstance(test.ops[0], _NEGATED)
        if not alone and not (isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not)):
            self._add(test, "condition negated", f"(not ({ast.unparse(test)}))", place)

    def _marks(self, annotation: ast.expr, place: _Place) -> None:
        """The marks of an argument, such as `Annotated[str, Words("title")]`: what they say is a rule, no hint."""
        for node in ast.walk(annotation):
            if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id == "Annotated":
                assert isinstance(node.slice, ast.Tuple)
                hint, *marks = node.slice.elts
                for mark in marks:
                    kept = [hint, *(other for other in marks if other is not mark)]
                    text = ", ".join(map(ast.unparse, kept))
                    whole = f"Annotated[{text}]" if len(kept) > 1 else text
                    self._add(node, f"mark {ast.unparse(mark)} dropped", whole, place)
                    self._expressions(mark, place)

    def _add(self, node: ast.expr | ast.stmt, kind: str, new: str, place: _Place, line: int | None = None) -> None:
        self._replace(node, node, kind, new, place, line)

    def _replace(self, first: ast.AST, last: ast.AST, kind: str, new: str, place: _Place, line: int | None = None) -> None:
        start = self._offset(first.lineno, first.col_offset)  # type: ignore[attr-defined]
        end = self._offset(last.end_lineno, last.end_col_offset)  # type: ignore[attr-defined]
        line = line or first.lineno  # type: ignore[attr-defined]
        self.found.append(Fault(self.path, line, kind, start, end, new, place.first, place.last, place.names))

    def _offset(self, line: int, column: int) -> int:
        return self._lines[line - 1] + column


def _body_of(node: _Function) -> _Place:
    body = node.body[1:] if _is_docstring(node.body[0]) and len(node.body) > 1 else node.body
    return _Place(body[0].lineno, node.end_lineno or body[-1].lineno)


def _names_of(node: ast.stmt) -> tuple[str, ...]:
    """What a statement at the top of a module gives a name to."""
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", node)]
    return tuple(sorted({name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name)}))


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _is_type_checking(node: ast.stmt) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def _is_type(node: ast.stmt) -> bool:
    """Whether a name is given to a type: `Why = Literal["declared", "agreed"]`."""
    value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
    return isinstance(value, ast.Subscript) and isinstance(value.value, ast.Name) and value.value.id == "Literal"


def _is_logging(node: ast.stmt) -> bool:
    if isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return any(isinstance(t, ast.Name) and t.id in {"__all__", *_LOGGERS} for t in targets)
    if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)):
        return False
    called = node.value.func
    return isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name) and called.value.id in _LOGGERS
