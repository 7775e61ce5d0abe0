"""The printed sheet of join codes: one page for everybody, one for each group."""

from __future__ import annotations

from markupsafe import Markup

from workshop.network import only_here
from workshop.web.addresses import join_url, public_root, qr_svg, shown_host
from workshop.web.downloads import asked_language
from workshop.web.organiser import overview
from workshop.web.organiser.accounts import Page
from workshop.web.organiser.pages import organising, own, page


def qr(address: str) -> Markup:
    """Returns a QR code as SVG for use inside a page. It is safe as markup, because it is drawn here from the address."""
    return Markup(qr_svg(address).replace("<svg ", '<svg class="qr" aria-hidden="true" ', 1))


@organising.get("/workshops/<int:workshop_id>/sheet")
def sheet(workshop_id: int) -> Page:
    """Shows the pages to print, in the workshop's language or that of `?lang=`: each with a QR code, the address and the
    code."""
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
