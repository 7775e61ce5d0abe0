"""A cache keeps as many values as it may, those used last."""

from __future__ import annotations

from workshop.bounded_cache import BoundedCache


def test_the_value_that_was_not_used_for_the_longest_time_goes_first():
    cache: BoundedCache[str, int] = BoundedCache(2)
    assert cache.get("a") is None
    assert (cache.keep("a", 1), cache.keep("b", 2), cache.get("a")) == (1, 2, 1)
    cache.keep("c", 3)
    assert (cache.get("a"), cache.get("b"), cache.get("c")) == (1, None, 3)
    assert cache.keep("a", 4) == cache.get("a") == 4 and cache.get("c") == 3
    cache.clear()
    assert cache.get("a") is None
