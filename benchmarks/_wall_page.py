"""A wall in a browser for `bench-wall`: paired like any other, with its socket passed through our hands."""

import json
import re
import time
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import CDPSession, Page, WebSocketRoute
from playwright.sync_api import Error as PageError

SLOW_MS = 150_000
RENDERER = """
(() => {
  const gl = document.createElement('canvas').getContext('webgl2')
  const told = gl && gl.getExtension('WEBGL_debug_renderer_info')
  return told ? gl.getParameter(told.UNMASKED_RENDERER_WEBGL) : 'none'
})()
"""
# When each number of open events was first drawn, by the page's own clock.
WATCH = """
window.__drawn = {}
const tile = document.querySelectorAll('.tiles .tile .value')[1]
const note = () => { const value = tile.textContent.replace(/,/g, ''); window.__drawn[value] ??= Date.now() }
new MutationObserver(note).observe(tile, {childList: true, characterData: true, subtree: true})
note()
"""


@dataclass
class Wire:
    """Stands between the page and the live process: may be cut, and may say things of its own."""

    joined: bool = True
    pages: list[WebSocketRoute] = field(default_factory=list)
    servers: list[WebSocketRoute] = field(default_factory=list)
    reported: list[int] = field(default_factory=list)
    """Ids of the reported events that reached the page, in the order they came."""
    resets: int = 0
    sample: dict[str, Any] | None = None
    """An `event.changed` as the server sent it."""

    def lay(self, page: Page) -> None:
        page.context.route_web_socket(re.compile(r"/ws$"), self._opened)

    def cut(self) -> None:
        self.joined = False
        for socket in [*self.pages, *self.servers]:
            socket.close(code=1001, reason="cut")
        self.pages.clear()
        self.servers.clear()

    def say(self, frame: dict[str, Any]) -> None:
        for page in self.pages:
            page.send(json.dumps(frame))

    def _opened(self, socket: WebSocketRoute) -> None:
        if not self.joined:
            socket.close(code=1001, reason="cut")
            return
        server = socket.connect_to_server()
        self.pages.append(socket)
        self.servers.append(server)

        def down(message: str | bytes) -> None:
            if not self.joined:
                return
            self._note(json.loads(message))
            socket.send(message)

        socket.on_message(server.send)
        server.on_message(down)

    def _note(self, frame: dict[str, Any]) -> None:
        self.resets += frame["type"] == "reset"
        for item in frame.get("items", ()) if frame["type"] == "updates" else ():
            if item["type"] == "event.changed":
                self.sample = item
                if item["payload"]["change"] == "report":
                    self.reported.append(item["payload"]["id"])


def wait_for(page: Page, condition: str, seconds: float = SLOW_MS / 1000) -> float:
    """Seconds until the page's own condition holds. (Playwright's waiting compiles code, which our pages forbid.)"""
    begun = time.perf_counter()
    while not _holds(page, condition):
        if time.perf_counter() - begun > seconds:
            raise TimeoutError(condition)
        page.wait_for_timeout(50)
    return time.perf_counter() - begun


def _holds(page: Page, condition: str) -> bool:
    """A page that is just being loaded anew, as after its pairing, holds nothing yet."""
    try:
        return bool(page.evaluate(condition))
    except PageError:
        return False


def open_count(page: Page) -> int:
    return int(page.locator(".tiles .tile .value").nth(1).inner_text().replace(",", ""))


def heap_megabytes(page: Page, devtools: CDPSession) -> float:
    """What the page still holds after its rubbish was taken away."""
    devtools.send("HeapProfiler.collectGarbage")
    used: float = page.evaluate("performance.memory.usedJSHeapSize")
    return used / 1e6
