"""A real browser behind a network that opens websockets and eats what is said over them."""

from __future__ import annotations

import time
from types import SimpleNamespace
from typing import Any

import pytest

from tests.js.eating import Network
from tests.js.test_live_client import Hall, Phone, hall, server

__all__ = ["hall", "server"]  # fixtures


def through(network: Network, hall: Hall, **how: Any) -> Phone:
    """A phone whose page, and all it asks, goes through the network."""
    phone = hall.phone(**how)
    phone.hall = SimpleNamespace(server=SimpleNamespace(url=network.url))  # type: ignore[assignment]
    return phone


@pytest.mark.parametrize("mode", ["eats", "eats late"])
@pytest.mark.parametrize("role", ["participant", "facilitator"])
def test_polling_takes_over_within_ten_seconds_and_no_page_asks_more_than_twice_a_second(
    hall: Hall, mode: str, role: str
) -> None:
    with Network(hall.server.port, mode) as network:
        how = {"as": role, "token": hall.chair} if role == "facilitator" else {}
        phone = through(network, hall, **how)
        phone.open()
        began = time.monotonic()
        phone.until("room.state === 'connected'", 15)
        assert time.monotonic() - began < 10.5
        tried = [path for _, path in network.requests]
        assert "transport=websocket" in tried[0] and any("transport=polling" in path for path in tried)
        phone.page.wait_for_timeout(8000)
        assert network.busiest(10) <= 20, f"{network.busiest(10)} requests in ten seconds"
        if role == "participant":
            phone.post("Gennem nettet")
            phone.until("room.records.all('idea').some((idea) => idea.text === 'Gennem nettet')")
        assert phone.is_so("room.state === 'connected'") and phone.faults == []


def test_where_every_line_breaks_at_once_no_page_asks_more_than_twice_a_second(hall: Hall) -> None:
    with Network(hall.server.port, "breaks") as network:
        phone = through(network, hall, transports=["polling"])
        phone.open()
        phone.page.wait_for_timeout(25_000)
        assert len(network.requests) > 10
        assert network.busiest(10) <= 20, f"{network.busiest(10)} requests in ten seconds"
