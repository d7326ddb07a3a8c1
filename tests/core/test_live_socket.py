"""The socket itself: who may open it, when it ends, and a page that is cut off and a process that is killed."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
import websockets
from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.db import connection
from websockets.typing import Origin

from accounts import live_identity
from accounts.models import Grant, Session, User
from accounts.sessions import SessionStore
from core import redis as redis_clients
from core.live import consumer as consumer_module
from core.live import latest
from core.live.consumer import LiveConsumer
from core.live.control import end_sockets_of
from core.live.publish import publish
from core.live.relay import Relay
from core.live.service import service, stop_service
from core.live.snapshot import position
from tests.core.live_fakes import PageSocket, ThingChanged

pytestmark = pytest.mark.django_db(transaction=True)
AREA = "c.d"


@pytest.fixture(autouse=True)
def _clean_redis() -> Iterator[None]:
    yield
    names = redis_clients.client().keys(redis_clients.key("live", "*"))
    if names:
        redis_clients.client().delete(*names)


@pytest.fixture(autouse=True)
def _relay() -> Iterator[None]:
    stop = threading.Event()
    relay = Relay(stop)
    worker = threading.Thread(target=relay.run)
    worker.start()
    yield
    stop.set()
    worker.join(10)


@pytest.fixture
def user() -> User:
    found = User.objects.create_user("limin", "river-lantern-42", name="李敏")
    Grant.objects.create(user=found, role="acceptor", area_path=AREA, area_level="district", area_key=1)
    return found


def signed_in(user: User) -> str:
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store.create()
    return str(store.session_key)


def open_page(session_key: str = "", origin: str = "http://testserver") -> PageSocket:
    headers = [(b"host", b"testserver"), (b"origin", origin.encode())]
    if session_key:
        headers.append((b"cookie", f"{settings.SESSION_COOKIE_NAME}={session_key}".encode()))
    return PageSocket(LiveConsumer.as_asgi(), headers)


@asynccontextmanager
async def page_of(session_key: str, **hello: str | None) -> AsyncIterator[PageSocket]:
    page = open_page(session_key)
    assert await page.connect()
    await page.say(json.dumps({"type": "hello", "epoch": None, "through": None, **hello}))
    try:
        yield page
    finally:
        await page.leave()


def play(act: Callable[[], Awaitable[None]]) -> None:
    async def run() -> None:
        try:
            await act()
        finally:
            await stop_service()

    asyncio.run(run())


@sync_to_async
def tell(version: int, area: str = AREA) -> None:
    publish(ThingChanged(id=1, version=version), after=frozenset({f"area:{area}"}))


def test_a_page_of_another_site_cannot_open_the_socket(user):
    session_key = signed_in(user)

    async def act() -> None:
        for origin in ("http://evil.example", "", "null", "http://testserver.evil.example"):
            assert not await open_page(session_key, origin).connect()

    play(act)


def test_without_a_session_the_socket_says_so_and_ends(user):
    async def act() -> None:
        for session_key in ("", "no-such-session"):
            page = open_page(session_key)
            assert await page.connect()
            assert await page.close_code() == 4401

    play(act)


def test_a_committed_update_reaches_the_page_and_a_foreign_one_does_not(user):
    session_key = signed_in(user)

    async def act() -> None:
        async with page_of(session_key) as page:
            hello = await page.frame("hello")
            assert (hello["heartbeat_seconds"], bool(hello["epoch"])) == (5, True)
            await tell(1, area="c.other")
            await tell(2)
            updates = await page.frame("updates")
            assert [(i["type"], i["payload"]) for i in updates["items"]] == [("thing.changed", {"id": 1, "version": 2})]
            assert updates["through"] == updates["items"][-1]["id"]

    play(act)


def test_a_page_that_comes_back_gets_what_it_missed_and_nothing_twice(user):
    session_key = signed_in(user)

    async def act() -> None:
        async with page_of(session_key) as page:
            hello = await page.frame("hello")
            await tell(1)
            through = (await page.frame("updates"))["through"]
        await tell(2)
        await tell(3)
        seen: list[int] = []
        async with page_of(session_key, epoch=hello["epoch"], through=through) as page:
            while not seen or seen[-1] != 3:
                seen += [i["payload"]["version"] for i in (await page.frame("updates"))["items"]]
        assert seen == [2, 3]

    play(act)


def test_a_snapshot_and_the_updates_after_it_leave_no_gap(user):
    session_key = signed_in(user)

    async def act() -> None:
        await tell(1)
        snapshot = await sync_to_async(position)()
        await tell(2)
        async with page_of(session_key, epoch=snapshot.epoch, through=snapshot.as_of) as page:
            seen: set[int] = set()
            while 2 not in seen:
                seen |= {i["payload"]["version"] for i in (await page.frame("updates", "reset")).get("items", [])}
        assert seen <= {1, 2}

    play(act)


def test_a_lost_redis_makes_every_page_fetch_again(user):
    session_key = signed_in(user)

    async def act() -> None:
        async with page_of(session_key) as page:
            hello = await page.frame("hello")
            redis_clients.client().delete(*redis_clients.client().keys(redis_clients.key("live", "*")))
            reset = await page.frame("reset")
            assert (reset["reason"], reset["epoch"] != hello["epoch"]) == ("epoch", True)
            await tell(9)
            assert (await page.frame("updates"))["items"][0]["payload"]["version"] == 9

    play(act)


def test_signing_out_closes_the_socket(user):
    session_key = signed_in(user)

    async def act() -> None:
        async with page_of(session_key) as page:
            await page.frame("hello")
            await sync_to_async(end_sockets_of)(user_id=user.pk, reason="session_ended", session_key=session_key)
            assert await page.close_code() == 4401

    play(act)


def test_changed_rights_close_the_socket(user):
    session_key = signed_in(user)

    async def act() -> None:
        async with page_of(session_key) as page:
            await page.frame("hello")
            await sync_to_async(end_sockets_of)(user_id=user.pk, reason="rights_changed")
            assert await page.close_code() == 4403

    play(act)


def test_a_session_that_expired_without_a_word_is_found_by_the_check(user):
    session_key = signed_in(user)

    async def act() -> None:
        async with page_of(session_key) as page:
            await page.frame("hello")
            await sync_to_async(Session.objects.filter(session_key=session_key).delete)()
            await service().check_sessions()
            assert await page.close_code() == 4401

    play(act)


def test_a_grant_taken_without_a_word_is_found_by_the_check(user):
    session_key = signed_in(user)

    async def act() -> None:
        async with page_of(session_key) as page:
            await page.frame("hello")
            await service().check_sessions()
            await sync_to_async(Grant.objects.filter(user=user).delete)()
            await service().check_sessions()
            assert await page.close_code() == 4403

    play(act)


def test_the_check_takes_two_statements_however_many_sockets(user, django_assert_num_queries):
    keys = [signed_in(user) for _ in range(5)]
    with django_assert_num_queries(2):
        assert set(live_identity.identities(keys)) == set(keys)


def test_a_pump_that_dies_closes_the_socket(user, monkeypatch):
    session_key = signed_in(user)

    async def act() -> None:
        async with page_of(session_key) as page:
            await page.frame("hello")

            def broken(*_: Any) -> None:
                raise RuntimeError("boom")

            monkeypatch.setattr(service().hub, "_updates", broken)
            await tell(1)
            assert await page.close_code() == 1011

    play(act)


def test_a_page_that_says_nothing_or_nonsense_is_closed(user, monkeypatch):
    session_key = signed_in(user)
    monkeypatch.setattr(consumer_module, "HELLO_SECONDS", 0.1)

    async def act() -> None:
        for text in (None, "not json", '{"type": "subscribe"}', "x" * 2000):
            page = open_page(session_key)
            await page.connect()
            if text is not None:
                await page.say(text)
            assert await page.close_code() == 1008

    play(act)


def test_latest_values_reach_those_who_may_see_them(user):
    session_key = signed_in(user)
    latest.latest_type("thing.position")

    async def act() -> None:
        async with page_of(session_key) as page:
            await page.frame("hello")
            for lng, area in ((1, AREA), (2, "c.other"), (3, AREA)):
                latest.publish_latest("thing.position", area, {"lng": lng}, frozenset({f"area:{area}"}))
            found = await page.frame("latest")
            assert found["items"] == [{"type": "thing.position", "payload": {"lng": 3}}]

    play(act)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start_live(port: int) -> subprocess.Popen[bytes]:
    """The real process, on this test's database and prefix."""
    program = (
        "import django; django.setup()\n"
        "from django.conf import settings\n"
        f"settings.REDIS_PREFIX = {settings.REDIS_PREFIX!r}\n"
        "from django.db import connections\n"
        f"connections['default'].settings_dict['NAME'] = {connection.settings_dict['NAME']!r}\n"
        "import tests.core.live_fakes, uvicorn\n"
        f"uvicorn.run('config.asgi:application', port={port}, ws='websockets-sansio', log_level='error')\n"
    )
    process = subprocess.Popen([sys.executable, "-c", program], env=os.environ.copy())
    until = time.monotonic() + 20
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return process
        time.sleep(0.05)
    raise TimeoutError("the live process does not listen")


