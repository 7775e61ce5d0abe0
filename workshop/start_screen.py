"""What the terminal says when the server has started: the addresses, the QR, the way in.

It leans on the catalogue only.
"""

from __future__ import annotations

import io
import socket
from typing import TextIO

import segno

from workshop.catalogue import t

WHITE_ON_BLACK, PLAIN = "\033[38;5;231;48;5;16m", "\033[0m"
ANYWHERE = ("0.0.0.0", "::")
LOOPBACK = ("127.0.0.1", "::1", "localhost")
# Asking the system which of its own addresses it would use towards these sends nothing. The first is a
# documentation address (RFC 5737) and needs a default route; the others find the address on a hall's own
# network, which may have none.
TOWARDS = ("192.0.2.1", "192.168.255.254", "10.255.255.254", "172.31.255.254")


def network_address() -> str | None:
    """This machine's address on the network, or None where it has no other than its own loopback."""
    for target in TOWARDS:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            try:
                probe.connect((target, 9))
            except OSError:
                continue
            address = str(probe.getsockname()[0])
        if not address.startswith(("127.", "0.")):
            return address
    return None


def url_of(host: str, port: int) -> str:
    """The address of a page on this host; IPv6 in brackets, the usual port left out."""
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}" if port == 80 else f"http://{shown}:{port}"


def local_url(host: str, port: int) -> str:
    """Where this machine itself finds the server."""
    return url_of("127.0.0.1" if host in ANYWHERE else host, port)


def network_url(host: str, port: int, public_url: str | None) -> str | None:
    """Where phones find the server, or None where only this machine can reach it."""
    if public_url:
        return public_url
    if host in LOOPBACK:
        return None
    address = network_address() if host in ANYWHERE else host
    return url_of(address, port) if address else None


def can_draw(out: TextIO) -> bool:
    """Whether the block characters of a QR can be written there."""
    return (out.encoding or "").lower().replace("-", "") == "utf8"


def qr(url: str, *, coloured: bool) -> str:
    """A QR code drawn with block characters; `coloured` makes it white on black on any terminal."""
    drawing = io.StringIO()
    segno.make(url, error="l", micro=False).terminal(out=drawing, compact=True)
    lines = drawing.getvalue().rstrip("\n").split("\n")
    return "\n".join(f"{WHITE_ON_BLACK}{line}{PLAIN}" if coloured else line for line in lines)


def screen(*, local: str, network: str | None, invitation: str | None, language: str, out: TextIO) -> str:
    """The whole text for the terminal `out`.

    `local` and `network` are addresses; `invitation` is the path that makes the first organiser account.
    """
    lines = ["", t("start.title", language), "", t("start.local", language, url=local)]
    if network and network != local:
        lines += [t("start.network", language, url=network), ""]
        lines += [qr(network, coloured=out.isatty()), ""] if can_draw(out) else []
    elif not network:
        lines += [t("start.no_network", language), ""]
    if invitation:
        lines += [t("start.first_organiser", language), f"  {network or local}{invitation}", ""]
    lines += [t("start.stop", language), ""]
    return "\n".join(lines)
