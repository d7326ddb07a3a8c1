"""Who sits where: one browser context for each person, watched for what no page may do."""

import json
import re
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect

from tests.journeys.running_stack import Pass, RunningStack

SLOW = 150_000
"""Milliseconds that a loaded machine may take for what a quick one does at once."""
WALL = {"width": 1920, "height": 1080}
DESK = {"width": 1600, "height": 900}
PHONE = {"width": 390, "height": 844}
PHOTO_NAME = "现场.jpg"

# What the page's sockets bring, with the time of arrival, for the tests to read; and the keys that reached the page.
EARS = """
window.__heard = []
window.__pressed = []
addEventListener('keydown', ({ key, ctrlKey, target }) => {
  window.__pressed.push(`${ctrlKey ? 'Ctrl+' : ''}${key} in ${target.tagName.toLowerCase()}`)
}, true)
window.WebSocket = class extends window.WebSocket {
  constructor(...args) {
    super(...args)
    this.addEventListener('message', (message) => {
      const frame = JSON.parse(message.data)
      const items = frame.type === 'updates' ? frame.items : []
      window.__heard.push(...items.map((item) => ({ ...item, arrived: Date.now() })))
    })
  }
}
"""

# What a person would tell who is asked what is on the screen.
SIGHT = """
() => {
  const text = (found) => found.innerText.replace(/\\s+/g, ' ').trim().slice(0, 300)
  const seen = (found) => found.checkVisibility()
  const all = (what) => [...document.querySelectorAll(what)].filter(seen).map(text).filter(Boolean)
  const focus = document.activeElement
  return {
    focus: `${focus.tagName.toLowerCase()} ${focus.getAttribute('aria-label') ?? text(focus).slice(0, 40)}`,
    heads: all('h2'), states: all('[data-state]').slice(0, 3), said: all('[role=alert], [role=status]'),
    dialogs: all('dialog[open]'), forms: all('form'), buttons: all('section.panel .buttons button'),
    pressed: window.__pressed.slice(-12),
  }
}
"""


class Album:
    """Pictures of a run, numbered in the order in which they were taken; those of the run before are thrown away."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._taken = 0
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("*.png"):
            old.unlink()

    def take(self, page: Page, name: str) -> None:
        self._taken += 1
        page.screenshot(path=self.folder / f"{self._taken:02d}-{name}.png", timeout=SLOW)


class Seats:
    """Opens pages for people; `trouble` collects every error on them and every request that leaves the platform."""

    def __init__(self, browser: Browser, stack: RunningStack) -> None:
        self.stack = stack
        self.trouble: list[str] = []
        self.pages: list[Page] = []
        self._browser = browser
        self._open = ExitStack()

    def __enter__(self) -> "Seats":
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def empty(self, size: dict[str, int], **options: Any) -> Page:
        """A page before anybody has signed in."""
        context = self._browser.new_context(
            base_url=self.stack.address,
            viewport=size,  # type: ignore[arg-type]  # a mapping with the two keys it wants
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            # Without a graphics card, flashing rows alone would take a whole core.
            reduced_motion="reduce",
            **options,
        )
        self._open.callback(_close, context)
        context.set_default_timeout(SLOW)
        context.add_init_script(EARS)
        page = context.new_page()
        page.on("pageerror", lambda error: self.trouble.append(f"{page.url}: {error}"))
        page.on("console", lambda message: self._note(page, message))
        page.on("request", self._watch)
        self.pages.append(page)
        return page

    def seat(self, username: str, size: dict[str, int], **options: Any) -> Page:
        """The person's own page: the first in a run signs in, the others come with that session."""
        page = self.empty(size, **options)
        if known := self.stack.passes.get(username):
            page.context.add_cookies(known.cookies)
            page.goto(known.home)
            return page
        self.sign_in(page, username)
        self.stack.passes[username] = Pass(page.context.cookies(), page.url)
        return page

    def sign_in(self, page: Page, username: str) -> None:
        page.goto("/sign-in")
        self.give_password(page, username)
        page.wait_for_url(lambda address: "/sign-in" not in address)

    def give_password(self, page: Page, username: str) -> None:
        """Fill in and send whichever sign-in form the page shows."""
        page.locator("input[name=username]").fill(username)
        page.locator("input[name=password]").fill(self.stack.accounts[username]["password"])
        page.locator("input[name=password]").press("Enter")

    def phone(self, username: str, place: dict[str, float]) -> Page:
        """A phone in somebody's hand at the place; it tells its position."""
        return self.seat(
            username,
            PHONE,
            device_scale_factor=2,
            is_mobile=True,
            has_touch=True,
            permissions=["geolocation"],
            geolocation={"longitude": place["lng"], "latitude": place["lat"], "accuracy": 8},
        )

    def sights(self) -> Iterator[str]:
        """What stands on each page now: for the report of a journey that failed, on a machine where nobody looks."""
        for number, page in enumerate(self.pages):
            with suppress(Exception):
                yield f"page {number} at {page.url}: {json.dumps(page.evaluate(SIGHT), ensure_ascii=False)}"
        yield from self.trouble

    def _note(self, page: Page, message: ConsoleMessage) -> None:
        address = message.location.get("url", "")
        # A page says whom it shows every five seconds; the event may leave its sight between two of them.
        said_too_late = "404" in message.text and address.endswith("/presence")
        if message.type == "error" and not said_too_late:
            self.trouble.append(f"{page.url}: {message.text} {address}")

    def _watch(self, request: Request) -> None:
        there = urlsplit(request.url)
        if there.scheme not in {"data", "blob"} and there.netloc != urlsplit(self.stack.address).netloc:
            self.trouble.append(f"left the platform: {request.url}")


def _close(context: BrowserContext) -> None:
    with suppress(Exception):
        context.close()


def until(page: Page, condition: str) -> None:
    """Wait for a condition in the page's own words. (Playwright's waiting compiles code, which our pages forbid.)"""
    end = time.monotonic() + SLOW / 1000
    while not page.evaluate(condition):
        assert time.monotonic() < end, f"not so within {SLOW / 1000:.0f} s: {condition}"
        page.wait_for_timeout(200)


def form(page: Page, name: str) -> Any:
    """The open form of a move."""
    found = page.get_by_role("form", name=name, exact=True)
    expect(found).to_be_visible(timeout=SLOW)
    return found


def begin(page: Page, name: str) -> Any:
    """Press the button of a move and return its form."""
    named = re.compile(rf"^\s*{re.escape(name)}(\s|$)")  # 结案 is not 不予结案; a key may stand behind the name
    page.locator("section.panel .buttons").get_by_role("button", name=named).click()
    return form(page, name)


def choose(form: Any, label: str, words: str) -> None:
    """Choose the option that holds the words; it may still have to come."""
    option = form.get_by_label(label).locator("option", has_text=words).first
    expect(option).to_be_attached(timeout=SLOW)
    form.get_by_label(label).select_option(option.get_attribute("value"))


def send(form: Any) -> None:
    form.locator("button[type=submit]").click()


def expect_state(page: Page, state: str) -> None:
    """The event (or alert) being read at the desk has come to this state."""
    expect(page.locator(f'.centre header .tag[data-state="{state}"]')).to_be_visible(timeout=SLOW)
