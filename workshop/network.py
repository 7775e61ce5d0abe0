"""The addresses at which this server is reached: on this machine, and on its network."""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import urlsplit

ANYWHERE = ("0.0.0.0", "::")
LOOPBACK = ("127.0.0.1", "::1", "localhost")
# Connecting a UDP socket to one of these sends nothing, but shows which of its own addresses the machine would
# use. The first is a documentation address (RFC 5737) and needs a default route; the others work on a local
# network without one.
TOWARDS = ("192.0.2.1", "192.168.255.254", "10.255.255.254", "172.31.255.254")


def network_address() -> str | None:
    """Returns this machine's IPv4 address on the network, or None where it has only its loopback address."""
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
    """Returns the address of a page on this host; IPv6 in brackets, port 80 left out."""
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}" if port == 80 else f"http://{shown}:{port}"


def local_url(host: str, port: int) -> str:
    """Returns the address by which a browser on this machine reaches the server."""
    return url_of("127.0.0.1" if host in ANYWHERE else host, port)


def network_url(host: str, port: int, public_url: str | None) -> str | None:
    """Returns the address by which phones reach the server, or None where only this machine can."""
    if public_url:
        return public_url
    if host in LOOPBACK:
        return None
    address = network_address() if host in ANYWHERE else host
    return url_of(address, port) if address else None


def only_here(url: str) -> bool:
    """Returns whether the address is a loopback address, which on a phone leads to the phone itself."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
