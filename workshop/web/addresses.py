"""Addresses that people type and scan, and their QR codes."""

from __future__ import annotations

import io
from urllib.parse import urlsplit

import segno
from flask import current_app, request

from workshop.config import Settings
from workshop.network import network_url, only_here


def public_root() -> str:
    """Returns the address of this server, without a slash at the end: PUBLIC_URL, or else the host of the request."""
    settings: Settings = current_app.config["RUNDBORD"]
    return (settings.public_url or request.host_url).rstrip("/")


def root_for_phones() -> str:
    """Returns the address of this server by which phones in the room reach it. Where the page was opened at a loopback
    address, it is this machine's address on the network, or the loopback address where the machine is on no network."""
    root = public_root()
    if not only_here(root):
        return root
    settings: Settings = current_app.config["RUNDBORD"]
    return (network_url(settings.host, settings.port, settings.public_url) or root).rstrip("/")


def shown_host(root: str | None = None) -> str:
    """Returns the address without its scheme, as the board shows it for people to type."""
    parts = urlsplit(root or public_root())
    return parts.netloc + parts.path.rstrip("/")


def join_url(code: str, root: str | None = None) -> str:
    """Returns the address of the join page of a code."""
    return f"{root or public_root()}/j/{code}"


def qr_rows(text: str) -> list[str]:
    """Returns a QR code as rows of 0 and 1, without its quiet zone, which the screens add."""
    return ["".join("1" if module else "0" for module in row) for row in segno.make(text, error="m").matrix]


def qr_svg(text: str) -> str:
    """Returns a QR code as an SVG drawing with its quiet zone, black on white."""
    out = io.BytesIO()
    segno.make(text, error="m").save(
        out, kind="svg", border=4, dark="#000", light="#fff", xmldecl=False, svgns=True, scale=1, omitsize=True
    )
    return out.getvalue().decode()
