"""What the terminal says at start."""

from __future__ import annotations

import io

import pytest
import zxingcpp
from PIL import Image

from workshop.network import local_url, network_url, only_here
from workshop.start_screen import qr, screen

URL = "http://192.168.1.20:5000"


class Terminal(io.StringIO):
    encoding = "utf-8"


class OldTerminal(io.StringIO):
    encoding = "iso-8859-1"


def said(out=None, **given) -> str:
    facts = {"local": "http://127.0.0.1:5000", "network": URL, "invitation": None, "language": "da"}
    return screen(**{**facts, **given}, out=out or Terminal())


def picture(drawing: str) -> Image.Image:
    """The block characters as a terminal with light text on dark shows them, four times as large."""
    halves = {"█": (255, 255), "▀": (255, 0), "▄": (0, 255), " ": (0, 0)}
    rows = [[halves[sign][half] for sign in line] for line in drawing.split("\n") for half in (0, 1)]
    small = Image.frombytes("L", (len(rows[0]), len(rows)), bytes(dot for row in rows for dot in row))
    return small.resize((small.width * 4, small.height * 4), Image.Resampling.NEAREST)


def test_the_qr_in_the_terminal_opens_the_network_address():
    (found,) = zxingcpp.read_barcodes(picture(qr(URL, coloured=False)))
    assert found.text == URL


def test_a_coloured_qr_is_white_on_black_on_every_line():
    plain, coloured = qr(URL, coloured=False).split("\n"), qr(URL, coloured=True).split("\n")
    assert [line.removeprefix("\033[38;5;231;48;5;16m").removesuffix("\033[0m") for line in coloured] == plain
    assert all(len(line) > len(bare) for line, bare in zip(coloured, plain, strict=True))


def test_both_addresses_are_shown():
    text = said()
    assert "http://127.0.0.1:5000" in text and URL in text and "█" in text


def test_a_terminal_without_block_characters_gets_the_address_only():
    text = said(OldTerminal())
    assert URL in text and "█" not in text


def test_the_first_organiser_gets_a_whole_link():
    assert f"{URL}/organiser/first/abc" in said(invitation="/organiser/first/abc")
    assert "/organiser" not in said()


def test_a_server_for_this_machine_only_says_so():
    text = said(network=None, language="en")
    assert "Only this machine" in text and "HOST=0.0.0.0" in text and "█" not in text


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("0.0.0.0", "http://127.0.0.1:5000"),
        ("::", "http://127.0.0.1:5000"),
        ("127.0.0.1", "http://127.0.0.1:5000"),
        ("10.0.0.5", "http://10.0.0.5:5000"),
        ("fd00::5", "http://[fd00::5]:5000"),
    ],
)
def test_the_local_address_can_be_opened_as_it_is(host, url):
    assert local_url(host, 5000) == url


def test_the_usual_port_is_left_out():
    assert local_url("0.0.0.0", 80) == "http://127.0.0.1"


def test_the_public_address_is_the_one_for_phones():
    assert network_url("127.0.0.1", 5000, "https://rundbord.example.dk") == "https://rundbord.example.dk"


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_a_loopback_address_is_none_for_phones(host):
    assert network_url(host, 5000, None) is None


def test_a_given_address_is_the_one_for_phones():
    assert network_url("10.0.0.5", 8080, None) == "http://10.0.0.5:8080"


@pytest.mark.parametrize("url", ["http://127.0.0.1:5000", "http://localhost/", "http://[::1]:5000", "http://127.8.8.8"])
def test_an_address_that_leads_to_whoever_asks_is_known(url: str):
    assert only_here(url)


@pytest.mark.parametrize("url", ["http://192.168.1.7:5000", "https://rundbord.example.dk", "http://[2001:db8::1]"])
def test_an_address_on_a_network_is_not_mistaken_for_one(url: str):
    assert not only_here(url)
