"""Many pages in one process: sockets that read frames with as little work as possible, and keep the books.

Told what to do by lines on standard input (connect, cut, report, quit); answers with JSON lines. Each socket does what
a page does: it keeps `through`, comes back with it after a cut, and applies an item only when its version is newer.
"""

import argparse
import asyncio
import json
import os
import random
import resource
import sys
import time
from array import array
from pathlib import Path
from typing import Any

CONNECTING_AT_ONCE = 60
LATEST_SECONDS = 30.0


class Books:
    """What all sockets of this process have seen."""

    def __init__(self) -> None:
        self.latencies = array("d")
        self.lost = self.repeated = self.deliveries = self.resets = self.closed = 0
        self.recoveries: list[float] = []


class Page(asyncio.Protocol):
    def __init__(self, crowd: "Crowd", cookie: str) -> None:
        self.crowd, self.cookie = crowd, cookie
        self.transport: asyncio.Transport | None = None
        self.buffer = bytearray()
        self.is_open = False
        self.held = 0
        self.epoch: str | None = None
        self.through: str | None = None
        self.lost_at = 0.0
        self.greeted = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        port = self.crowd.port
        transport.write(
            f"GET /ws HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
            f"Origin: http://127.0.0.1:{port}\r\nCookie: {self.cookie}\r\n\r\n".encode()
        )

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        if not self.is_open:
            end = self.buffer.find(b"\r\n\r\n")
            if end < 0:
                return
            if not self.buffer.startswith(b"HTTP/1.1 101"):
                if self.transport is not None:
                    self.transport.abort()
                return
            del self.buffer[: end + 4]
            self.is_open = True
            self._say(json.dumps({"type": "hello", "epoch": self.epoch, "through": self.through}))
        while (frame := self._take_frame()) is not None:
            self._read(*frame)

    def _take_frame(self) -> tuple[int, bytes] | None:
        buffer = self.buffer
        if len(buffer) < 2:
            return None
        size, start = buffer[1] & 0x7F, 2
        if size >= 126:
            width = 2 if size == 126 else 8
            if len(buffer) < 2 + width:
                return None
            size, start = int.from_bytes(buffer[2 : 2 + width], "big"), 2 + width
        if len(buffer) < start + size:
            return None
        frame = (buffer[0] & 0x0F, bytes(buffer[start : start + size]))
        del buffer[: start + size]
        return frame

    def _read(self, opcode: int, payload: bytes) -> None:
        if opcode == 9:
            self._send(0x8A, payload)
        elif opcode == 8:
            self.crowd.books.closed += 1
        elif opcode == 1:
            self._frame(json.loads(payload))

    def _frame(self, frame: dict[str, Any]) -> None:
        books = self.crowd.books
        if not self.greeted.done():
            self.greeted.set_result(None)
        if self.lost_at and frame["type"] != "hello":
            books.recoveries.append(time.monotonic() - self.lost_at)
            self.lost_at = 0.0
        self.through = frame.get("through", self.through)
        self.epoch = frame.get("epoch", self.epoch)
        if frame["type"] == "reset":
            books.resets += 1
        now = time.monotonic()
        for item in frame.get("items", ()):
            payload = item["payload"]
            version = payload["version"]
            if version <= self.held:
                books.repeated += 1
                continue
            if self.held:
                books.lost += version - self.held - 1
            self.held = version
            books.deliveries += 1
            books.latencies.append(now - payload["sent"])

    def _say(self, text: str) -> None:
        self._send(0x81, text.encode())

    def _send(self, head: int, payload: bytes) -> None:
        """A masked frame, as the standard asks of a browser; the mask is zero."""
        if self.transport is not None and not self.transport.is_closing():
            size = len(payload)
            length = bytes([0x80 | size]) if size < 126 else bytes([0x80 | 126]) + size.to_bytes(2, "big")
            self.transport.write(bytes([head]) + length + b"\0\0\0\0" + payload)

    def connection_lost(self, error: Exception | None) -> None:
        self.transport = None
        self.is_open = False
        self.buffer.clear()
        self.lost_at = self.lost_at or time.monotonic()
        self.crowd.ended(self)


class Crowd:
    def __init__(self, port: int, cookies: list[str], count: int) -> None:
        self.port = port
        self.books = Books()
        self.pages = [Page(self, cookies[number % len(cookies)]) for number in range(count)]
        self.is_cut = True
        self._gate = asyncio.Semaphore(CONNECTING_AT_ONCE)
        self._tasks: set[asyncio.Task[None]] = set()

    async def connect(self) -> None:
        self.is_cut = False
        await asyncio.gather(*(self._open(page) for page in self.pages))

    def cut(self) -> None:
        self.is_cut = True
        for page in self.pages:
            if page.transport is not None:
                page.transport.abort()

    def ended(self, page: Page) -> None:
        if not self.is_cut:
            task = asyncio.get_running_loop().create_task(self._come_back(page))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _come_back(self, page: Page) -> None:
        await asyncio.sleep(random.uniform(0.1, 1.0))
        if not self.is_cut:
            await self._open(page)

    async def _open(self, page: Page) -> None:
        loop = asyncio.get_running_loop()
        async with self._gate:
            page.greeted = loop.create_future()
            while not self.is_cut and page.transport is None:
                try:
                    await loop.create_connection(lambda: page, "127.0.0.1", self.port)
                except OSError:
                    await asyncio.sleep(random.uniform(0.2, 0.6))
            try:
                await asyncio.wait_for(asyncio.shield(page.greeted), 10)
            except TimeoutError:
                if page.transport is not None:
                    page.transport.abort()

    async def settle(self, expected: int) -> None:
        """Wait until every page has version `expected`: what comes late is late, not lost. Half a minute at most."""
        until = time.monotonic() + LATEST_SECONDS
        while time.monotonic() < until and any(page.held < expected for page in self.pages):
            await asyncio.sleep(0.1)

    def report(self, expected: int, folder: Path) -> dict[str, Any]:
        """The books, closed: what a page never saw up to version `expected` is lost. Then they begin anew."""
        books, self.books = self.books, Books()
        behind = sum(max(0, expected - page.held) for page in self.pages) if expected else 0
        file = folder / f"latencies-{os.getpid()}"
        file.write_bytes(books.latencies.tobytes())
        return {
            "deliveries": books.deliveries,
            "lost": books.lost + behind,
            "repeated": books.repeated,
            "resets": books.resets,
            "open": sum(page.is_open for page in self.pages),
            "recoveries": sorted(books.recoveries),
            "latencies": str(file),
        }


async def main(port: int, count: int, cookies: Path, folder: Path) -> None:
    loop = asyncio.get_running_loop()
    crowd = Crowd(port, json.loads(cookies.read_text()), count)
    lines = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    while line := (await lines.readline()).decode().split():
        match line:
            case ["connect"]:
                await crowd.connect()
                answer: dict[str, Any] = {"open": sum(page.is_open for page in crowd.pages)}
            case ["cut"]:
                crowd.cut()
                answer = {}
            case ["report", expected]:
                await crowd.settle(int(expected))
                answer = crowd.report(int(expected), folder)
            case _:
                break
        print(json.dumps(answer), flush=True)
    crowd.cut()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--count", type=int, required=True)
    parser.add_argument("--cookies", type=Path, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    arguments = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_NOFILE, (8192, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    asyncio.run(main(arguments.port, arguments.count, arguments.cookies, arguments.folder))
