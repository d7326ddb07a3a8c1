"""Journeys go through a whole running platform, as people and browsers see it.

`make test` starts one of its own and names it in the environment; otherwise the one of `make run` is used.
"""

import json
import os
from collections.abc import Generator, Iterator
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


# With software rendering, as there is no graphics card: it takes more of the processor than everything else together.
DRAWING = ["--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
PLAIN = ["--disable-gpu", "--disable-3d-apis"]


def opened(chromium: BrowserType, drawing: list[str]) -> Browser:
    """Debian's Chromium."""
    return chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", *drawing])


@pytest.fixture(scope="session")
def drawing(chromium: BrowserType) -> Iterator[Browser]:
    with opened(chromium, DRAWING) as browser:
        yield browser


@pytest.fixture(scope="session")
def plain(chromium: BrowserType) -> Iterator[Browser]:
    """The browser of an office machine that cannot draw in three dimensions: a list stands where the map would."""
    with opened(chromium, PLAIN) as browser:
        yield browser


@pytest.fixture
def seats(request: pytest.FixtureRequest, stack: RunningStack) -> Iterator[Seats]:
    """Pages for the people of one test; they are closed after it. With maps where the test is about them."""
    browser = request.getfixturevalue("drawing" if request.node.get_closest_marker("maps") else "plain")
    with Seats(browser, stack) as seats:
        yield seats


@pytest.fixture
def hall(chromium: BrowserType, stack: RunningStack) -> Iterator[Seats]:
    """The wall's own machine: drawing it does not keep the desks waiting for theirs."""
    with opened(chromium, DRAWING) as machine, Seats(machine, stack) as seats:
        yield seats


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A journey that fails tells what its pages showed."""
    report = yield
    if report.when == "call" and report.failed:
        for name in ("seats", "hall"):
            if isinstance(seats := item.funcargs.get(name), Seats):  # type: ignore[attr-defined]  # of a function
                report.sections.append((f"pages of {name}", "\n".join(seats.sights())))
    return report
