"""A workshop's groups: each with its own form and code, and a form to add one."""

from __future__ import annotations

from typing import Any

from flask import redirect, url_for
from werkzeug.wrappers import Response

from workshop.export.plain import slug
from workshop.models import Group, Workshop
from workshop.rules.refusal import Refused
from workshop.web.organiser import overview
from workshop.web.organiser.accounts import Page
from workshop.web.organiser.forms import EmptyForm, GroupForm
from workshop.web.organiser.pages import carry_out, organising, own, page, say_no, sentence, tell

_KEY_LENGTH = 32


@organising.get("/workshops/<int:workshop_id>/groups")
def groups(workshop_id: int) -> Page:
    """Shows all groups."""
    return _page(own(workshop_id))


def _page(
    workshop: Workshop,
    status: int = 200,
    number: int | None = None,
    typed: GroupForm | None = None,
    refused: str | None = None,
) -> Page:
    """Returns the page. `typed` is the form that was refused: of the group `number`, or of a new group where that is 0."""
    rows = overview.groups(workshop.id)
    forms = {group.id: _form(group) for group in rows}
    new = GroupForm(formdata=None, prefix="new-")
    if typed is not None and number:
        forms[number] = typed
    elif typed is not None:
        new = typed
    return page(
        "groups",
        status,
        workshop=workshop,
        here="groups",
        groups=rows,
        forms=forms,
        new=new,
        opened=number,
        joined=overview.joined(workshop.id),
        empty=EmptyForm(formdata=None),
        refused=refused,
    )


def _form(group: Group) -> GroupForm:
    return GroupForm(
        formdata=None,
        prefix=f"g{group.id}-",
        data={
            "da": group.name_da,
            "en": group.name_en if group.name_en != group.name_da else "",
            "level": group.level or "",
            "required": group.required,
            "self_selectable": group.self_selectable,
        },
    )


def _args(form: GroupForm) -> dict[str, Any]:
    return {
        "name": {"da": form.da.data or "", "en": form.en.data or None},
        "level": form.level.data or "",
        "required": bool(form.required.data),
        "self_selectable": bool(form.self_selectable.data),
    }


def _back(workshop_id: int, said: str) -> Response:
    tell(said)
    return redirect(url_for("organising.groups", workshop_id=workshop_id), 303)


@organising.post("/workshops/<int:workshop_id>/groups")
def add_group(workshop_id: int) -> Page:
    """Adds a group; its key is made from its name."""
    own(workshop_id)
    form = GroupForm(prefix="new-")
    args = _args(form)
    args["level"] = args["level"] or None
    try:
        carry_out(workshop_id, "add_group", key=_free_key(workshop_id, form.da.data or ""), **args)
    except Refused as refused:
        say_no(form, refused)
        return _page(own(workshop_id), 422, 0, form)
    return _back(workshop_id, "organiser.groups.added")


def _free_key(workshop_id: int, name: str) -> str:
    taken = {group.key for group in overview.groups(workshop_id)}
    base = slug(name, _KEY_LENGTH) or "group"
    return next(key for key in (base, *(f"{base}-{n}" for n in range(2, 99))) if key not in taken)


@organising.post("/workshops/<int:workshop_id>/groups/<int:group_id>")
def edit_group(workshop_id: int, group_id: int) -> Page:
    """Changes a group."""
    own(workshop_id)
    form = GroupForm(prefix=f"g{group_id}-")
    try:
        carry_out(workshop_id, "edit_group", group=Group.record_id_of(group_id), **_args(form))
    except Refused as refused:
        say_no(form, refused)
        return _page(own(workshop_id), 422, group_id, form)
    return _back(workshop_id, "organiser.groups.saved")


@organising.post("/workshops/<int:workshop_id>/groups/<int:group_id>/remove")
def remove_group(workshop_id: int, group_id: int) -> Page:
    """Removes a group that nobody has joined."""
    own(workshop_id)
    try:
        carry_out(workshop_id, "remove_group", group=Group.record_id_of(group_id))
    except Refused as refused:
        return _page(own(workshop_id), 409, refused=sentence(refused))
    return _back(workshop_id, "organiser.groups.removed")
