"""Compression on a websocket (permessage-deflate, RFC 7692), without context takeover.

Both sides compress each message independently of earlier ones. So a large message is compressed once for all phones, and no
phone needs the 300 kB of its own compressor and decompressor. Small messages are sent uncompressed, because compression
saves little there.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from typing import Any

#: bytes from which on a message is compressed
LARGE = 4096
#: the bytes that end each flushed part; the last part of a message is sent without them (RFC 7692, section 7.2.1)
_END = b"\x00\x00\xff\xff"
_KNOWN = {"server_no_context_takeover", "client_no_context_takeover", "server_max_window_bits", "client_max_window_bits"}


def negotiate(offers: Mapping[str, Sequence[Mapping[str, Any]]] | None) -> dict[str, Any] | None:
    """Returns the answer to the extensions that a page offers, or None for no compression. `offers` holds the parameters of
    each offer, by the name of the extension. A page that demands a smaller window gets none, because all share one message."""
    for offer in (offers or {}).get("permessage-deflate", ()):
        window = offer.get("server_max_window_bits")
        if offer.keys() <= _KNOWN and window in (None, "15"):
            answer: dict[str, Any] = {"server_no_context_takeover": True, "client_no_context_takeover": True}
            return answer if window is None else answer | {"server_max_window_bits": 15}
    return None


def part(data: bytes) -> bytes:
    """Returns data compressed so that other compressed parts of the same message may precede and follow it."""
    squeezer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return squeezer.compress(data) + squeezer.flush(zlib.Z_FULL_FLUSH)


def message(parts: Sequence[bytes]) -> bytes:
    """Returns the payload of a message from its compressed parts."""
    return b"".join(parts).removesuffix(_END)
