"""The answer to a first `sync`, assembled from cached parts, each as text and compressed.

A room of 2,000 ideas is 1 MB of text. Encoding and compressing it takes 19 ms for each phone, and all phones of a hall may
reconnect at once, with nearly the same answer for each. `screens.snapshot` returns a record that has not changed as the same
object, so a cached part is found by the identity of its records.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engineio.packet import MESSAGE, Packet
from socketio.packet import ACK

from workshop.bounded_cache import BoundedCache
from workshop.live import squeezing
from workshop.live.broadcast import COMPRESSED, TEXT, as_frame

#: records of one part; a part is encoded again when one of them changes
_RECORDS = 50
#: parts that one process caches, 20 to 40 kB each
_MOST = 100


@dataclass
class _Part:
    """The JSON text of `_RECORDS` records, each followed by a comma, and the same text compressed."""

    records: list[Any]
    text: bytes
    squeezed: bytes


#: by the `id()` of the first record; the part refers to the record, so the number is not used for another object
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
