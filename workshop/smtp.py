"""Builds one mail, hands it to the mail server and returns what happened. Uses the standard library only.

It runs in a process of its own (`offload`), because resolving a name and waiting for a server would delay other requests.
The state it returns is `sent`, `refused` (permanently), `waiting` (certainly not sent: try again), or `perhaps` (the
connection was lost after the mail had been handed over).
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Mapping
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, localtime, make_msgid, parseaddr
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

#: seconds that one answer of the server is waited for
TIMEOUT = 20
#: characters of the server's message that are kept
_MOST_WORDS = 300
_UNSUBSCRIBE = "List-Unsubscribe"
_PORTS = {"smtp": 25, "starttls": 587, "smtps": 465}


class _Policy(EmailPolicy):
    """The policy of mails, with the address of the one-click stop as it is, on one line: mail programs read no encoded words in
    it (RFC 8058), and the standard library encodes what is longer than a line. A line may have 998 characters (RFC 5322)."""

    def fold_binary(self, name: str, value: Any) -> bytes:
        """Returns a header as it is sent."""
        if name == _UNSUBSCRIBE:
            return f"{name}: {value}{self.linesep}".encode("ascii")
        return super().fold_binary(name, value)


_POLICY = _Policy(linesep="\r\n")


def message(letter: Mapping[str, str]) -> bytes:
    """Returns the mail as it is sent, plain text, from `{sender, to, subject, body, language, unsubscribe}`.

    Raises `ValueError` for an address or a name with line breaks; line breaks in the subject become spaces.
    """
    mail = EmailMessage(policy=_POLICY.clone(utf8=not letter["to"].isascii()))
    mail["From"] = letter["sender"]
    mail["To"] = letter["to"]
    mail["Subject"] = " ".join(letter["subject"].split())
    mail["Date"] = format_datetime(localtime())
    mail["Message-ID"] = make_msgid(domain=parseaddr(letter["sender"])[1].rpartition("@")[2])
    # With this header out-of-office programs do not answer.
    mail["Auto-Submitted"] = "auto-generated"
    mail[_UNSUBSCRIBE] = f"<{_ascii_url(letter['unsubscribe'])}>"
    mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.set_content(letter["body"], cte="quoted-printable")
    mail["Content-Language"] = letter["language"]
    return mail.as_bytes()


def deliver(url: str, letter: Mapping[str, str]) -> dict[str, str]:
    """Returns `{state, words}` of one mail: a state of the module docstring, and the server's message or the error. `away`
    is added where no connection to the mail server could be made. Errors of the server and network are not raised."""
    try:
        to, octets = _ascii_domain(letter["to"]), message(letter)
    except (ValueError, UnicodeError) as error:
        return _answer("refused", str(error))
    try:
        server = _connected(urlsplit(url))
    except (OSError, smtplib.SMTPException) as error:
        return _answer("waiting", _words_of(error)) | {"away": "yes"}
    try:
        return _handed_over(server, parseaddr(letter["sender"])[1], to, octets)
    finally:
        _goodbye(server)


def _connected(place: SplitResult) -> smtplib.SMTP:
    """Returns a connection, encrypted where the address says so, and logged in where it has a user. Raises `OSError`, also
    for a certificate that is not valid for the server, or `smtplib.SMTPException`."""
    host, port = place.hostname or "", place.port or _PORTS[place.scheme]
    if place.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=TIMEOUT, context=ssl.create_default_context())
    else:
        server = smtplib.SMTP(host, port, timeout=TIMEOUT)
    try:
        if place.scheme == "starttls":
            server.starttls(context=ssl.create_default_context())
        server.ehlo_or_helo_if_needed()
        if place.username is not None:
            server.login(unquote(place.username), unquote(place.password or ""))
    except BaseException:
        server.close()
        raise
    return server


def _handed_over(server: smtplib.SMTP, sender: str, to: str, octets: bytes) -> dict[str, str]:
    options = []
    if not to.isascii():
        if not server.has_extn("smtputf8"):
            return _answer("refused", "SMTPUTF8")
        options = ["SMTPUTF8", "BODY=8BITMIME"]
    try:
        for code, words in (server.mail(sender, options), server.rcpt(to)):
            if not 200 <= code < 300:
                return _by_code(code, words)
    except (OSError, smtplib.SMTPException) as error:
        return _answer("waiting", _words_of(error))
    try:
        return _by_code(*server.data(octets))
    except smtplib.SMTPDataError as error:
        # The server refused the DATA command, so it has received nothing of the mail.
        return _by_code(error.smtp_code, error.smtp_error)
    except (OSError, smtplib.SMTPException) as error:
        return _answer("perhaps", _words_of(error))


def _by_code(code: int, words: bytes | str) -> dict[str, str]:
    """Returns the meaning of a server's answer: 2xx is `sent`, 5xx `refused`, everything else `waiting`."""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    if 200 <= code < 300:
        return _answer("sent", "")
    return _answer("refused" if 500 <= code < 600 else "waiting", f"{code} {text}")


def _answer(state: str, words: str) -> dict[str, str]:
    return {"state": state, "words": " ".join(words.split())[:_MOST_WORDS]}


def _words_of(error: Any) -> str:
    """Returns an error as text: the server's code and message, where it gave one. No such text holds the password."""
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        return f"{error.smtp_code} {said.decode('utf-8', 'replace') if isinstance(said, bytes) else said}"
    return str(error) or type(error).__name__


def _goodbye(server: smtplib.SMTP) -> None:
    try:
        server.quit()
    except (OSError, smtplib.SMTPException):
        server.close()


def _ascii_url(url: str) -> str:
    """Returns one of the server's own addresses with its host in ASCII (IDNA). Raises `ValueError` for a host that has none."""
    if url.isascii():
        return url
    parts = urlsplit(url)
    host = (parts.hostname or "").encode("idna").decode()
    return parts._replace(netloc=host if parts.port is None else f"{host}:{parts.port}").geturl()


def _ascii_domain(address: str) -> str:
    """Returns the address with its domain in ASCII (IDNA). Raises `ValueError` for an address with spaces or line breaks."""
    local, _, domain = address.rpartition("@")
    if not local or any(sign.isspace() or not sign.isprintable() for sign in address):
        raise ValueError("not an address of e-mail")
    return f"{local}@{domain.encode('idna').decode()}"
