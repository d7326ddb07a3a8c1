"""Runs one command quietly: its output goes to a log, and a failure shows the last lines and the remedy."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from deploy.local.failures import StepFailed
from deploy.local.remedies import remedy_for

_running: set[int] = set()
_guard = threading.Lock()


def run(
    argv: Sequence[str | Path],
    *,
    log: Path,
    what: str,
    remedy: str = "",
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    user: str | None = None,
    stdin: str | None = None,
    timeout: float | None = None,
    own_group: bool = True,
    fetches: bool = False,
) -> str:
    """Run to the end and return what it printed; raise StepFailed when it did not exit with 0."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as out:
        out.write(f"\n--- {time.strftime('%Y-%m-%d %H:%M:%S')} {what}\n".encode())
        out.flush()
        began = out.tell()
        code = _wait(
            argv,
            out.fileno(),
            cwd=cwd,
            env=env,
            user=user,
            stdin=stdin,
            timeout=timeout,
            what=what,
            own_group=own_group,
        )
    with log.open("rb") as text:
        text.seek(began)
        output = text.read().decode(errors="replace")
    if code != 0:
        otherwise = remedy or "Read the log, mend the cause, then run the same command again."
        advice = remedy_for(output, otherwise, fetches=fetches)
        raise StepFailed(f"{what} (exit {code})", advice, tail=output, log=str(log))
    return output


def _wait(
    argv: Sequence[str | Path],
    out: int,
    *,
    cwd: Path | None,
    env: Mapping[str, str] | None,
    user: str | None,
    stdin: str | None,
    timeout: float | None,
    what: str,
    own_group: bool,
) -> int:
    identity = {"user": user, "group": user, "extra_groups": []} if user else {}
    try:
        child = subprocess.Popen(  # type: ignore[call-overload]
            [str(part) for part in argv],
            stdin=subprocess.PIPE if stdin is not None else subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            cwd=cwd,
            env=env,
            # A group of its own, so that an interrupt also ends the children of launchers such as npm.
            start_new_session=own_group,
            **identity,
        )
    except FileNotFoundError as error:
        raise StepFailed(
            f"{what}: {argv[0]} is not there", "Run the same command again; set-up installs it."
        ) from error
    except PermissionError as error:
        raise StepFailed(
            f"{what}: {error}", "This user may not do that. Run as root, or as the user who set it up."
        ) from error
    with _guard:
        if own_group:
            _running.add(child.pid)
    try:
        child.communicate(stdin.encode() if stdin is not None else None, timeout=timeout)
    except subprocess.TimeoutExpired as error:
        _end(child, own_group)
        raise StepFailed(f"{what}: no end after {timeout:.0f} s", "Run the same command again.") from error
    finally:
        with _guard:
            _running.discard(child.pid)
        if child.poll() is None:
            _end(child, own_group)
            child.wait()
    return int(child.returncode)


def _end(child: "subprocess.Popen[bytes]", own_group: bool) -> None:
    if own_group:
        end_group(child.pid)
    else:
        child.terminate()


def end_group(pid: int) -> None:
    """End a process group that this program started: ask, wait a little, then insist."""
    for sign, patience in ((signal.SIGTERM, 5.0), (signal.SIGKILL, 1.0)):
        try:
            os.killpg(pid, sign)
        except (ProcessLookupError, PermissionError):
            return
        until = time.monotonic() + patience
        while time.monotonic() < until:
            try:
                if os.waitpid(pid, os.WNOHANG)[0]:
                    return
            except ChildProcessError:
                return
            time.sleep(0.05)


def end_all() -> None:
    """After an interrupt: end every command that is still running."""
    with _guard:
        pids = list(_running)
    for pid in pids:
        end_group(pid)
