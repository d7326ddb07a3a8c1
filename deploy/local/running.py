"""Knows whether the stack of an installation runs, by a lock that the kernel frees with its holder."""

import fcntl
import json
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from deploy.local.failures import StepFailed
from deploy.local.place import Place


def _lock_path(place: Place) -> str:
    place.state.mkdir(parents=True, exist_ok=True)
    return str(place.state / "stack.lock")


def _try_lock(place: Place) -> int | None:
    descriptor = os.open(_lock_path(place), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor


def is_running(place: Place) -> bool:
    descriptor = _try_lock(place)
    if descriptor is None:
        return True
    os.close(descriptor)
    return False


@contextmanager
def sole(place: Place) -> Iterator[None]:
    """Hold the installation for the time of a run; refuse when it runs already."""
    descriptor = _try_lock(place)
    if descriptor is None:
        known = state(place)
        where = f" at {known['address']}" if known.get("address") else ""
        raise StepFailed(
            f"Yiwang already runs here{where} (pid {known.get('pid', 'unknown')}), or is being set up",
            "Use that one; or stop it with Ctrl-C in its terminal or with `make stop`, then run this command again.",
        )
    try:
        write_state(place, phase="setting up")
        yield
    finally:
        (place.state / "stack.json").unlink(missing_ok=True)
        os.close(descriptor)


def write_state(place: Place, **values: Any) -> None:
    """What others may know of this run: pid, phase (`setting up`, `starting`, `ready`), addresses."""
    fresh = place.state / "stack.new"
    fresh.write_text(json.dumps({"pid": os.getpid(), **values}, indent=1) + "\n")
    fresh.replace(place.state / "stack.json")


def state(place: Place) -> dict[str, Any]:
    try:
        known = json.loads((place.state / "stack.json").read_text())
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def stop(place: Place, *, patience: float = 75.0) -> bool:
    """Stop the running stack and wait for its end; False when none ran. Only the lock's own holder is signalled."""
    if not is_running(place):
        return False
    pid = state(place).get("pid")
    if not isinstance(pid, int):
        raise StepFailed("the running stack did not leave its pid", "Stop it with Ctrl-C in its terminal.")
    os.kill(pid, signal.SIGTERM)
    until = time.monotonic() + patience
    while is_running(place):
        if time.monotonic() > until:
            raise StepFailed(
                f"the stack (pid {pid}) did not stop within {patience:.0f} s", f"See {place.logs}/stack.log."
            )
        time.sleep(0.1)
    return True
