"""What the tests of public pages start from."""

from __future__ import annotations

import pytest

from tests.commands.follow_up.promise_room import PromiseRoom
from tests.web.conftest import Browser


@pytest.fixture
def room(stranger: Browser) -> PromiseRoom:
    """A closed workshop with an agreed goal and an agreed agreement."""
    return PromiseRoom(title="Træer i byen")
