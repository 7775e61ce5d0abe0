"""The sheet of codes for the tables: one page for everybody, one for each group."""

from __future__ import annotations

from markupsafe import Markup

from workshop.network import only_here
from workshop.web.addresses import join_url, public_root, qr_svg, shown_host
from workshop.web.downloads import asked_language
from workshop.web.organiser import overview
from workshop.web.organiser.accounts import Page
from workshop.web.organiser.pages import organising, own, page


def qr(address: str) -> Markup:
    """Returns a QR code to stand in a page. The drawing is our own, from the address alone."""
    return Markup(qr_svg(address).replace("<svg ", '<svg class="qr" aria-hidden="true" ', 1))


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
        only_here=only_here(public_root()),
    )
