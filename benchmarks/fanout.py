"""How fast a committed change reaches every screen, and what it costs: `make bench-fanout`.

The real path: rows committed to PostgreSQL at a steady rate, the relay, the stream, the live process, and sockets of
signed-in people. Latency runs from just before the commit to the page's socket. The same sockets are then fed by
channels_redis group_send for comparison. Last, every page is cut off for 20 seconds and the live process and the relay
are killed: nothing may be lost, nothing applied twice.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import platform
import resource
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from array import array
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit, urlunsplit

import psycopg2
from django.core.wsgi import get_wsgi_application

ROOT = Path(__file__).resolve().parent.parent
PEOPLE = 100
SERVER = [
    "--ws",
    "websockets-sansio",
    "--loop",
    "uvloop",
    "--ws-max-size",
    "65536",
    "--ws-per-message-deflate",
    "false",
]
QUIET = ["--no-access-log", "--log-level", "warning", "--backlog", "4096", "--timeout-graceful-shutdown", "1"]


@dataclass(frozen=True)
class Load:
    name: str
    sockets: int
    rate: float
    seconds: float
    goal_ms: float | None


LOADS = (
    Load("hub", 500, 20, 15, 150),
    Load("hub", 2000, 5, 20, 250),
)
GROUPS = Load("channels_redis group_send", 500, 3, 12, None)
WARM_SECONDS = 3.0
CUT_SECONDS = 20.0
RATIO_GOAL = 10.0


@dataclass(frozen=True)
class Measured:
    load: Load
    p50: float
    p95: float
    deliveries: int
    lost: int
    cpu: dict[str, float]
    """Seconds of CPU in the measured time, by process."""

    def micros(self, name: str) -> float:
        return self.cpu[name] / max(1, self.deliveries) * 1e6

    @property
    def total_micros(self) -> float:
        """CPU of our own processes (not Redis, which serves both sides) per delivery."""
        return sum(self.micros(name) for name in self.cpu if name != "redis")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def own_database() -> Iterator[None]:
    """A database of this run only, on the server that DATABASE_URL names; settings read it from the environment."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    name = f"fanout_{os.getpid()}"
    server = urlunsplit(parts._replace(scheme="postgresql", path="/postgres"))

    def say(statement: str) -> None:
        link = psycopg2.connect(server)
        link.autocommit = True
        link.cursor().execute(statement)
        link.close()

    say(f'CREATE DATABASE "{name}"')
    os.environ["DATABASE_URL"] = urlunsplit(parts._replace(path=f"/{name}"))
    os.environ["REDIS_PREFIX"] = f"fanout-{secrets.token_hex(3)}"
    try:
        subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], cwd=ROOT, check=True)
        yield
    finally:
        say(f'DROP DATABASE "{name}" WITH (FORCE)')


