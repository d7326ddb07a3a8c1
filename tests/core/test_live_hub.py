"""The hub alone: what reaches whom, nothing lost and nothing doubled over cuts, and when a page must fetch again."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.live import latest
from core.live.client import Client, Close, EndSocket
from core.live.hub import Hub
from core.live.latest import latest_of
from core.live.stream import Entry, StreamState, parse_id
from tests.core.live_fakes import MemoryStream, make_entry

SEES_A = frozenset({"area:a"})
SEES_B = frozenset({"area:b"})


class Page:
    """A page: keeps every frame, and `through` as the real one does."""

    def __init__(self, hub: Hub, keys: frozenset[str], user_id: int = 1, session_key: str = "s") -> None:
        self.hub, self.keys, self.user_id, self.session_key = hub, keys, user_id, session_key
        self.frames: list[dict[str, Any]] = []
        self.epoch: str | None = None
        self.through: str | None = None
        self.closed: Close | None = None
        self.client: Client | None = None
        self.task: asyncio.Task[None] | None = None

    async def connect(self) -> None:
        self.closed = None
        self.client = await self.hub.attach(
            keys=self.keys,
            user_id=self.user_id,
            session_key=self.session_key,
            epoch=self.epoch,
            through=self.through,
        )
        self.task = asyncio.create_task(self._pump(self.client))
        await settle()

    async def cut(self) -> None:
        if self.task and self.client:
            self.task.cancel()
            self.hub.detach(self.client)
            self.task = self.client = None
            await settle()

    async def _pump(self, client: Client) -> None:
        try:
            while True:
                frame = json.loads(await self.hub.next_frame(client))
                self.frames.append(frame)
                self.through = frame.get("through", self.through)
                self.epoch = frame.get("epoch", self.epoch)
        except EndSocket as end:
            self.closed = end.code

    def beat(self) -> None:
        self.hub.beat([self.client] if self.client else [])

    def kinds(self) -> list[str]:
        return [frame["type"] for frame in self.frames]

    def items(self) -> list[tuple[str, str]]:
        return [(i["id"], i["type"]) for f in self.frames if f["type"] == "updates" for i in f["items"]]


async def settle() -> None:
    for _ in range(25):
        await asyncio.sleep(0)


def arrive(stream: MemoryStream, hub: Hub, *entries: Entry) -> None:
    stream.entries += entries
    hub.arrived(entries)
    if hub._flush is not None:
        hub._flush.cancel()
    hub.flush()


def loaded(stream: MemoryStream, depth: int = 100) -> Hub:
    hub = Hub(stream, depth=depth)
    hub.load(stream.state, list(stream.entries), is_all=True)
    return hub


def live(test: Callable[[], Awaitable[None]]) -> Callable[[], None]:
    """Run an asynchronous test in a loop of its own."""

    def run() -> None:
        asyncio.run(test())  # type: ignore[arg-type]

    run.__name__ = test.__name__
    return run


@live
async def test_an_update_reaches_its_audience_and_nobody_else():
    stream = MemoryStream()
    hub = loaded(stream)
    inside, outside = Page(hub, SEES_A), Page(hub, SEES_B)
    await inside.connect()
    await outside.connect()
    arrive(stream, hub, make_entry(1, after=("area:a",)))
    await settle()
    assert inside.items() == [("1-0", "thing.changed")]
    assert outside.kinds() == ["hello"]


@live
async def test_who_could_see_it_only_before_is_told_that_it_is_gone():
    stream = MemoryStream()
    hub = loaded(stream)
    page = Page(hub, SEES_A)
    await page.connect()
    arrive(stream, hub, make_entry(1, before=("area:a",), after=("area:b",), subject_id=42))
    await settle()
    assert page.frames[-1]["items"][0]["type"] == "gone"
    assert page.frames[-1]["items"][0]["payload"] == {"kind": "thing", "id": 42}


@live
async def test_no_audience_and_an_unknown_type_reach_nobody():
    stream = MemoryStream()
    hub = loaded(stream)
    page = Page(hub, SEES_A)
    await page.connect()
    arrive(stream, hub, make_entry(1), make_entry(2, after=("area:a",), kind="never.registered"))
    await settle()
    assert page.kinds() == ["hello"]


@live
async def test_a_heartbeat_carries_the_position_although_nothing_concerned_the_page():
    stream = MemoryStream()
    hub = loaded(stream)
    page = Page(hub, SEES_A)
    await page.connect()
    arrive(stream, hub, make_entry(5, after=("area:b",)))
    page.beat()
    await settle()
    assert (page.kinds(), page.through) == (["hello", "heartbeat"], "5-0")


@live
async def test_heartbeats_stop_while_the_stream_is_not_read():
    stream = MemoryStream()
    hub = loaded(stream)
    page = Page(hub, SEES_A)
    await page.connect()
    hub.lost()
    page.beat()
    await settle()
    assert page.kinds() == ["hello"]


@live
async def test_updates_while_the_page_was_cut_off_are_replayed():
    stream = MemoryStream()
    hub = loaded(stream)
    page = Page(hub, SEES_A)
    await page.connect()
    arrive(stream, hub, make_entry(1, after=("area:a",)))
    await settle()
    await page.cut()
    arrive(stream, hub, make_entry(2, after=("area:a",)), make_entry(3, after=("area:b",)))
    await page.connect()
    assert [item for item, _ in page.items()] == ["1-0", "2-0"]
    assert stream.reads == 0


@live
async def test_a_page_behind_the_ring_is_replayed_from_the_stream():
    stream = MemoryStream()
    hub = loaded(stream, depth=2)
    page = Page(hub, SEES_A)
    await page.connect()
    await page.cut()
    for number in range(1, 30):
        arrive(stream, hub, make_entry(number, after=("area:a",)))
    await page.connect()
    assert [item for item, _ in page.items()] == [f"{number}-0" for number in range(1, 30)]
    assert stream.reads > 0


@live
async def test_a_page_older_than_the_stream_must_fetch_again():
    stream = MemoryStream()
    hub = loaded(stream, depth=2)
    page = Page(hub, SEES_A)
    await page.connect()
    await page.cut()
    for number in range(1, 30):
        arrive(stream, hub, make_entry(number, after=("area:a",)))
    stream.trim(10)
    await page.connect()
    assert (page.frames[-1]["type"], page.frames[-1]["reason"], page.through) == ("reset", "too_old", "29-0")


@live
async def test_another_epoch_resets_every_page_at_once():
    stream = MemoryStream()
    hub = loaded(stream)
    page = Page(hub, SEES_A)
    await page.connect()
    hub.load(StreamState("two", parse_id("9-0"), parse_id("0-0")), [], is_all=True)
    await settle()
    assert (page.frames[-1]["reason"], page.epoch, page.through) == ("epoch", "two", "9-0")


@live
async def test_a_page_that_comes_back_with_another_epoch_must_fetch_again():
    stream = MemoryStream()
    hub = loaded(stream)
    page = Page(hub, SEES_A)
    page.epoch, page.through = "long ago", "5-0"
    await page.connect()
    assert (page.kinds(), page.frames[-1]["reason"], stream.refreshed) == (["hello", "reset"], "epoch", 1)


@live
async def test_a_position_that_is_none_must_fetch_again():
    stream = MemoryStream()
    hub = loaded(stream)
    page = Page(hub, SEES_A)
    page.epoch, page.through = "one", "1; DROP"
    await page.connect()
    assert page.frames[-1]["reason"] == "too_old"


@live
async def test_a_snapshot_newer_than_this_process_gets_nothing_twice():
    stream = MemoryStream()
    hub = loaded(stream)
    page = Page(hub, SEES_A)
    page.epoch, page.through = "one", "2-0"
    await page.connect()
    arrive(stream, hub, *(make_entry(number, after=("area:a",)) for number in (1, 2, 3)))
    await settle()
    assert [item for item, _ in page.items()] == ["3-0"]


@live
async def test_the_position_never_goes_back():
    stream = MemoryStream()
    hub = loaded(stream)
    page = Page(hub, SEES_A)
    page.epoch, page.through = "one", "9-0"
    await page.connect()
    arrive(stream, hub, make_entry(3, after=("area:a",)))
    page.beat()
    await settle()
    assert page.through == "9-0"


def control(number: int, reason: str, user_id: int = 1, session_key: str | None = None) -> Entry:
    return make_entry(
        number, kind="control", subject_id=user_id, payload={"reason": reason, "session_key": session_key}
    )


@live
async def test_a_session_that_ended_closes_its_sockets_only():
    stream = MemoryStream()
    hub = loaded(stream)
    this, other, somebody = Page(hub, SEES_A), Page(hub, SEES_A, session_key="other"), Page(hub, SEES_A, user_id=2)
    for page in (this, other, somebody):
        await page.connect()
    arrive(stream, hub, control(1, "session_ended", session_key="s"))
    await settle()
    assert [page.closed for page in (this, other, somebody)] == [Close.SESSION_ENDED, None, None]
    assert this.items() == []


@live
async def test_changed_rights_close_the_socket_and_make_the_page_fetch_again():
    stream = MemoryStream()
    hub = loaded(stream)
    page = Page(hub, SEES_A)
    await page.connect()
    arrive(stream, hub, control(1, "rights_changed"))
    await settle()
    await page.cut()
    assert page.closed == Close.RIGHTS_CHANGED
    page.keys = SEES_B
    await page.connect()
    assert page.frames[-1]["reason"] == "rights"


@live
async def test_changed_rights_far_back_in_the_stream_are_noticed_in_the_replay():
    stream = MemoryStream()
    stream.entries = [control(1, "rights_changed")] + [make_entry(n, after=("area:a",)) for n in range(2, 9)]
    hub = Hub(stream, depth=2)
    hub.load(stream.state, stream.entries[-2:], is_all=False)
    page = Page(hub, SEES_A)
    page.epoch, page.through = "one", "0-0"
    await page.connect()
    assert (page.kinds(), page.frames[-1]["reason"]) == (["hello", "reset"], "rights")


@live
async def test_a_burst_is_one_frame():
    stream = MemoryStream()
    hub = loaded(stream)
    page = Page(hub, SEES_A)
    await page.connect()
    hub.arrived([make_entry(number, after=("area:a",)) for number in range(1, 101)])
    await asyncio.sleep(0.15)
    assert [len(frame["items"]) for frame in page.frames[1:]] == [100]


@live
async def test_a_very_long_backlog_comes_in_frames_of_bounded_size():
    stream = MemoryStream()
    hub = loaded(stream, depth=2000)
    page = Page(hub, SEES_A)
    await page.connect()
    arrive(stream, hub, *(make_entry(number, after=("area:a",)) for number in range(1, 1201)))
    await settle()
    assert [len(frame["items"]) for frame in page.frames[1:]] == [500, 500, 200]


@live
async def test_a_backlog_that_does_not_concern_the_page_is_passed_over_to_the_end():
    stream = MemoryStream()
    hub = loaded(stream, depth=2000)
    page = Page(hub, SEES_A)
    await page.connect()
    others = [make_entry(number, after=("area:b",)) for number in range(1, 1100)]
    arrive(stream, hub, *others, make_entry(1100, after=("area:a",)))
    page.beat()
    await settle()
    assert page.items() == [("1100-0", "thing.changed")]
    assert page.through == "1100-0"


@live
async def test_latest_values_are_merged_and_follow_the_audience():
    latest.latest_type("thing.position")
    stream = MemoryStream()
    hub = loaded(stream)
    inside, outside = Page(hub, SEES_A), Page(hub, SEES_B)
    await inside.connect()
    await outside.connect()

    def value(slot: str, lng: int) -> latest.Latest:
        text = {"type": "thing.position", "payload": {"lng": lng}, "audience": ["area:a"], "at": 1.0}
        return latest_of(slot, json.dumps(text))

    hub.latest_arrived([value("1", 1), value("1", 2), value("2", 3)])
    hub.latest_tick()
    await settle()
    assert [i["payload"]["lng"] for i in inside.frames[-1]["items"]] == [2, 3]
    assert outside.kinds() == ["hello"]
    late = Page(hub, SEES_A)
    await late.connect()
    assert [i["payload"]["lng"] for i in late.frames[-1]["items"]] == [2, 3]


def test_an_undeclared_latest_type_is_refused_where_it_is_sent():
    with pytest.raises(latest.UnknownLatestType):
        latest.publish_latest("thing.never", 1, {}, SEES_A)


KEYS = ("area:a", "area:b", "area:b.c", "unit:1", "user:1")
audiences = st.sets(st.sampled_from(KEYS), max_size=3).map(lambda found: tuple(sorted(found)))
steps = st.lists(
    st.one_of(
        st.tuples(st.just("update"), audiences, audiences),
        st.tuples(st.just("cut"), st.integers(0, 2), st.none()),
        st.tuples(st.just("connect"), st.integers(0, 2), st.none()),
        st.tuples(st.just("beat"), st.integers(0, 2), st.none()),
        st.tuples(st.just("reader cut"), st.none(), st.none()),
    ),
    max_size=60,
)
readers = st.lists(st.sets(st.sampled_from(KEYS)).map(frozenset), min_size=3, max_size=3)


def naive(entries: list[Entry], keys: frozenset[str]) -> list[tuple[str, str]]:
    """The rule in its plainest words."""
    told = []
    for entry in entries:
        if entry.after & keys:
            told.append((str(entry.id), entry.type))
        elif entry.before & keys:
            told.append((str(entry.id), "gone"))
    return told


@settings(deadline=None, max_examples=150)
@given(steps=steps, readers=readers, depth=st.integers(1, 6))
def test_whatever_happens_each_page_gets_exactly_what_a_naive_filter_tells(steps, readers, depth):
    async def play() -> None:
        stream = MemoryStream()
        hub = loaded(stream, depth=depth)
        pages = [Page(hub, keys) for keys in readers]
        for page in pages:
            await page.connect()
        number = 0
        for step, first, second in steps:
            if step == "update":
                number += 1
                arrive(stream, hub, make_entry(number, before=first, after=second))
            elif step == "reader cut":
                number += 1
                stream.entries.append(make_entry(number, after=("area:b",)))
                hub.lost()
                hub.load(stream.state, stream.entries[-depth:], is_all=len(stream.entries) <= depth)
                hub.flush()
            elif step == "cut":
                await pages[first].cut()
            elif step == "connect" and pages[first].client is None:
                await pages[first].connect()
            elif step == "beat" and pages[first].client is not None:
                pages[first].beat()
            await asyncio.sleep(0)
        for page in pages:
            if page.client is None:
                await page.connect()
        await settle()
        await settle()
        for page in pages:
            assert page.items() == naive(stream.entries, page.keys)
            assert "reset" not in page.kinds()
            await page.cut()

    asyncio.run(play())
