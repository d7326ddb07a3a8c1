"""A screen on a wall for one test: paired through the pages, revoked when the test is over."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from secrets import token_hex
from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys.running_stack import RunningStack
from tests.journeys.seats import SLOW, Seats, until

PAIRED = re.compile(r"\d{3} \d{3}")


@dataclass
class Wall:
    """The screen's page, and the wall as its remote control knows it."""

    page: Page
    id: int
    name: str
    stack: RunningStack

    def do(self, command: str, **given: Any) -> Any:
        """What a remote control sends, by the duty chief."""
        return self.stack.cast.chief.post(f"/walls/{self.id}/command", do=command, **given)

    def detail(self) -> Any:
        return self.stack.cast.chief.get(f"/walls/{self.id}")

    def set(self, **values: Any) -> Any:
        chief = self.stack.cast.chief
        return chief.patch(f"/walls/{self.id}", version=self.detail()["wall"]["version"], **values)

    def revoke(self) -> None:
        wall = self.detail()["wall"]
        if wall["state"] == "active":
            self.stack.cast.chief.post(f"/walls/{self.id}/revoke", version=wall["version"])


def shown_code(page: Page) -> str:
    """The six digits on the screen."""
    digits = page.locator("[data-code]")
    expect(digits).to_have_text(PAIRED, timeout=SLOW)
    return digits.inner_text().replace(" ", "")


@contextmanager
def paired_wall(seats: Seats, stack: RunningStack, size: dict[str, int], query: str = "") -> Iterator[Wall]:
    """A screen of this size that was paired; its picture stands when this returns."""
    page = seats.empty(size)
    page.goto(f"/wall{query}")
    name = f"试验屏 {token_hex(3)}"
    chief = stack.cast.chief
    district = chief.get("/session")["district"]["path"]
    made = chief.post("/walls/pair", code=shown_code(page), name=name, area_path=district)
    wall = Wall(page, made["wall"]["id"], name, stack)
    try:
        stands(page)
        yield wall
    finally:
        wall.revoke()


def stands(page: Page) -> None:
    """The wall shows its figures, its map is drawn, and it hears the city."""
    expect(page.locator(".header .chip.live")).to_be_visible(timeout=SLOW)
    expect(page.locator(".tiles .tile.pending")).to_have_count(0, timeout=SLOW)
    until(page, "window.__ready === true")
