"""The main job, as `make loop` plays it against the running platform."""

import json
import subprocess

import pytest

from deploy.local.place import ROOT
from simulator.loop.play import WAY
from tests.journeys.running_stack import RunningStack
from tests.journeys.scene import environment, place_of

pytestmark = pytest.mark.xdist_group("stack")


def test_the_loop_ends_evaluated_and_was_begun_by_the_detector(stack: RunningStack) -> None:
    played = subprocess.run(
        [str(place_of(stack).python), "manage.py", "loop", "--json", "--timeout", "180"],
        cwd=ROOT,
        env=environment(stack),
        capture_output=True,
        text=True,
        timeout=420,
        check=False,
    )
    assert played.returncode == 0, played.stderr[-2000:]
    told = json.loads(played.stdout)
    assert told["ok"]
    assert told["alert"]["source"] == told["event"]["source"] == "video"
    assert told["event"]["state"] == "evaluated"
    assert set(told["event"]["states"]) >= WAY
    assert told["wall"]["updates"] >= len(WAY)
    assert told["wall"]["median_seconds"] <= told["wall"]["goal_seconds"]
