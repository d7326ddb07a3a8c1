"""What the `viewing` process answers: pictures to who has a ticket, honest reasons to everybody else."""

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cv2
import httpx
import numpy as np
import pytest

from video.pipeline.evidence import Hidden
from video.rules.tickets import Ticket, session_mark, sign
from video.running.viewing import Viewing
from video.running.watch_app import WatchApp

SECRET = "a secret of the tests"
SESSION = "abcdefgh12345678"


def ticket_for(camera: int = 1, *, session: str = SESSION, seconds: float = 60, secret: str = SECRET) -> str:
    return sign(Ticket(camera, 5, session_mark(session), int(time.time() + seconds)), secret)


class Site:
    """The application with cameras that are only addresses."""

    def __init__(self, sources: dict[int, str], *, capacity: int = 4, hidden: Hidden = ()) -> None:
        self.sources = sources
        self.app = WatchApp(capacity=capacity, secret=SECRET, cookie="sessionid", viewing=None)
        self.app.viewing.stop()
        self.app.viewing = Viewing(
            capacity=capacity,
            changed=self.app.changed,
            source_of=sources.get,
            sub_source_of={1: sources.get(2)}.get,
            versions=lambda ids: {key: 1 for key in ids if key in sources},
            hidden_of=lambda _camera: hidden,
        )

    async def _ask(self, path: str, ticket: str, session: str) -> httpx.Response:
        transport = httpx.ASGITransport(app=self.app)
        headers = {"X-Watch-Ticket": ticket, "Cookie": f"other=1; sessionid={session}"}
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return await client.get(path, headers=headers)

    def ask(self, path: str, *, ticket: str | None = None, session: str = SESSION) -> httpx.Response:
        camera = int(path.split("/")[2]) if path.split("/")[2].isdigit() else 1
        return asyncio.run(self._ask(path, ticket_for(camera) if ticket is None else ticket, session))

    def ask_until(self, path: str, status: int, seconds: float = 25) -> httpx.Response:
        end = time.monotonic() + seconds
        answer = self.ask(path)
        while answer.status_code != status and time.monotonic() < end:
            time.sleep(0.2)
            answer = self.ask(path)
        return answer

    def close(self) -> None:
        self.app.viewing.stop()


@pytest.fixture
def site(rtsp: str) -> Iterator[Site]:
    made = Site({1: f"{rtsp}/courtyard", 2: f"{rtsp}/street", 3: "rtsp://127.0.0.1:9/none"})
    yield made
    made.close()


@pytest.fixture
def full(rtsp: str) -> Iterator[Site]:
    made = Site({1: f"{rtsp}/courtyard", 2: f"{rtsp}/street"}, capacity=1)
    yield made
    made.close()


def named(playlist: str, beginning: str) -> list[str]:
    return [line for line in playlist.splitlines() if line.startswith(beginning)]


def test_a_ticket_opens_the_list_and_everything_in_it(site):
    answer = site.ask_until("/watch/1/live.m3u8", 200)
    assert answer.headers["content-type"] == "application/vnd.apple.mpegurl"
    assert answer.headers["cache-control"] == "no-store"
    head = site.ask("/watch/1/head-1.mp4")
    number, index = named(answer.text, "#EXT-X-PART:")[0].split("part-")[1].split(".")[0].split("-")
    part = site.ask(f"/watch/1/part-{number}-{index}.m4s")
    assert (head.status_code, head.content[4:8]) == (200, b"ftyp")
    assert (part.status_code, part.content[4:8]) == (200, b"moof")


def test_a_question_for_the_next_part_waits_for_it(site):
    first = site.ask_until("/watch/1/live.m3u8", 200).text
    number = int(named(first, "#EXT-X-MEDIA-SEQUENCE")[0].split(":")[1])
    later = site.ask(f"/watch/1/live.m3u8?_HLS_msn={number}&_HLS_part=3").text
    assert f"part-{number}-3.m4s" in later or f"segment-{number}.m4s" in later


def test_all_who_watch_a_camera_share_one_connection(site):
    site.ask_until("/watch/1/live.m3u8", 200)
    site.ask("/watch/1/live.m3u8")
    site.ask_until("/watch/2/live.m3u8", 200)
    assert site.app.viewing.details() == {"cameras": 2, "live": 2, "capacity": 4}


