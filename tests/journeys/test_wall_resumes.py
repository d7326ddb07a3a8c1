"""The socket is cut while the city goes on: the screens say since when, and miss nothing afterwards."""

import json
import re
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, WebSocketRoute, expect

from tests.journeys.running_stack import RunningStack
from tests.journeys.scene import cancelled, people, report
from tests.journeys.seats import DESK, SLOW, WALL, Seats

pytestmark = [pytest.mark.xdist_group("stack"), pytest.mark.maps]
REPORTS = 12
CUT_SECONDS = 20


@dataclass
class Wire:
    """Stands between the pages and the live process; can be cut and joined, and notes what passes."""

    joined: bool = True
    open: list[WebSocketRoute] = field(default_factory=list)
    asked: list[dict[str, Any]] = field(default_factory=list)
    """The hello of each connection that a page made."""
    frames: list[dict[str, Any]] = field(default_factory=list)

    def lay(self, context: BrowserContext) -> None:
        context.route_web_socket(re.compile(r"/ws$"), self._opened)

    def cut(self) -> None:
        self.joined = False
        for socket in self.open:
            socket.close(code=1001, reason="cut")
        self.open.clear()

    def join(self) -> None:
        self.joined = True

    def _opened(self, socket: WebSocketRoute) -> None:
        if not self.joined:
            socket.close(code=1001, reason="cut")
            return
        server = socket.connect_to_server()
        self.open += [socket, server]

        def up(message: str | bytes) -> None:
            self.asked.append(json.loads(message))
            server.send(message)

        def down(message: str | bytes) -> None:
            if not self.joined:
                return
            self.frames.append(json.loads(message))
            socket.send(message)

        socket.on_message(up)
        server.on_message(down)

    def brought(self, kind: str, change: str) -> list[int]:
        """Ids of what the updates of one kind of change were about, in the order they came."""
        items = [item for frame in self.frames if frame["type"] == "updates" for item in frame["items"]]
        found = [item["payload"] for item in items if item["type"] == kind]
        return [payload["id"] for payload in found if payload["change"] == change]


def open_count(wall: Page) -> int:
    """What the wall says is in hand now."""
    return int(wall.locator(".tiles .tile").nth(1).locator(".value").inner_text())


def test_what_happens_while_the_socket_is_cut_is_shown_once_afterwards(seats: Seats, stack: RunningStack) -> None:
    wire, desk_wire = Wire(), Wire()
    wall, desk = seats.empty(WALL), seats.empty(DESK)
    wire.lay(wall.context)
    desk_wire.lay(desk.context)
    seats.sign_in(wall, "wall")
    seats.sign_in(desk, "acceptor")
    chip, desk_chip = wall.locator(".header .chip"), desk.locator(".bar .chip")
    expect(chip).to_have_class(re.compile("live"), timeout=SLOW)
    expect(desk_chip).to_have_class(re.compile("live"), timeout=SLOW)
    expect(wall.locator(".tiles .tile.pending")).to_have_count(0, timeout=SLOW)
    before = open_count(wall)

    wire.cut()
    desk_wire.cut()
    expect(chip).to_contain_text("数据停在", timeout=SLOW)
    expect(desk_chip).to_contain_text("数据停在", timeout=SLOW)
    with people(stack) as cast:
        made = [report(cast.worker, f"断线期间第 {number} 件") for number in range(1, REPORTS + 1)]
        # The length of the cut is what is tried here, so this once the clock is waited for.
        wall.wait_for_timeout(CUT_SECONDS * 1000)
        expect(wall.get_by_text("可能有未显示的新告警")).to_be_visible(timeout=SLOW)

        wire.join()
        desk_wire.join()
        expect(chip).to_have_class(re.compile("live"), timeout=SLOW)
        expect(desk_chip).to_have_class(re.compile("live"), timeout=SLOW)
        ids = [event["id"] for event in made]
        expect(wall.locator(".tiles .tile").nth(1).locator(".value")).to_have_text(str(before + REPORTS), timeout=SLOW)
        for event_id in ids:
            expect(desk.locator(f"#line-event\\:{event_id}")).to_have_count(1, timeout=SLOW)
        for event in made:
            cancelled(cast, event)
        expect(wall.locator(".tiles .tile").nth(1).locator(".value")).to_have_text(str(before), timeout=SLOW)

    for heard in (wire, desk_wire):
        assert [hello["through"] is not None for hello in heard.asked if hello["type"] == "hello"][-1]
        assert [frame for frame in heard.frames if frame["type"] == "reset"] == []
        assert [one for one in heard.brought("event.changed", "report") if one in ids] == ids
    assert seats.trouble == []
