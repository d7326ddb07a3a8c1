"""What a person sees while Yiwang is set up: one line per step, the seconds running, nothing else."""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

_TICK_TTY = 0.5
_TICK_PLAIN = 15.0


class Step:
    """A running step; `note` is shown beside its name."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.note = ""
        self.began = time.monotonic()

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.began

    def say(self, note: str) -> None:
        self.note = note


class Console:
    """Prints whole lines from several threads; on a terminal the running steps share one line that is rewritten."""

    def __init__(self, *, quiet: bool = False) -> None:
        self._lock = threading.RLock()
        self._running: list[Step] = []
        self._ticker: threading.Thread | None = None
        self._drawn = False
        self._quiet = quiet
        self.tty = sys.stdout.isatty()
        for stream in (sys.stdout, sys.stderr):
            reconfigure = getattr(stream, "reconfigure", None)
            if reconfigure:
                reconfigure(errors="replace")

    def line(self, text: str = "") -> None:
        with self._lock:
            self._erase()
            try:
                print(text, file=sys.stderr if self._quiet else sys.stdout, flush=True)
            except (BrokenPipeError, OSError):
                # Whoever read our output is gone; the stack must still stop in order.
                return

    def colour(self, text: str, code: str) -> str:
        return f"\033[{code}m{text}\033[0m" if self.tty else text

    def skipped(self, title: str) -> None:
        self.line(f"  {self.colour('✓', '32')} {title:<22} {self.colour('already done', '2')}")

    @contextmanager
    def step(self, title: str) -> Iterator[Step]:
        step = Step(title)
        with self._lock:
            self._running.append(step)
            self._start_ticker()
        try:
            yield step
        except BaseException:
            self._finish(step, self.colour("✗", "31"))
            raise
        self._finish(step, self.colour("✓", "32"))

    def _finish(self, step: Step, mark: str) -> None:
        with self._lock:
            self._running.remove(step)
            note = f"  {step.note}" if step.note else ""
            self.line(f"  {mark} {step.title:<22} {step.seconds:6.1f} s{note}")

    def _start_ticker(self) -> None:
        if self._ticker is None or not self._ticker.is_alive():
            self._ticker = threading.Thread(target=self._tick, daemon=True)
            self._ticker.start()

    def _tick(self) -> None:
        pause = _TICK_TTY if self.tty else _TICK_PLAIN
        while True:
            time.sleep(pause)
            with self._lock:
                if not self._running:
                    self._ticker = None
                    return
                now = " · ".join(f"{s.title} {s.seconds:.0f} s{' ' + s.note if s.note else ''}" for s in self._running)
                if self.tty and not self._quiet:
                    self._erase()
                    sys.stdout.write(f"  … {now}"[:118])
                    sys.stdout.flush()
                    self._drawn = True
                elif not self.tty:
                    self.line(f"    … {now}")

    def _erase(self) -> None:
        if self._drawn:
            sys.stdout.write("\r\033[K")
            self._drawn = False
