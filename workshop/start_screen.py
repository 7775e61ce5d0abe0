"""What the terminal shows when the server has started: the addresses, a QR code, the link for the first account.

Of the package it imports the catalogue only.
"""

from __future__ import annotations

import io
from typing import TextIO

import segno

from workshop.catalogue import t

WHITE_ON_BLACK, PLAIN = "\033[38;5;231;48;5;16m", "\033[0m"


def can_draw(out: TextIO) -> bool:
    """Returns whether the block characters of a QR code can be written to `out`."""
    return (out.encoding or "").lower().replace("-", "") == "utf8"


def qr(url: str, *, coloured: bool) -> str:
    """Returns a QR code drawn with block characters; `coloured` makes it white on black on any terminal."""
    drawing = io.StringIO()
    segno.make(url, error="l", micro=False).terminal(out=drawing, compact=True)
    lines = drawing.getvalue().rstrip("\n").split("\n")
    return "\n".join(f"{WHITE_ON_BLACK}{line}{PLAIN}" if coloured else line for line in lines)


def screen(*, local: str, network: str | None, invitation: str | None, language: str, out: TextIO) -> str:
    """Returns the whole text for the terminal `out`.

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
