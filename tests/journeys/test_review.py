"""What cameras found is judged by keyboard alone: one key each, taken back by another, and never twice."""

import pytest
from playwright.sync_api import Page, expect

from simulator.loop.client import Browser, Json
from tests.journeys.running_stack import RunningStack
from tests.journeys.scene import NAME, Scene, watched_place
from tests.journeys.seats import DESK, SLOW, Seats, until

pytestmark = pytest.mark.xdist_group("stack")

LEAVES_AFTER = 12_000
"""Milliseconds after which a judgement can no longer be taken back, and has left."""


def finding_of(who: Browser, scene: Scene) -> Json:
    """The open alert of the scene's camera, as the queue lists it."""
    cards: list[Json] = who.get("/review")["cards"]
    found = [card for card in cards if card["camera_id"] == scene.camera["id"]]
    return found[0]["alerts"][0] if found else {}


def is_found(page: Page, scene: Scene) -> None:
    """Until the detector has raised it."""
    camera = scene.camera["id"]
    until(
        page,
        "window.fetch('/api/v1/review').then((got) => got.json())"
        f".then((queue) => queue.cards.some((card) => card.camera_id === {camera}))",
    )


def turn_to(page: Page, name: str) -> None:
    """Others may wait as well: they are left for later, by key, until this one is there."""
    expect(page.locator("aside")).to_be_visible(timeout=SLOW)
    for _ in range(40):
        if name in page.locator("aside dl").inner_text():
            break
        page.keyboard.press("s")
        page.wait_for_timeout(150)
    expect(page.locator("aside dl")).to_contain_text(name, timeout=SLOW)


def test_a_finding_is_dismissed_by_one_key_and_taken_back_by_another(seats: Seats, stack: RunningStack) -> None:
    with watched_place(stack) as scene:
        page = seats.seat("dispatcher", DESK)
        is_found(page, scene)
        scene.rest()
        alert = finding_of(scene.cast.dispatcher, scene)
        page.goto("/review")
        turn_to(page, NAME)
        until(page, "document.querySelector('.picture img')?.naturalWidth > 0")
        expect(page.locator("aside")).to_contain_text("须由人核实")

        page.keyboard.press("n")
        expect(page.locator(".progress")).to_contain_text("本次已判定 1 张")
        page.keyboard.press("u")
        expect(page.locator("aside dl")).to_contain_text(NAME, timeout=SLOW)
        expect(page.locator(".progress")).to_contain_text("本次已判定 0 张")
        page.wait_for_timeout(LEAVES_AFTER)
        assert scene.cast.dispatcher.get(f"/alerts/{alert['id']}")["state"] == "open"

        page.keyboard.press("2")
        page.wait_for_timeout(LEAVES_AFTER)
        told = scene.cast.dispatcher.get(f"/alerts/{alert['id']}")
        assert (told["state"], told["decision_reason"]) == ("dismissed", "allowed")
    assert seats.trouble == []


def test_two_who_look_at_one_finding_see_each_other_and_only_one_decides(seats: Seats, stack: RunningStack) -> None:
    with watched_place(stack) as scene:
        first, second = seats.seat("dispatcher", DESK), seats.seat("chief", DESK)
        is_found(first, scene)
        scene.rest()
        alert = finding_of(scene.cast.dispatcher, scene)
        first.goto("/review")
        turn_to(first, NAME)
        first.wait_for_timeout(500)
        second.goto("/review")
        turn_to(second, NAME)
        name = stack.accounts["dispatcher"]["name"]
        expect(second.locator("aside .held")).to_contain_text(name, timeout=SLOW)

        first.keyboard.press("y")
        second.wait_for_timeout(1500)
        second.keyboard.press("3")
        expect(second.get_by_role("alert")).to_contain_text(NAME, timeout=SLOW)
        told = scene.cast.dispatcher.get(f"/alerts/{alert['id']}")
        assert told["state"] == "confirmed"
        event = scene.cast.acceptor.get(f"/events/{told['event_id']}")
        scene.cast.acceptor.post(f"/events/{event['id']}/moves/reject", version=event["version"], reason="演练结束。")
    assert seats.trouble == []
