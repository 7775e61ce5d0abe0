"""A device that a test has used is empty for the next, or is not used again."""

from __future__ import annotations

from contextlib import suppress

from playwright.sync_api import Browser, Error, Page, expect

from tests.browser.conftest import PHONE
from tests.browser.devices import Devices
from tests.load.server import Server

KEPT = """async () => [
  localStorage.length, sessionStorage.length, document.cookie, (await indexedDB.databases()).length, navigator.onLine,
  matchMedia('(prefers-color-scheme: dark)').matches, innerWidth]"""
LEAVE = """async () => {
  localStorage.a = sessionStorage.a = document.cookie = 'a=1'
  await new Promise((done) => { indexedDB.open('a').onsuccess = (event) => done(event.target.result.close()) })
}"""


def left(page: Page) -> object:
    return page.evaluate(KEPT)


def test_nothing_that_a_test_left_is_there_for_the_next(browser: Browser, server: Server):
    devices, url = Devices(browser), f"{server.url}/"
    first = devices.take()
    fresh = left(first.open(url, PHONE))
    heard: list[str] = []
    first.hear("console", lambda said: heard.append(said.text))
    first.page.evaluate(LEAVE)
    assert left(first.page) != fresh
    first.page.emulate_media(color_scheme="dark")
    first.page.set_viewport_size({"width": 700, "height": 500})
    first.page.route("**/*", lambda route: route.abort())
    first.context.set_offline(True)
    devices.give_back()
    second = devices.take()
    assert second is first
    assert left(second.open(url, PHONE)) == fresh
    expect(second.page.locator("form").first).to_be_visible()
    second.page.evaluate("console.log('a')")
    assert heard == []
    second.context.close()


def test_a_device_that_cannot_be_emptied_is_not_used_again(browser: Browser, server: Server):
    devices, url = Devices(browser), f"{server.url}/"
    ways = [
        lambda page: page.add_init_script("window.a = 1"),
        lambda page: page.context.new_cdp_session(page),
        lambda page: page.context.new_page(),
        lambda page: page.close(),
        lambda page: page.context.close(),
    ]
    for way in ways:
        device = devices.take()
        way(device.open(url, PHONE))
        devices.give_back()
        again = devices.take()
        assert again is not device, way
        again.context.close()
        devices.used.clear()
    assert devices.take(color_scheme="dark").spent
    devices.give_back()


def test_a_page_that_is_blank_or_could_not_be_loaded_is_emptied_too(browser: Browser, server: Server):
    devices = Devices(browser)
    device = devices.take()
    for last in ("about:blank", "http://127.0.0.1:1/"):
        device.open(f"{server.url}/", PHONE).evaluate("localStorage.a = 1")
        with suppress(Error):
            device.page.goto(last)
        devices.give_back()
        assert devices.take() is device
    assert device.open(f"{server.url}/", PHONE).evaluate("localStorage.length") == 0
    device.context.close()
