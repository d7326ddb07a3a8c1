"""Journeys go through a whole running platform, as people and browsers see it.

`make test` starts one of its own and names it in the environment; otherwise the one of `make run` is used.
"""

import json
import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserType, sync_playwright

from deploy.local import running
from deploy.local.place import Place
from simulator.loop.accounts import read_accounts
from simulator.loop.cast import Cast
from tests.journeys.running_stack import RunningStack
from tests.journeys.seats import Seats

CHROMIUM = "/usr/bin/chromium"


@pytest.fixture(scope="session")
def stack() -> Iterator[RunningStack]:
    """The running platform."""
    here = Place.here()
    address = os.environ.get("YIWANG_STACK_URL") or str(running.state(here).get("address", ""))
    var = Path(os.environ.get("YIWANG_STACK_VAR") or here.root / "var")
    if not address:
        pytest.exit(
            "Journeys need a running platform: use `make test`, or `make run` in another terminal.", returncode=2
        )
    accounts = var / "sample-accounts.json"
    rows = json.loads(accounts.read_text())["accounts"]
    with ExitStack() as opened:
        cast = Cast(address, read_accounts(accounts), opened)
        yield RunningStack(address, var, {row["username"]: row for row in rows}, cast)


@pytest.fixture(scope="session")
def chromium() -> Iterator[BrowserType]:
    with sync_playwright() as playwright:
        yield playwright.chromium


def opened(chromium: BrowserType) -> Browser:
    """Debian's Chromium, with software rendering for the maps."""
    options = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
    return chromium.launch(executable_path=CHROMIUM, args=options)


@pytest.fixture(scope="session")
def browser(chromium: BrowserType) -> Iterator[Browser]:
    with opened(chromium) as seats:
        yield seats


@pytest.fixture
def seats(browser: Browser, stack: RunningStack) -> Iterator[Seats]:
    """Pages for the people of one test; they are closed after it."""
    with Seats(browser, stack) as seats:
        yield seats


@pytest.fixture
def hall(chromium: BrowserType, stack: RunningStack) -> Iterator[Seats]:
    """The wall's own machine: drawing it does not keep the desks waiting for theirs."""
    with opened(chromium) as machine, Seats(machine, stack) as seats:
        yield seats
