"""One supervised process: started in its own group, ended as a group, never left behind."""

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from deploy.local.log_output import LogOutput
from deploy.local.processes import Process

_PR_SET_PDEATHSIG = 1
_BACK_OFF = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
_STEADY_AFTER = 60.0


class Child:
    """A process of the table with its present state. All calls come from the supervisor's one thread."""

    def __init__(
        self, process: Process, argv: list[str], *, cwd: Path, environment: dict[str, str], user: str | None
    ) -> None:
        self.process = process
        self.argv = argv
        self.ready = False
        self.failures = 0
        self.wanted = False
        self.next_start = 0.0
        self.started_at = 0.0
        self._cwd = cwd
        self._environment = environment
        self._user = user
        self._popen: subprocess.Popen[bytes] | None = None

    @property
    def name(self) -> str:
        return self.process.name

    @property
    def pid(self) -> int | None:
        return self._popen.pid if self._popen else None

    @property
    def age(self) -> float:
        """Seconds since its last start."""
        return time.monotonic() - self.started_at

    @property
    def running(self) -> bool:
        return self._popen is not None

    def start(self, output: LogOutput) -> None:
        """Start it, from the main thread: the kernel's parent-death signal follows the thread that starts."""
        identity = {"user": self._user, "group": self._user, "extra_groups": []} if self._user else {}
        self.ready = False
        self.started_at = time.monotonic()
        self._popen = subprocess.Popen(  # type: ignore[call-overload]
            self.argv,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd="/" if self._user else self._cwd,
            env=self._environment,
            # Ctrl-C in the terminal reaches only the supervisor, which then stops everything in order.
            start_new_session=True,
            preexec_fn=die_with_parent(self.process.stop_signal),
            **identity,
        )
        stream = self._popen.stdout
        if stream is not None:
            output.follow(self.name, stream)

    def poll(self) -> int | None:
        """The exit code when it has ended just now; its leftover children are ended too."""
        if self._popen is None:
            return None
        if os.waitid(os.P_PID, self._popen.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
            return None
        # Not reaped yet, so the group's number is still ours.
        self._signal(signal.SIGKILL)
        code = self._popen.wait()
        self._popen = None
        self.ready = False
        return code

    def after_exit(self) -> float:
        """Plan the next start: later after each failure, at once after a long healthy life. Returns the pause."""
        if self.age > _STEADY_AFTER:
            self.failures = 0
        pause = _BACK_OFF[min(self.failures, len(_BACK_OFF) - 1)]
        self.failures += 1
        self.next_start = time.monotonic() + pause
        return pause

    def ask_to_stop(self) -> None:
        self.wanted = False
        if self._popen is not None:
            try:
                # Only the leader: masters stop their own workers in an orderly way.
                os.kill(self._popen.pid, self.process.stop_signal)
            except ProcessLookupError:
                return

    def insist(self) -> None:
        self._signal(signal.SIGQUIT if self.process.as_store_user else signal.SIGKILL)

    def kill(self) -> None:
        self._signal(signal.SIGKILL)

    def _signal(self, number: signal.Signals) -> None:
        if self._popen is not None:
            try:
                os.killpg(self._popen.pid, number)
            except (ProcessLookupError, PermissionError):
                return


def die_with_parent(number: signal.Signals) -> Callable[[], None]:
    """If the supervisor is killed outright, the kernel sends this signal to the child: nothing is left running."""
    library = ctypes.CDLL(None, use_errno=True)
    parent = os.getpid()

    def arrange() -> None:
        library.prctl(_PR_SET_PDEATHSIG, int(number), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return arrange
