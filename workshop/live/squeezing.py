"""Compression on a websocket (permessage-deflate, RFC 7692), without a memory of earlier messages for each phone.

Both sides compress every message by itself, so a large one is compressed once for everybody, and no phone costs the 300 kB
that its own compressor and decompressor would. Small messages go as they are: squeezing them saves a phone little.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from typing import Any

#: messages from so many bytes on are compressed
LARGE = 4096
#: what ends a part that is byte-aligned; the end of a message goes without it (RFC 7692, section 7.2.1)
_END = b"\x00\x00\xff\xff"
_KNOWN = {"server_no_context_takeover", "client_no_context_takeover", "server_max_window_bits", "client_max_window_bits"}


def negotiate(offers: Mapping[str, Sequence[Mapping[str, Any]]] | None) -> dict[str, Any] | None:
    """Returns what to answer to the extensions that a page offers, or None to use none. `offers` are the parameters of each
    offer by name of the extension. A page that demands a smaller window than all others is not compressed for."""
    for offer in (offers or {}).get("permessage-deflate", ()):
        window = offer.get("server_max_window_bits")
        if offer.keys() <= _KNOWN and window in (None, "15"):
            answer: dict[str, Any] = {"server_no_context_takeover": True, "client_no_context_takeover": True}
            return answer if window is None else answer | {"server_max_window_bits": 15}
    return None


def part(data: bytes) -> bytes:
    """Returns data compressed so that it can stand between other parts of a message."""
    squeezer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return squeezer.compress(data) + squeezer.flush(zlib.Z_FULL_FLUSH)


def message(parts: Sequence[bytes]) -> bytes:
    """Returns the payload of a message from its compressed parts."""
    return b"".join(parts).removesuffix(_END)
