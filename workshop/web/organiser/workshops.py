"""An organiser's workshops: all side by side, a new one, a copy, one at a glance, its links, its opening and its end."""

from __future__ import annotations

from datetime import datetime

from flask import redirect, request, url_for
from werkzeug.exceptions import NotFound

from workshop import clock
from workshop.commands.privacy import retention, server_clock
from workshop.commands.room.creating import create_workshop
from workshop.commands.room.duplicating import duplicate_workshop
from workshop.commands.room.workshops import delete_workshop, links, lost_links
from workshop.identity import BOARD, FACILITATOR, HELPER
from workshop.models import Workshop
from workshop.network import only_here
from workshop.rules.refusal import Refused
from workshop.rules.templates import TEMPLATES
from workshop.web.addresses import join_url, public_root, shown_host
from workshop.web.organiser import overview
from workshop.web.organiser.accounts import Page
from workshop.web.organiser.forms import DeleteForm, DuplicateForm, EmptyForm, NewWorkshopForm
from workshop.web.organiser.pages import (
    carry_out,
    language,
    organiser,
    organising,
    own,
    page,
    say_no,
    sentence,
    tell,
)
from workshop.web.organiser.sheets import qr

#: what the links are called in addresses
ROLES = {"facilitator": FACILITATOR, "board": BOARD, "helper": HELPER}
_SHORT = {FACILITATOR: "f", BOARD: "b", HELPER: "h"}
#: changing the state: the command, and what the next page says
MOVES = {"open": ("open_workshop", "opened"), "close": ("close_workshop", "now_closed")}


@organising.get("")
def workshops() -> Page:
    """All own workshops side by side, whatever state they are in."""
    rows = overview.glances(overview.of_organiser(organiser().id))
    leap = _leap({row.workshop.id for row in rows})
    return page("workshops", rows=rows, templates=TEMPLATES.values(), leap=leap, today=clock.today())


def _leap(own_ones: set[int]) -> datetime | None:
    """Returns the server's last sign of life, where the clock is not believed and names in an own workshop stay because of
    that."""
    moment = clock.now()
    before = server_clock.leapt_from(moment)
    return before if before is not None and own_ones & set(retention.due(moment)) else None


@organising.post("/date")
def date_is_right() -> Page:
    """The organiser has looked at the date and says that it is right: names whose time is over are deleted again."""
    server_clock.believe()
    tell("organiser.leap.said")
    return redirect(url_for("organising.workshops"), 303)


@organising.route("/workshops/new", methods=["GET", "POST"])
def new_workshop() -> Page:
    """A new workshop from a template, as a draft: nobody can join before it is opened."""
    form = NewWorkshopForm()
    if request.method != "POST":
        asked = request.args.get("template", "")
        form.template.data = asked if asked in TEMPLATES else "collaboration"
        form.language.data = language()
        return page("workshop_new", form=form, templates=TEMPLATES)
    try:
        content = {name: form[name].data for name in ("title", "template", "language")}
        made = create_workshop(organiser().id, {**content, "state": "draft"})
    except Refused as refused:
        say_no(form, refused)
        return page("workshop_new", 422, form=form, templates=TEMPLATES)
    tell("organiser.new.made")
    return redirect(url_for("organising.settings", workshop_id=made["workshop"]["id"]), 303)


@organising.route("/workshops/<int:workshop_id>/duplicate", methods=["GET", "POST"])
def duplicate(workshop_id: int) -> Page:
    """The same workshop once more, under another title."""
    workshop = own(workshop_id)
    form = DuplicateForm()
    if request.method != "POST":
        form.title.data = workshop.title
        return page("workshop_duplicate", form=form, workshop=workshop)
    try:
        made = duplicate_workshop(organiser().id, workshop_id, form.title.data or "")
    except Refused as refused:
        say_no(form, refused)
        return page("workshop_duplicate", 422, form=form, workshop=workshop)
    tell("organiser.duplicate.made")
    if "response_due" in made["cleared"]:
        tell("organiser.duplicate.date_cleared")
    return redirect(url_for("organising.settings", workshop_id=made["workshop"]["id"]), 303)


@organising.get("/workshops/<int:workshop_id>")
def workshop(workshop_id: int) -> Page:
    """One workshop: what is missing, how people get in, and its links."""
    return _glance(own(workshop_id))


def _glance(workshop: Workshop, status: int = 200, refused: Refused | None = None) -> Page:
    tokens = links(workshop)
    address = join_url(workshop.code)
    helpers = _link(HELPER, tokens[HELPER])
    return page(
        "workshop",
        status,
        workshop=workshop,
        here="workshop",
        glance=overview.glances([workshop])[0],
        missing=overview.missing(workshop),
        links={name: _link(role, tokens[role]) for name, role in ROLES.items()},
        lost=lost_links(workshop),
        join=address,
        host=shown_host(),
        drawn=qr(address),
        drawn_helper=qr(helpers) if helpers else None,
        only_here=only_here(public_root()),
        empty=EmptyForm(),
        refused=sentence(refused) if refused else None,
        refused_field=refused.field if refused else None,
    )


def _link(role: str, token: str | None) -> str | None:
    return f"{public_root()}/{_SHORT[role]}/{token}" if token else None


@organising.post("/workshops/<int:workshop_id>/state/<move>")
def change_state(workshop_id: int, move: str) -> Page:
    """Open, reopen or close. A refusal is shown on the workshop's own page."""
    workshop = own(workshop_id)
    if move not in MOVES:
        raise NotFound
    name, said = MOVES[move]
    again = workshop.state == "closed"
    try:
        carry_out(workshop_id, name)
    except Refused as refused:
        return _glance(own(workshop_id), 409, refused)
    tell("organiser.state.reopened" if again and move == "open" else f"organiser.state.{said}")
    return redirect(url_for("organising.workshop", workshop_id=workshop_id), 303)


@organising.route("/workshops/<int:workshop_id>/links/<name>/replace", methods=["GET", "POST"])
def replace_link(workshop_id: int, name: str) -> Page:
    """A new link instead of one; asked once, for the old one and every device it let in end at once."""
    workshop = own(workshop_id)
    if name not in ROLES:
        raise NotFound
    if request.method != "POST":
        return page("link_replace", workshop=workshop, name=name, empty=EmptyForm())
    carry_out(workshop_id, "replace_link", role=ROLES[name])
    tell(f"organiser.link.replaced.{name}")
    return redirect(url_for("organising.workshop", workshop_id=workshop_id, _anchor="links"), 303)


@organising.route("/workshops/<int:workshop_id>/delete", methods=["GET", "POST"])
def delete(workshop_id: int) -> Page:
    """Delete for ever: the page says what goes, and the title must be typed again."""
    workshop = own(workshop_id)
    form = DeleteForm()
    title = workshop.title
    if request.method == "POST":
        try:
            delete_workshop(organiser().id, workshop_id, {"title": form.title.data or ""})
        except Refused as refused:
            say_no(form, refused)
        else:
            tell("organiser.delete.done", title=title)
            return redirect(url_for("organising.workshops"), 303)
    glance = overview.glances([own(workshop_id)])[0]
    return page("workshop_delete", 422 if form.title.errors else 200, form=form, workshop=own(workshop_id), glance=glance)
