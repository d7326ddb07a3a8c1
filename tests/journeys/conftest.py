"""Journeys go through a whole running platform, as people and browsers see it.

`make test` starts one of its own and names it in the environment; otherwise the one of `make run` is used.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from deploy.local import running
from deploy.local.place import Place

CHROMIUM = "/usr/bin/chromium"


@dataclass(frozen=True)
class RunningStack:
    """A platform that serves, and what is known of it."""

    address: str
    var: Path
    accounts: dict[str, dict[str, str]]
    """Sample accounts by user name: password, name, role, unit, home."""


@pytest.fixture(scope="session")
def stack() -> RunningStack:
    """The running platform."""
    here = Place.here()
    address = os.environ.get("YIWANG_STACK_URL") or str(running.state(here).get("address", ""))
    var = Path(os.environ.get("YIWANG_STACK_VAR") or here.root / "var")
    if not address:
        pytest.exit(
            "Journeys need a running platform: use `make test`, or `make run` in another terminal.", returncode=2
        )
    rows = json.loads((var / "sample-accounts.json").read_text())["accounts"]
    return RunningStack(address, var, {row["username"]: row for row in rows})


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, with software rendering for the maps."""
    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=options)
        yield chromium
        chromium.close()
