"""Keeps what Werkzeug compiles of the addresses of pages: each test has an application of its own, which would compile all of
them again in half of the time that it takes to make it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from werkzeug.routing import Rule

_compile, _compile_builder = Rule.compile, Rule._compile_builder
#: the parts, the trace, the names of the arguments and the converters, by all that they are compiled from
_kept: dict[tuple[Any, ...], tuple[Any, ...]] = {}


def keep() -> None:
    """Has every application of this process use them."""
    Rule.compile = _kept_or_compiled  # type: ignore[method-assign]
    Rule._compile_builder = _builder_at_first_use  # type: ignore[method-assign,assignment]


def _kept_or_compiled(self: Rule) -> None:
    assert self.map is not None
    converters = tuple(self.map.converters.values())
    key = (self.rule, self.host, self.subdomain, self.map.host_matching, self.merge_slashes, converters)
    if key not in _kept:
        _compile(self)
        _kept[key] = self._parts, self._trace, frozenset(self.arguments), self._converters
        return
    self._parts, self._trace, names, self._converters = _kept[key]
    self.arguments |= names
    self._build = self._compile_builder(False).__get__(self, None)
    self._build_unknown = self._compile_builder(True).__get__(self, None)


def _builder_at_first_use(self: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
    """A test builds the addresses of few pages; the builder of each is compiled when it is first used."""

    def build(self: Rule, *values: object, **more: object) -> tuple[str, str]:
        compiled = _compile_builder(self, append_unknown).__get__(self, None)
        if append_unknown:
            self._build_unknown = compiled
        else:
            self._build = compiled
        built: tuple[str, str] = compiled(*values, **more)
        return built

    return build
