"""Addresses that people type and scan, and their QR codes."""

from __future__ import annotations

import io
from urllib.parse import urlsplit

import segno
from flask import current_app, request

from ..config import Settings


def public_root() -> str:
    """The address of this server as people reach it, without a slash at the end: PUBLIC_URL, or as it was asked for."""
    settings: Settings = current_app.config["RUNDBORD"]
    return (settings.public_url or request.host_url).rstrip("/")


def shown_host() -> str:
    """The address in words, for the board: without scheme."""
    parts = urlsplit(public_root())
    return parts.netloc + parts.path.rstrip("/")


def join_url(code: str) -> str:
    """Where a join code leads."""
    return f"{public_root()}/j/{code}"


def qr_rows(text: str) -> list[str]:
    """A QR code as rows of 0 and 1, without quiet zone (the screens draw that)."""
    return ["".join("1" if module else "0" for module in row) for row in segno.make(text, error="m").matrix]


def qr_svg(text: str) -> str:
    """A QR code as an SVG drawing with its quiet zone, black on white."""
    out = io.BytesIO()
    segno.make(text, error="m").save(
        out, kind="svg", border=4, dark="#000", light="#fff", xmldecl=False, svgns=True, scale=1, omitsize=True
    )
    return out.getvalue().decode()
