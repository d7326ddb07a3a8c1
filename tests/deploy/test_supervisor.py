"""The supervisor starts in order, restarts what dies, and leaves nothing running."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.local.console import Console
from deploy.local.failures import StepFailed
from deploy.local.log_output import LogOutput
from deploy.local.processes import Process
from deploy.local.readiness import Readiness
from deploy.local.supervisor import Supervisor

SLEEPER = "import time\nprint('here', flush=True)\ntime.sleep(60)"
STUBBORN = (
    "import signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nprint('here', flush=True)\ntime.sleep(60)"
)
PARENT = "import subprocess, sys, time\nc = subprocess.Popen(['sleep', '61'])\nprint(c.pid, flush=True)\ntime.sleep(60)"


def script(name: str, text: str, *, tier: int = 1, stop_seconds: float = 5.0, vital: bool = True) -> Process:
    return Process(
        name=name,
        tier=tier,
        command=(sys.executable, "-c", text),
        meaning="",
        ready="started",
        vital=vital,
        stop_seconds=stop_seconds,
    )


@pytest.fixture
def output(console: Console, tmp_path: Path) -> LogOutput:
    return LogOutput(console, tmp_path / "log", ["one", "two"])


@pytest.fixture
def supervisor(output: LogOutput, tmp_path: Path) -> Iterator[Supervisor]:
    made = Supervisor(output, Readiness({}, {}), cwd=tmp_path, store_user=None)
    yield made
    made.hurry()
    made.stop()


def start(supervisor: Supervisor, *processes: Process) -> None:
    for process in processes:
        supervisor.add(process, {}, dict(os.environ))
    supervisor.start([process.name for process in processes])


def until(condition: object, supervisor: Supervisor, patience: float = 8.0) -> None:
    end = time.monotonic() + patience
    supervisor.watch(lambda: bool(condition()) or time.monotonic() > end)  # type: ignore[operator]


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_a_process_that_dies_is_started_again(supervisor: Supervisor) -> None:
    start(supervisor, script("one", SLEEPER))
    first = supervisor.pids["one"]
    os.kill(first, signal.SIGKILL)
    until(lambda: supervisor.pids.get("one", first) != first, supervisor)
    assert supervisor.pids["one"] != first


def test_stopping_ends_everything(supervisor: Supervisor) -> None:
    start(supervisor, script("one", SLEEPER), script("two", SLEEPER, tier=0))
    pids = list(supervisor.pids.values())
    supervisor.stop()
    assert supervisor.pids == {}
    assert not any(alive(pid) for pid in pids)


def test_the_lowest_tier_stops_last(supervisor: Supervisor, output: LogOutput, tmp_path: Path) -> None:
    farewell = (
        "import signal, sys, time\ndef bye(*_):\n    open('{0}', 'w').write(str(time.monotonic()))\n    sys.exit()\n"
    )
    farewell += "signal.signal(signal.SIGTERM, bye)\nprint('here', flush=True)\ntime.sleep(60)"
    names = {"one": 1, "two": 0}
    start(supervisor, *(script(name, farewell.format(tmp_path / name), tier=tier) for name, tier in names.items()))
    until(lambda: all("here" in output.tail(name) for name in names), supervisor)
    supervisor.stop()
    assert float((tmp_path / "one").read_text()) < float((tmp_path / "two").read_text())


def test_one_that_refuses_to_stop_is_ended_after_its_time(supervisor: Supervisor, output: LogOutput) -> None:
    start(supervisor, script("one", STUBBORN, stop_seconds=0.3))
    until(lambda: "here" in output.tail("one"), supervisor)
    pid = supervisor.pids["one"]
    began = time.monotonic()
    supervisor.stop()
    assert not alive(pid)
    assert time.monotonic() - began < 30


def test_children_of_a_killed_process_do_not_stay_behind(supervisor: Supervisor, output: LogOutput) -> None:
    start(supervisor, script("one", PARENT))
    until(lambda: output.tail("one").strip().isdigit(), supervisor)
    grandchild = int(output.tail("one").strip())
    os.kill(supervisor.pids["one"], signal.SIGKILL)
    until(lambda: not alive(grandchild), supervisor)
    assert not alive(grandchild)


def test_a_vital_process_that_cannot_start_fails_the_start_with_its_last_words(supervisor: Supervisor) -> None:
    start(supervisor, script("one", "import sys\nprint('the disk is gone')\nsys.exit(3)"))
    with pytest.raises(StepFailed) as failure:
        supervisor.wait_ready(["one"], patience=10)
    assert "the disk is gone" in failure.value.tail


def test_one_that_is_not_vital_does_not_stop_the_others(supervisor: Supervisor) -> None:
    start(supervisor, script("one", SLEEPER), script("two", "raise SystemExit(1)", vital=False))
    assert supervisor.wait_ready(["one", "two"], patience=2) == ["two"]


def test_output_goes_to_a_log_of_its_own(supervisor: Supervisor, output: LogOutput) -> None:
    start(supervisor, script("one", "print('first')\nprint('second', flush=True)\nimport time; time.sleep(60)"))
    until(lambda: "second" in output.tail("one"), supervisor)
    assert output.tail("one").splitlines() == ["first", "second"]
