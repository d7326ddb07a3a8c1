"""Starts the processes in order, restarts one that dies, and stops them all in reverse order."""

import resource
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from deploy.local.child import Child
from deploy.local.failures import StepFailed
from deploy.local.log_output import LogOutput
from deploy.local.processes import Process, command_of
from deploy.local.readiness import Readiness
from deploy.local.remedies import remedy_for

_PAUSE = 0.1
_START_PATIENCE = 90.0
_START_ATTEMPTS = 3


class Supervisor:
    """Everything runs in the thread that calls it; `tick` is the heart, called about ten times a second."""

    def __init__(self, output: LogOutput, readiness: Readiness, *, cwd: Path, store_user: str | None) -> None:
        self._output = output
        self._readiness = readiness
        self._cwd = cwd
        self._store_user = store_user
        self._children: dict[str, Child] = {}
        self._hurry = False

    @property
    def pids(self) -> dict[str, int]:
        return {child.name: child.pid for child in self._children.values() if child.pid}

    def add(self, process: Process, values: Mapping[str, str], environment: dict[str, str]) -> None:
        self._children[process.name] = Child(
            process,
            command_of(process, dict(values)),
            cwd=self._cwd,
            environment={**environment, **process.environment},
            user=self._store_user if process.as_store_user else None,
        )

    def start(self, names: list[str]) -> None:
        for name in names:
            child = self._children[name]
            child.wanted = True
            child.next_start = 0.0
        self.tick()

    def tick(self) -> None:
        """Notice who ended, start who is due."""
        for child in self._children.values():
            code = child.poll()
            if code is not None and child.wanted:
                pause = child.after_exit()
                self._output.say(child.name, f"ended ({_how(code)}); starting again in {pause:.0f} s")
            if child.wanted and not child.running and time.monotonic() >= child.next_start:
                self._spawn(child)

    def _spawn(self, child: Child) -> None:
        try:
            child.start(self._output)
        except OSError as error:
            pause = child.after_exit()
            self._output.say(child.name, f"could not be started ({error}); trying again in {pause:.0f} s")

    def wait_ready(self, names: list[str], *, patience: float = _START_PATIENCE) -> list[str]:
        """Wait until these are ready. A vital one that cannot start raises; returns the others still not ready."""
        until = time.monotonic() + patience
        waiting = [self._children[name] for name in names]
        while waiting and time.monotonic() < until:
            self.tick()
            needs_health = any(child.process.ready == "health" for child in waiting)
            heartbeats = self._readiness.heartbeats() if needs_health else {}
            for child in waiting:
                child.ready = child.running and self._readiness.is_ready(child.process, heartbeats, child.age)
                if not child.ready and child.process.vital and child.failures >= _START_ATTEMPTS:
                    raise self._failure(child, f"{child.name} cannot start")
            waiting = [child for child in waiting if not child.ready]
            time.sleep(_PAUSE)
        for child in waiting:
            if child.process.vital:
                raise self._failure(child, f"{child.name} was not ready after {patience:.0f} s")
        return [child.name for child in waiting]

    def _failure(self, child: Child, what: str) -> StepFailed:
        tail = self._output.tail(child.name)
        advice = remedy_for(tail, "Mend the cause shown above, then run the same command again.")
        return StepFailed(what, advice, tail=tail, log=str(self._output.path(child.name)))

    def watch(self, done: Callable[[], bool]) -> None:
        """Keep everything running until `done`."""
        while not done():
            self.tick()
            time.sleep(_PAUSE)

    def hurry(self) -> None:
        """The person asked a second time: do not wait for graceful ends (the stores still end safely)."""
        self._hurry = True

    def stop(self, names: list[str] | None = None) -> None:
        """Stop in reverse order of tiers, each tier together, each process with a bounded wait."""
        chosen = [child for child in self._children.values() if names is None or child.name in names]
        for child in chosen:
            child.wanted = False
        for tier in sorted({child.process.tier for child in chosen}, reverse=True):
            self._stop_together([child for child in chosen if child.process.tier == tier])

    def _stop_together(self, children: list[Child]) -> None:
        began = time.monotonic()
        for child in children:
            child.ask_to_stop()
        insisted: set[str] = set()
        while any(child.running for child in children):
            waited = time.monotonic() - began
            for child in children:
                if child.poll() is not None or not child.running:
                    continue
                patience = 1.0 if self._hurry and not child.process.as_store_user else child.process.stop_seconds
                if waited > patience + 5.0:
                    child.kill()
                elif waited > patience and child.name not in insisted:
                    insisted.add(child.name)
                    self._output.say(child.name, f"did not stop within {patience:.0f} s; ending it")
                    child.insist()
            time.sleep(0.05)


def raise_file_limit() -> None:
    """Thousands of sockets need thousands of files; take what this user is allowed, within reason."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY:
        wanted = 65536 if hard == resource.RLIM_INFINITY else min(hard, 65536)
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))


def _how(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit {code}"
