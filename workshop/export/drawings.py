"""Draws bars and columns as small grey PNG pictures, for the Word document."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable

from workshop.export.blocks import Bar

INK, PAPER, GREY = 0x14, 0xFF, 0x55
BAR = (170, 16)
COLUMN = (60, 60)
_EDGE, _LINE = 2, 3


def bar(one: Bar) -> bytes:
    """Returns a bar that shows a share from left to right in a frame, with a vertical line at the required majority."""
    width, height = BAR
    end = round(one.share * width)
    at = None if one.limit is None else round(one.limit * width)

    def pixel(x: int, y: int) -> int:
        if at is not None and abs(x - at) <= _LINE:
            return INK if abs(x - at) < _LINE else PAPER
        inside = 3 <= y < height - 3
        frame = y in (3, 4, height - 5, height - 4) or x < _EDGE or x >= width - _EDGE
        return INK if inside and (x < end or frame) else PAPER

    return _png(width, height, pixel)


def column(share: float) -> bytes:
    """Returns a column that shows a share from the bottom up; a share of 0 is a thin line."""
    width, height = COLUMN
    top = height - max(_EDGE, round(share * height))
    return _png(width, height, lambda _x, y: GREY if y >= top else PAPER)


def _png(width: int, height: int, pixel: Callable[[int, int], int]) -> bytes:
    rows = b"".join(b"\0" + bytes(pixel(x, y) for x in range(width)) for y in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, content) for kind, content in parts)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
