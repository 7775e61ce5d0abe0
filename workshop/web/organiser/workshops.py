"""An organiser's workshops: the list, a new one, a copy, one with its counts and links, opening, closing and deleting it."""

from __future__ import annotations

from datetime import datetime

from flask import redirect, request, url_for
from werkzeug.exceptions import NotFound

from workshop import clock
from workshop.commands.follow_up.links import alive
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

#: the names of the links in addresses
ROLES = {"facilitator": FACILITATOR, "board": BOARD, "helper": HELPER}
_SHORT = {FACILITATOR: "f", BOARD: "b", HELPER: "h"}
#: by the name in an address: the command that changes the state, and the key of what the next page says
MOVES = {"open": ("open_workshop", "opened"), "close": ("close_workshop", "now_closed")}


@organising.get("")
def workshops() -> Page:
    """Shows all workshops of the organiser, in every state."""
    rows = overview.glances(overview.of_organiser(organiser().id))
    leap = _leap({row.workshop.id for row in rows})
    return page("workshops", rows=rows, templates=TEMPLATES.values(), leap=leap, today=clock.today())


def _leap(own_ones: set[int]) -> datetime | None:
    """Returns when the server last ran, if its clock has leapt since and therefore names in one of the organiser's workshops
    are not deleted (`commands.privacy.server_clock`); else None."""
    moment = clock.now()
    before = server_clock.leapt_from(moment)
    return before if before is not None and own_ones & set(retention.due(moment)) else None


@organising.post("/date")
def date_is_right() -> Page:
    """Notes that the organiser has confirmed the server's date, so that names whose time is over are deleted again."""
    server_clock.believe()
    tell("organiser.leap.said")
    return redirect(url_for("organising.workshops"), 303)


@organising.route("/workshops/new", methods=["GET", "POST"])
def new_workshop() -> Page:
    """Creates a workshop from a template, as a draft: nobody can join before it is opened."""
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
    """Creates a copy of a workshop under another title."""
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
    """Shows one workshop: which settings are missing, how people join, and its links."""
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
    """Opens, reopens or closes a workshop. A refusal is shown on the workshop's own page."""
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
    """Replaces a link by a new one. It asks for confirmation first, because the old link and every device it let in end at
    once. Where whoever had the facilitator's link could read links of the follow-up, it says so: these go on working."""
    workshop = own(workshop_id)
    if name not in ROLES:
        raise NotFound
    seen = len(list(alive(workshop))) if ROLES[name] == FACILITATOR else 0
    if request.method != "POST":
        return page("link_replace", workshop=workshop, name=name, seen=seen, empty=EmptyForm())
    carry_out(workshop_id, "replace_link", role=ROLES[name])
    tell(f"organiser.link.replaced.{name}")
    if seen:
        tell("organiser.link.replaced.seen", n=seen)
    return redirect(url_for("organising.workshop", workshop_id=workshop_id, _anchor="links"), 303)


@organising.route("/workshops/<int:workshop_id>/delete", methods=["GET", "POST"])
def delete(workshop_id: int) -> Page:
    """Deletes a workshop for ever. The page shows what will be deleted, and the title must be typed again."""
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