def test_a_killed_live_process_loses_and_doubles_nothing(user):
    session_key, port = signed_in(user), free_port()
    process = start_live(port)
    seen: list[int] = []

    async def watch(until: int) -> None:
        epoch = through = None
        while not seen or seen[-1] < until:
            try:
                async with websockets.connect(
                    f"ws://127.0.0.1:{port}/ws",
                    origin=Origin(f"http://127.0.0.1:{port}"),
                    additional_headers={"Cookie": f"{settings.SESSION_COOKIE_NAME}={session_key}"},
                ) as link:
                    await link.send(json.dumps({"type": "hello", "epoch": epoch, "through": through}))
                    async for text in link:
                        found = json.loads(text)
                        assert found["type"] != "reset"
                        epoch, through = found.get("epoch", epoch), found.get("through", through)
                        seen.extend(item["payload"]["version"] for item in found.get("items", []))
                        if seen and seen[-1] >= until:
                            return
            except (OSError, websockets.WebSocketException):
                await asyncio.sleep(0.1)

    async def act() -> None:
        nonlocal process
        watching = asyncio.create_task(watch(60))
        await asyncio.sleep(1.0)
        for version in range(1, 61):
            await tell(version)
            await asyncio.sleep(0.02)
            if version == 30:
                process.send_signal(signal.SIGKILL)
                process.wait()
                process = await asyncio.to_thread(start_live, port)
        await asyncio.wait_for(watching, 30)

    try:
        asyncio.run(act())
    finally:
        process.kill()
        process.wait()
    assert seen == list(range(1, 61))
