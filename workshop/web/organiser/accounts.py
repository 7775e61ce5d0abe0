"""Organisers' accounts: the one-time link for the first one, invitations, logging in and out, password and language."""

from __future__ import annotations

from collections.abc import Callable

from flask import redirect, request, session, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from workshop import rate_limits
from workshop.commands.people import accounts
from workshop.cookies import clear_token, set_token
from workshop.extensions import db
from workshop.identity import ORGANISER
from workshop.models import Organiser
from workshop.rules.refusal import Refused
from workshop.web import passwords
from workshop.web.addresses import public_root
from workshop.web.authentication import page_actor
from workshop.web.joining import address
from workshop.web.organiser.forms import AccountForm, EmptyForm, LogInForm, PasswordForm
from workshop.web.organiser.pages import inside, language, organiser, organising, page, say_no, tell

Page = tuple[str, int] | Response


def _let_in(token: str, after: str | None = None) -> Response:
    """Returns a redirect to the page that was requested, with the token of the log-in in its cookie. The session is emptied,
    so that forms get a new key."""
    session.clear()
    return set_token(redirect(inside(after), 303), ORGANISER, None, token)


@organising.route("/login", methods=["GET", "POST"])
def log_in() -> Page:
    """Logs an organiser in by name and password. After too many wrong ones for an account or from an address it refuses for a
    while."""
    form = LogInForm()
    after = request.args.get("next")
    if request.method != "POST":
        if current_user.is_authenticated:
            return redirect(url_for("organising.workshops"))
        return page("login", form=form, nobody=_nobody())
    try:
        _, token = passwords.log_in(address(), form.name.data or "", form.password.data or "")
    except Refused as refused:
        say_no(form, Refused(refused.code, "name_or_password", **refused.facts))
        return page("login", 429 if refused.code == "too_many" else 422, form=form, nobody=_nobody())
    return _let_in(token, after)


def _nobody() -> bool:
    return db.session.query(Organiser.id).first() is None


@organising.route("/first/<token>", methods=["GET", "POST"])
def first(token: str) -> Page:
    """Creates the first account, by the one-time link that the server prints while there is no account."""
    return _new_account(
        lambda: accounts.check_first_link(token),
        lambda name, password: accounts.create_first_organiser(token, name, password, language()),
        "first",
    )


@organising.route("/invited/<token>", methods=["GET", "POST"])
def invited(token: str) -> Page:
    """Creates an account by an organiser's invitation."""
    return _new_account(
        lambda: accounts.check_invitation(token),
        lambda name, password: accounts.create_organiser(name, password, language(), invitation=token),
        "invited",
    )


def _new_account(check: Callable[[], None], create: Callable[[str, str], Organiser], way: str) -> Page:
    """Returns the form for a new account, and after it was sent creates the account and logs in. A wrong or used link is
    refused as `ended`, and counted for the address."""
    try:
        check()
    except Refused:
        rate_limits.note_wrong_code(address())
        raise
    form = AccountForm()
    if request.method != "POST":
        return page("account_new", form=form, way=way)
    name, password = form.name.data or "", form.password.data or ""
    try:
        create(name, password)
    except Refused as refused:
        say_no(form, refused)
        return page("account_new", 422, form=form, way=way)
    _, token = accounts.log_in(name, password)
    return _let_in(token)


@organising.post("/logout")
def log_out() -> Response:
    """Ends this device's log-in."""
    actor = page_actor(ORGANISER, None)
    if actor is not None and actor.token_id is not None:
        accounts.log_out(actor.token_id)
    session.clear()
    return clear_token(redirect(url_for("organising.log_in"), 303), ORGANISER)


@organising.post("/language")
def choose_language() -> Response:
    """Stores the language of the organiser's own pages."""
    wanted = request.form.get("language")
    if wanted in ("da", "en"):
        accounts.set_language(organiser().id, wanted)
    back = request.form.get("back")
    return redirect(inside(back), 303)


@organising.route("/account", methods=["GET", "POST"])
def account() -> Page:
    """Changes the password; every other log-in ends."""
    form = PasswordForm()
    if request.method != "POST":
        return page("account", form=form, empty=EmptyForm(), invitation=None)
    actor = page_actor(ORGANISER, None)
    try:
        old, new = form.old_password.data or "", form.password.data or ""
        passwords.change(address(), organiser(), old, new, actor.token_id if actor else None)
    except Refused as refused:
        say_no(form, refused)
        return page("account", 429 if refused.code == "too_many" else 422, form=form, empty=EmptyForm(), invitation=None)
    tell("organiser.password.changed")
    return redirect(url_for("organising.account"), 303)


@organising.post("/account/invitation")
def invite() -> Page:
    """Makes a link for another organiser. It is shown once, because the database stores only its hash."""
    try:
        rate_limits.check_invitation(organiser().id)
    except Refused as refused:
        form = PasswordForm(formdata=None)
        say_no(form, refused)
        return page("account", 429, form=form, empty=EmptyForm(), invitation=None)
    link = f"{public_root()}{url_for('organising.invited', token=accounts.invite_organiser())}"
    return page("account", form=PasswordForm(formdata=None), empty=EmptyForm(), invitation=link)