def test_a_sub_stream_is_passed_on_beside_the_stream_with_the_same_ticket(site):
    site.ask_until("/watch/1/live.m3u8", 200)
    small = site.ask_until("/watch/1/sub/live.m3u8", 200)
    head = site.ask("/watch/1/sub/head-1.mp4")
    assert (small.status_code, head.content[4:8], site.app.viewing.details()["cameras"]) == (200, b"ftyp", 2)
    assert site.ask("/watch/2/sub/live.m3u8").status_code == 404


@pytest.mark.parametrize(
    "ticket",
    [lambda: "", lambda: "1.5.x.9", lambda: ticket_for(seconds=-1), lambda: ticket_for(secret="another")],
    ids=["none", "made up", "over", "of another key"],
)
def test_without_a_valid_ticket_there_is_nothing(site, ticket):
    answer = site.ask("/watch/1/live.m3u8", ticket=ticket())
    assert (answer.status_code, answer.json()["code"]) == (401, "ticket_over")
    assert site.app.viewing.details()["cameras"] == 0


def test_a_ticket_is_for_one_camera_and_one_session(site):
    assert site.ask("/watch/2/live.m3u8", ticket=ticket_for(1)).status_code == 403
    assert site.ask("/watch/1/live.m3u8", session="somebodyelse1234").status_code == 403


def test_a_camera_that_is_not_there_is_not_found(site):
    assert site.ask("/watch/9/live.m3u8").status_code == 404


@pytest.mark.parametrize("path", ["/watch/1/", "/watch/1/../secret", "/watch/x/live.m3u8", "/watch/1/part-1.m4s"])
def test_other_addresses_are_not_found(site, path):
    assert site.ask(path).status_code == 404


def test_a_lost_camera_says_since_when_and_how_often_it_was_tried(site):
    answer = site.ask_until("/watch/3/live.m3u8", 503)
    state = site.ask("/watch/3/state").json()
    assert answer.json()["code"] == "signal_lost"
    assert (state["state"], state["tries"] >= 1) == ("lost", True)
    assert "127.0.0.1" not in answer.text


def test_there_is_an_end_to_what_one_process_takes(full):
    full.ask_until("/watch/1/live.m3u8", 200)
    answer = full.ask("/watch/2/live.m3u8")
    assert (answer.status_code, answer.json()["code"]) == (503, "too_many_watched")
    assert full.ask("/watch/1/live.m3u8").status_code == 200


def test_stills_come_about_once_a_second(site):
    site.ask_until("/watch/1/picture.jpg", 200)
    began = time.monotonic()
    pictures = [site.ask("/watch/1/picture.jpg") for _ in range(3)]
    assert [picture.content[:2] for picture in pictures] == [b"\xff\xd8"] * 3
    assert 1.5 < time.monotonic() - began < 8


def test_a_masked_camera_has_masked_stills_and_no_video_of_any_address(rtsp):
    left = ((0.0, 0.0), (0.5, 0.0), (0.5, 1.0), (0.0, 1.0))
    site = Site({1: f"{rtsp}/courtyard", 2: f"{rtsp}/street"}, hidden=(left,))
    still = site.ask_until("/watch/1/picture.jpg", 200)
    sub_still = site.ask_until("/watch/1/sub/picture.jpg", 200)
    playlist = site.ask("/watch/1/live.m3u8")
    told = site.ask("/watch/1/state").json()
    site.close()
    assert (playlist.status_code, playlist.json()["code"]) == (415, "privacy_masked")
    assert (told["is_playable"], told["is_masked"]) == (False, True)
    for answer in (still, sub_still):
        picture = cv2.imdecode(np.frombuffer(answer.content, np.uint8), cv2.IMREAD_COLOR)
        assert picture is not None
        width = picture.shape[1]
        assert float(picture[:, : width // 2 - 8].std()) < 2 < 20 < float(picture[:, width // 2 + 16 :].std())


def test_h265_is_refused_with_the_reason(clips: Path, hevc: str):
    site = Site({1: hevc})
    answer = site.ask_until("/watch/1/live.m3u8", 415)
    told: dict[str, Any] = answer.json()
    site.close()
    assert (told["code"], told["codec"]) == ("unsupported_codec", "hevc")


def test_what_nobody_watches_any_more_is_let_go(site, monkeypatch):
    site.ask_until("/watch/1/live.m3u8", 200)
    monkeypatch.setattr("video.running.viewing.UNWATCHED_SECONDS", 0.0)
    time.sleep(0.1)
    site.app.viewing._end_unwatched()
    assert site.app.viewing.details()["cameras"] == 0