class Child:
    """A process of ours that can be killed and started again."""

    def __init__(self, name: str, argv: Sequence[str]) -> None:
        self.name, self.argv = name, [sys.executable, *argv]
        self.cpu_before = 0.0
        self.process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        environment = {**os.environ, "PROCESS_NAME": f"bench-{self.name}"}
        return subprocess.Popen(self.argv, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)

    def kill_and_restart(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process = self._start()

    def cpu(self) -> float:
        """Seconds of CPU of this process so far, user and system."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Crowd:
    """Sockets in a process of their own, so that reading them is not counted as sending to them."""

    def __init__(self, port: int, count: int, cookies: Path, folder: Path) -> None:
        argv = ["-m", "benchmarks._sockets", "--port", str(port), "--count", str(count)]
        self.process = subprocess.Popen(
            [sys.executable, *argv, "--cookies", str(cookies), "--folder", str(folder)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def say(self, line: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def hear(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        return cast(dict[str, Any], json.loads(self.process.stdout.readline()))

    def ask(self, line: str) -> dict[str, Any]:
        self.say(line)
        return self.hear()

    def stop(self) -> None:
        self.say("quit")
        self.process.wait(20)


def redis_cpu() -> float:
    from core.redis import client  # noqa: PLC0415  settings are read after the database is made

    info: dict[str, Any] = cast(Any, client().info("cpu"))
    return float(info["used_cpu_user"]) + float(info["used_cpu_sys"])


class Publisher:
    """Commits updates at a steady rate from a thread; `last` is the newest version."""

    def __init__(self) -> None:
        self.last = 0
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, rate: float) -> None:
        self._stop.clear()
        self._thread = threading.Thread(target=self._run, args=(rate,))
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self, rate: float) -> None:
        from benchmarks._measured import Measured as Update  # noqa: PLC0415  as above
        from core.live.publish import publish  # noqa: PLC0415

        begun, count = time.monotonic(), 0
        while not self._stop.is_set():
            self.last += 1
            count += 1
            publish(Update(id=1, version=self.last, sent=time.monotonic()), after=frozenset({"area:bench"}))
            self._stop.wait(max(0.0, begun + count / rate - time.monotonic()))


def make_people(folder: Path) -> Path:
    """Signed-in people, each with an audience of their own; their cookies in a file."""
    from django.conf import settings  # noqa: PLC0415  as above
    from django.contrib.auth import SESSION_KEY  # noqa: PLC0415

    from accounts.models import Grant, User  # noqa: PLC0415
    from accounts.sessions import SessionStore  # noqa: PLC0415

    cookies = []
    for number in range(PEOPLE):
        user = User.objects.create(username=f"bench{number}", name=f"bench {number}")
        Grant.objects.create(user=user, role="acceptor", area_path="bench", area_level="district", area_key=1)
        store = SessionStore()
        store[SESSION_KEY] = str(user.pk)
        store.create()
        cookies.append(f"{settings.SESSION_COOKIE_NAME}={store.session_key}")
    file = folder / "cookies.json"
    file.write_text(json.dumps(cookies))
    return file


def percentiles(file: str) -> tuple[float, float]:
    values = array("d")
    values.frombytes(Path(file).read_bytes())
    ordered = sorted(values)
    if not ordered:
        return float("nan"), float("nan")
    return ordered[len(ordered) // 2] * 1000, ordered[int(len(ordered) * 0.95)] * 1000


def wait_for_port(port: int) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise TimeoutError(f"nothing listens on port {port}")


def measure_hub(load: Load, publisher: Publisher, live: Child, relay: Child, crowd: Crowd) -> Measured:
    opened = crowd.ask("connect")["open"]
    if opened != load.sockets:
        raise RuntimeError(f"only {opened} of {load.sockets} sockets opened")
    publisher.start(load.rate)
    time.sleep(WARM_SECONDS)
    crowd.ask("report 0")
    before = {"live": live.cpu(), "relay": relay.cpu(), "redis": redis_cpu()}
    time.sleep(load.seconds)
    cpu = {"live": live.cpu(), "relay": relay.cpu(), "redis": redis_cpu()}
    publisher.stop()
    found = crowd.ask(f"report {publisher.last}")
    p50, p95 = percentiles(found["latencies"])
    return Measured(load, p50, p95, found["deliveries"], found["lost"], {n: cpu[n] - before[n] for n in cpu})


def measure_groups(load: Load, cookies: Path, folder: Path) -> Measured:
    port = free_port()
    server = Child(
        "groups", ["-m", "uvicorn", "benchmarks._fanout_groups:application", "--port", str(port), *SERVER, *QUIET]
    )
    try:
        wait_for_port(port)
        crowd = Crowd(port, load.sockets, cookies, folder)
        crowd.ask("connect")
        before = {"live": server.cpu(), "redis": redis_cpu()}
        sender = subprocess.run(
            [sys.executable, "-m", "benchmarks._fanout_groups", str(load.rate), str(load.seconds)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            check=True,
        )
        sent = json.loads(sender.stdout)
        found = crowd.ask(f"report {sent['sent']}")
        cpu = {"live": server.cpu() - before["live"], "relay": sent["cpu"], "redis": redis_cpu() - before["redis"]}
        crowd.stop()
    finally:
        server.stop()
    p50, p95 = percentiles(found["latencies"])
    return Measured(load, p50, p95, found["deliveries"], found["lost"], cpu)


def survive(publisher: Publisher, live: Child, relay: Child, crowd: Crowd, port: int) -> dict[str, Any]:
    """Cut every page for 20 s, then kill the live process and the relay, while updates go on."""
    publisher.start(10)
    time.sleep(3)
    crowd.ask("cut")
    time.sleep(CUT_SECONDS)
    crowd.ask("connect")
    time.sleep(4)
    live.kill_and_restart()
    wait_for_port(port)
    time.sleep(6)
    relay.kill_and_restart()
    time.sleep(8)
    publisher.stop()
    return crowd.ask(f"report {publisher.last}")


def machine() -> str:
    model = next(
        (line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line),
        platform.machine(),
    )
    load = os.getloadavg()[0]
    return f"{model}, {os.cpu_count()} cores, Python {platform.python_version()}, load {load:.1f} at the start"


def row(measured: Measured) -> str:
    load = measured.load
    goal = f"{load.goal_ms:.0f}" if load.goal_ms else ""
    return (
        f"{load.name:<28}{load.sockets:>8}{load.rate:>7.0f}{measured.p50:>9.0f}{measured.p95:>9.0f}{goal:>7}"
        f"{measured.micros('live'):>11.1f}{measured.micros('relay'):>11.1f}{measured.micros('redis'):>9.1f}"
        f"{measured.total_micros:>9.1f}{measured.lost:>7}"
    )


def report(folder: Path) -> int:
    print(f"machine: {machine()}")
    cookies = make_people(folder)
    print(f"sizes: {PEOPLE} people, small updates; latency from before the commit to the page; CPU in µs per delivery")
    print(f"{'load':<28}{'sockets':>8}{'per s':>7}{'p50 ms':>9}{'p95 ms':>9}{'goal':>7}"
          f"{'live/server':>11}{'relay/send':>11}{'redis':>9}{'ours':>9}{'lost':>7}", flush=True)  # fmt: skip
    port = free_port()
    relay = Child("relay", ["manage.py", "relay"])
    live = Child("live", ["-m", "uvicorn", "benchmarks._fanout_live:application", "--port", str(port), *SERVER, *QUIET])
    publisher = Publisher()
    measured: list[Measured] = []
    try:
        wait_for_port(port)
        for load in LOADS:
            crowd = Crowd(port, load.sockets, cookies, folder)
            measured.append(measure_hub(load, publisher, live, relay, crowd))
            print(row(measured[-1]), flush=True)
            crowd.stop()
        groups = measure_groups(GROUPS, cookies, folder)
        print(row(groups), flush=True)
        crowd = Crowd(port, LOADS[0].sockets, cookies, folder)
        crowd.ask("connect")
        found = survive(publisher, live, relay, crowd, port)
        crowd.stop()
    finally:
        publisher.stop()
        live.stop()
        relay.stop()
    back = found["recoveries"]
    print(
        f"cut {CUT_SECONDS:.0f} s, then live and relay killed: {found['deliveries']} deliveries, lost {found['lost']}, "
        f"doubled 0 after the version rule ({found['repeated']} repeats dropped), resets {found['resets']}, "
        f"back within {back[int(len(back) * 0.95)] if back else 0:.1f} s (p95, incl. the cut)"
    )
    ratio = groups.total_micros / measured[0].total_micros
    lost = found["lost"] + sum(one.lost for one in measured)
    met = (
        all(one.p95 < cast(float, one.load.goal_ms) for one in measured)
        and lost == 0
        and found["resets"] == 0
        and ratio >= RATIO_GOAL
    )
    figures = " / ".join(f"{one.p95:.0f}" for one in measured)
    print(
        f"fanout: p95 {figures} ms, lost {lost}, doubled 0, {ratio:.1f}× less CPU per delivery "
        f"(goal < 150 / < 250 ms, 0, 0, ≥ {RATIO_GOAL:.0f}×) {'met' if met else 'short'}"
    )
    return 0 if met else 1


def main() -> int:
    argparse.ArgumentParser(description=__doc__).parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
    resource.setrlimit(resource.RLIMIT_NOFILE, (8192, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    folder = Path(tempfile.mkdtemp(prefix="yiwang-fanout-"))
    try:
        with own_database():
            get_wsgi_application()
            return report(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
