"""The same stack in the background, for commands that need it for a while."""

import subprocess
import sys
import time
from collections.abc import Mapping

from deploy.local import running, settings_file
from deploy.local.console import Console
from deploy.local.failures import StepFailed
from deploy.local.place import Place

_PATIENCE = 40 * 60.0


def up(place: Place, console: Console, settings: Mapping[str, str] | None = None) -> bool:
    """Start the stack unless it runs; return once it is ready. True when this call started it."""
    if running.is_running(place):
        _wait(place, None, console)
        return False
    place.make_folders()
    log = place.logs / "stack.log"
    with log.open("wb") as out:
        child = subprocess.Popen(
            [sys.executable, "-m", "deploy.local", "run"],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            cwd=place.root,
            env={**settings_file.child_environment(place), "VAR_DIR": str(place.var), **(settings or {})},
            start_new_session=True,
        )
    try:
        _wait(place, child, console)
    except BaseException:
        if child.poll() is None:
            child.terminate()
            child.wait(timeout=90)
        raise
    return True


def _wait(place: Place, child: "subprocess.Popen[bytes] | None", console: Console) -> None:
    log = place.logs / "stack.log"
    with console.step("starting the stack" if child else "waiting for the stack") as step:
        until = time.monotonic() + _PATIENCE
        while not _is_ready(place, child):
            if child is not None and child.poll() is not None:
                tail = log.read_text(errors="replace")
                raise StepFailed(
                    "the stack did not start",
                    "Do what the lines above say, then run the same command again.",
                    tail=tail,
                )
            if child is None and not running.is_running(place):
                raise StepFailed("the stack ended while it was starting", "Run the same command again.")
            if time.monotonic() > until:
                raise StepFailed("the stack was not ready in time", f"See {log}.")
            if child is not None:
                step.say(_last_line(log.read_bytes()))
            time.sleep(0.2)
        step.say(str(running.state(place).get("address", "")))


def _is_ready(place: Place, child: "subprocess.Popen[bytes] | None") -> bool:
    """A killed run leaves its state behind, so a state counts only when it is of the run that is waited for."""
    known = running.state(place)
    return known.get("phase") == "ready" and (child is None or known.get("pid") == child.pid)


def _last_line(text: bytes) -> str:
    lines = [line.strip() for line in text[-2000:].decode(errors="replace").splitlines() if line.strip()]
    return lines[-1][:70] if lines else ""
