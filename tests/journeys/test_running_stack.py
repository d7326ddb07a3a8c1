"""The whole platform as `make run` starts it: every process up, one address, survives the loss of a process."""

import os
import re
import signal
import time
from collections.abc import Callable

import httpx
import pytest

from deploy.local import processes, running
from deploy.local.place import ROOT, Place
from tests.journeys.running_stack import RunningStack

pytestmark = pytest.mark.xdist_group("stack")
OURS = {process.name for process in processes.TABLE if process.ready == "health"} | {"web", "live", "viewing"}


def states(stack: RunningStack) -> dict[str, str]:
    answer = httpx.get(f"{stack.address}/health", timeout=10).json()
    return {row["name"]: row["state"] for row in answer["processes"]}


def until(condition: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end and not condition():
        time.sleep(0.3)
    return condition()


def test_every_process_and_store_is_up(stack: RunningStack) -> None:
    answer = httpx.get(f"{stack.address}/health", timeout=10).json()
    assert {row["name"]: row["state"] for row in answer["stores"]} == {"postgresql": "up", "redis": "up"}
    assert {name for name, state in states(stack).items() if state == "up"} >= OURS


def test_the_pages_name_no_other_host(stack: RunningStack) -> None:
    pages = [httpx.get(stack.address + path, timeout=10) for path in ("/", "/wall", "/admin/login/")]
    assert [page.status_code for page in pages] == [200, 200, 200]
    links = [link for page in pages for link in re.findall(r'(?:src|href|action)="([^"]+)"', page.text)]
    assert links
    assert [link for link in links if re.match(r"(https?:)?//", link)] == []


def test_every_file_the_pages_name_is_served(stack: RunningStack) -> None:
    page = httpx.get(f"{stack.address}/", timeout=10).text + httpx.get(f"{stack.address}/admin/login/", timeout=10).text
    files = set(re.findall(r'(?:src|href)="(/(?:assets|static)/[^"]+)"', page))
    assert files
    assert {name: httpx.get(stack.address + name, timeout=10).status_code for name in files} == dict.fromkeys(
        files, 200
    )


def test_strangers_get_no_data(stack: RunningStack) -> None:
    answer = httpx.get(f"{stack.address}/api/v1/events", timeout=10)
    assert answer.status_code == 401
    assert answer.json()["code"] == "not_signed_in"


def test_a_killed_process_is_back_within_seconds(stack: RunningStack) -> None:
    place = Place(root=ROOT, var=stack.var)
    before = running.state(place)["pids"]["relay"]
    os.kill(before, signal.SIGKILL)
    assert until(lambda: running.state(place)["pids"].get("relay", before) != before, 15)
    assert until(lambda: states(stack).get("relay") == "up", 20)
