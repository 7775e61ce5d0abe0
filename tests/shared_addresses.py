"""Shares what Werkzeug compiles of the addresses of pages: each test has an application of its own, with the same pages, which
would compile all of them again in half of the time that it takes to make it."""

from __future__ import annotations

import copy
from typing import Any

from werkzeug.routing import Map, Rule, RuleFactory
from werkzeug.routing.matcher import StateMachineMatcher

_add = Map.add
#: what finds a page by its address, and the addresses of each page; by all that they are compiled from
_compiled: dict[tuple[Any, ...], tuple[StateMachineMatcher, dict[Any, list[Rule]]]] = {}
_OF_A_RULE = (
    "rule", "endpoint", "build_only", "alias", "host", "subdomain", "websocket", "strict_slashes", "merge_slashes",
    "redirect_to", "provide_automatic_options",
)  # fmt: skip
_OF_A_MAP = (
    "host_matching", "merge_slashes", "strict_slashes", "default_subdomain", "redirect_defaults", "sort_parameters", "sort_key",
)  # fmt: skip


def share() -> None:
    """Has the applications of this process compile addresses when one is first needed, and each set of them once."""
    Map.add = _note  # type: ignore[method-assign]
    Map.update = _compile_or_share  # type: ignore[method-assign]


def _noted(self: Map) -> list[Rule]:
    found: list[Rule] = vars(self).setdefault("noted_rules", [])
    return found


def _note(self: Map, rulefactory: RuleFactory) -> None:
    _noted(self).extend(rulefactory.get_rules(self))
    self._remap = True


def _compile_or_share(self: Map) -> None:
    if not self._remap:
        return
    with self._remap_lock:
        key = _all_it_is_compiled_from(self)
        if key not in _compiled:
            _compiled[key] = _compile(self)
        self._matcher, self._rules_by_endpoint = _compiled[key]
        self._remap = False


def _compile(self: Map) -> tuple[StateMachineMatcher, dict[Any, list[Rule]]]:
    """As Werkzeug does. Noted rules stay unbound: more may be added to the map later, which then compiles all of them anew."""
    self._matcher, self._rules_by_endpoint = StateMachineMatcher(self.merge_slashes), {}
    for rule in _noted(self):
        _add(self, copy.deepcopy(rule))
    self._matcher.update()
    for rules in self._rules_by_endpoint.values():
        rules.sort(key=lambda rule: rule.build_compare_key())
    return self._matcher, self._rules_by_endpoint


def _all_it_is_compiled_from(self: Map) -> tuple[Any, ...]:
    of_rules = tuple(
        (
            *(getattr(rule, name, None) for name in _OF_A_RULE),
            frozenset(rule.methods or ()),
            tuple((rule.defaults or {}).items()),
        )
        for rule in _noted(self)
    )
    return *(getattr(self, name) for name in _OF_A_MAP), tuple(self.converters.items()), of_rules
