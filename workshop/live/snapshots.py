"""The answer to a `sync` from nothing, put together from parts that are kept as text and compressed.

A room of 2,000 ideas is 1 MB of text: making and compressing it takes 19 ms for each phone, and a hall comes back at once.
Nearly all of it was the same for the phone before. `screens.snapshot` keeps the records that have not changed as the same
objects, so what was made of them is found by them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engineio.packet import MESSAGE, Packet
from socketio.packet import ACK

from workshop.bounded_cache import BoundedCache
from workshop.live import squeezing
from workshop.live.broadcast import COMPRESSED, TEXT, as_frame

#: records of one part: a part is made anew when one of them changes
_RECORDS = 50
#: parts that one process keeps, 20 to 40 kB each
_MOST = 100


@dataclass
class _Part:
    """The text of so many records, each followed by a comma, and the same compressed."""

    records: list[Any]
    text: bytes
    squeezed: bytes


#: by the identity of the first record, which the part itself keeps alive
_kept: BoundedCache[int, _Part] = BoundedCache(_MOST)


def framed_snapshot(packet: Any, deflates: bool) -> bytes | None:
    """Returns the websocket frame of a Socket.IO packet that answers with many records; None for any other packet, which is
    sent as usual."""
    answer = packet.data[0] if packet.packet_type == ACK and packet.data else None
    if not isinstance(answer, dict) or len(answer.get("put", ())) <= _RECORDS:
        return None
    put = answer["put"]
    whole = (len(put) - 1) // _RECORDS * _RECORDS
    parts = [_part(put[start : start + _RECORDS]) for start in range(0, whole, _RECORDS)]
    beside = {name: value for name, value in answer.items() if name != "put"}
    head = f'{MESSAGE}{ACK}{packet.id}[{_dumps(beside)[:-1]},"put":['.encode()
    tail = f"{_dumps(put[whole:])[1:]}}}]".encode()
    if not deflates:
        return as_frame(TEXT, b"".join([head, *(one.text for one in parts), tail]))
    squeezed = [squeezing.part(head), *(one.squeezed for one in parts), squeezing.part(tail)]
    return as_frame(COMPRESSED, squeezing.message(squeezed))


def _part(records: list[Any]) -> _Part:
    kept = _kept.get(id(records[0]))
    if kept is None or any(old is not new for old, new in zip(kept.records, records, strict=True)):
        text = f"{_dumps(records)[1:-1]},".encode()
        kept = _kept.keep(id(records[0]), _Part(records, text, squeezing.part(text)))
    return kept


def _dumps(value: Any) -> str:
    return str(Packet.json.dumps(value, separators=(",", ":")))
