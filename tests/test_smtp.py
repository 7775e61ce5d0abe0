"""The mail as it is sent: its headers, and that nothing in a text becomes another header."""

from __future__ import annotations

from email import message_from_bytes, policy

import pytest

from workshop import smtp

LETTER = {
    "sender": "Rundbord <post@rundbord.example>",
    "to": "byraad@example.org",
    "subject": "Svar i dag",
    "body": "Hej\n\n.\nÆrø",
    "language": "da",
    "unsubscribe": "https://rundbord.example/unsubscribe/1-a",
}


@pytest.mark.parametrize("breaking", ["\r\n", "\n", "\r", "\r\n\r\n", "\u2028", "\x85"])
def test_a_line_break_in_a_subject_begins_no_header(breaking: str):
    octets = smtp.message(LETTER | {"subject": f"Svar{breaking}Bcc: other@example.org"})
    mail = message_from_bytes(octets, policy=policy.default)
    assert mail["Bcc"] is None and mail["Subject"] == "Svar Bcc: other@example.org"
    assert mail.get_content().splitlines() == LETTER["body"].splitlines()


@pytest.mark.parametrize(
    "address", ["a@example.org\r\nBcc: b@example.org", "a@example.org\nb@example.org", "a b@c.dk", "@c.dk", "a"]
)
def test_an_address_with_a_break_is_refused_before_any_server_is_asked(address: str):
    answer = smtp.deliver("smtp://127.0.0.1:1", LETTER | {"to": address})
    assert answer["state"] == "refused" and "away" not in answer


def test_the_domain_is_written_as_mail_servers_read_it():
    assert smtp._ascii_domain("bo@ærø.dk") == "bo@xn--r-3fa9c.dk"
    assert smtp.message(LETTER | {"to": "bø@example.org"}).decode().count("To: bø@example.org") == 1


@pytest.mark.parametrize("to", ["byraad@example.org", "bø@example.org", f"{'l' * 64}@{'m' * 60}.{'n' * 60}.example"])
def test_the_address_of_the_one_click_stop_is_one_line_however_long(to: str):
    """Mail programs read no encoded words in it (RFC 8058). Every other header is folded and encoded as before."""
    address = f"https://{'a' * 63}.{'b' * 63}.rundbord.example/unsubscribe/123456-{'k' * 43}"
    subject = "Svar på ændringer i Ærø Kommunes aftaler om børn og unge " * 3
    octets = smtp.message(LETTER | {"unsubscribe": address, "to": to, "subject": subject})
    head = octets.partition(b"\r\n\r\n")[0].split(b"\r\n")
    assert f"List-Unsubscribe: <{address}>".encode() in head
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click" in head
    assert all(len(line) < 998 for line in head) and b"\n" not in octets.replace(b"\r\n", b"")
    mail = message_from_bytes(octets, policy=policy.SMTPUTF8)
    assert mail["Subject"] == subject.strip() and mail["To"] == to
    assert to.isascii() is all(line.isascii() for line in head)
    if to.isascii():
        encoded = [line for line in head if b"=?utf-8?" in line]
        assert encoded and all(len(line) <= 78 for line in encoded)


def test_the_address_of_the_one_click_stop_is_ascii_where_the_servers_name_is_not():
    octets = smtp.message(LETTER | {"unsubscribe": "https://Ærø.example:8000/unsubscribe/1-a"})
    assert b"\r\nList-Unsubscribe: <https://xn--r-3fa9c.example:8000/unsubscribe/1-a>\r\n" in octets


@pytest.mark.parametrize("breaking", ["\r\n", "\n", "\r"])
def test_no_line_break_comes_into_the_address_of_the_stop(breaking: str):
    with pytest.raises(ValueError, match=r"linefeed|carriage"):
        smtp.message(LETTER | {"unsubscribe": f"https://rundbord.example/a{breaking}Bcc: other@example.org"})


@pytest.mark.parametrize(
    ("code", "state"), [(250, "sent"), (251, "sent"), (421, "waiting"), (451, "waiting"), (550, "refused"), (554, "refused")]
)
def test_what_a_code_means(code: int, state: str):
    assert smtp._by_code(code, b"5.1.1 words\r\nof the server")["state"] == state


def test_a_server_that_is_not_there_is_away():
    assert smtp.deliver("smtp://127.0.0.1:1", LETTER)["away"] == "yes"
