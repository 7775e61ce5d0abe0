"""The sheet of codes for the tables: one page for everybody, one for each group."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from markupsafe import Markup

from . import overview
from .accounts import Page
from .addresses import join_url, public_root, qr_svg, shown_host
from .downloads import asked_language
from .organising import organising, own, page


def qr(address: str) -> Markup:
    """A QR code to stand in a page. The drawing is our own, from the address alone."""
    return Markup(qr_svg(address).replace("<svg ", '<svg class="qr" aria-hidden="true" ', 1))


def only_here() -> bool:
    """Whether the page was opened at an address that only this machine knows, which is no use to a phone."""
    host = urlsplit(public_root()).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@organising.get("/workshops/<int:workshop_id>/sheet")
def sheet(workshop_id: int) -> Page:
    """Pages to print, in the workshop's language, with the codes as drawings, the address and the code in words."""
    workshop = own(workshop_id)
    return page(
        "sheet",
        lang=asked_language() or workshop.language,
        workshop=workshop,
        general=qr(join_url(workshop.code)),
        groups=[(group, qr(join_url(group.code))) for group in overview.groups(workshop.id)],
        host=shown_host(),
        only_here=only_here(),
    )
