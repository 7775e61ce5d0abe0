"""In these tests a text that is missing from the catalogue is a failure."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from workshop import catalogue


@pytest.fixture(autouse=True)
def strict_catalogue() -> Iterator[None]:
    catalogue.be_strict()
    yield
    catalogue.be_strict(False)
