"""`make run`: everything from a bare machine to a running platform, and back down again."""

import os
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from types import FrameType

from deploy.local import (
    commands,
    front,
    frontend,
    packages,
    processes,
    python_env,
    running,
    sample,
    settings_file,
    stores,
    summary,
)
from deploy.local.console import Console
from deploy.local.log_output import LogOutput
from deploy.local.place import Place
from deploy.local.ports import Ports
from deploy.local.readiness import Readiness
from deploy.local.supervisor import Supervisor, raise_file_limit


class Stack:
    """One run of one installation, in the calling (main) thread."""

    def __init__(self, place: Place, console: Console) -> None:
        self.place = place
        self.console = console
        self.ports = Ports(place.var / "ports.json")
        names = [process.name for process in processes.TABLE]
        self.output = LogOutput(console, place.logs, names)
        self.supervisor: Supervisor | None = None
        self._stopping = threading.Event()
        self._told: dict[str, int] = {}

    def run(self) -> None:
        """Set up, start, and stay until Ctrl-C or SIGTERM; then stop everything in order."""
        self.place.make_folders()
        with running.sole(self.place):
            self._catch_signals()
            try:
                self._bring_up()
                if self.supervisor:
                    self.output.shown = True
                    self.supervisor.watch(self._told_to_stop)
            except KeyboardInterrupt:
                self.console.line("\n  interrupted; the same command continues where this stopped")
            finally:
                self._take_down()

    def _bring_up(self) -> None:
        began = time.monotonic()
        place, console = self.place, self.console
        console.line(f"Yiwang in {place.root}")
        packages.ensure(place, console, packages.TO_RUN)
        python_env.ensure(place, console, python_env.TO_RUN)
        release = frontend.build_id(place)
        own = stores.needed_ports()
        self.ports.choose(["front", "web", "live", "viewing", "rtsp", *own])
        plan = stores.plan(place, self.ports)
        settings_file.write(
            place,
            database_url=plan.database_url,
            redis_url=plan.redis_url,
            front_port=self.ports["front"],
            rtsp_port=self.ports["rtsp"],
            build_id=release,
        )
        self._make_supervisor(plan)
        identity = self._start_stores(plan)
        self._fill(identity, release)
        self._start_rest(plan, began)

    def _make_supervisor(self, plan: stores.Stores) -> None:
        checks: dict[str, Callable[[], bool]] = {}
        if plan.cluster:
            checks["postgres"] = plan.cluster.answers
        if plan.redis:
            checks["redis"] = plan.redis.answers
        raise_file_limit()
        user = next((store.home.user for store in (plan.cluster, plan.redis) if store), None)
        self.supervisor = Supervisor(self.output, Readiness(self.ports, checks), cwd=self.place.root, store_user=user)
        values = processes.here(self.place, self.ports, nginx=front.program(), **plan.values())
        for process in processes.TABLE:
            if not process.as_store_user or process.name in plan.own:
                environment = settings_file.child_environment(self.place, process.name)
                self.supervisor.add(process, values, environment)

    def _start_stores(self, plan: stores.Stores) -> str:
        supervisor = self._supervisor()
        title = "PostgreSQL and Redis" if plan.own else "given PostgreSQL and Redis"
        self.output.shown = False
        with self.console.step(title) as step:
            if plan.own:
                step.say("creating" if plan.cluster and not plan.cluster.exists() else "")
                stores.make_ready_to_start(plan)
                supervisor.start(plan.own)
                supervisor.wait_ready(plan.own)
            identity = stores.prepare(self.place, plan)
            step.say(" ".join(f"{name} :{self.ports[name]}" for name in plan.own))
        return identity

    def _fill(self, identity: str, release: str) -> None:
        """Independent lines of work side by side, while the stores are watched."""
        place, console = self.place, self.console

        def pages() -> None:
            frontend.install(place, console)
            frontend.build(place, console, release)
            sample.static_files(place, console, release)

        def data() -> None:
            sample.database(place, console, identity)
            if os.environ.get("SAMPLE_PAST") != "0":
                sample.past(place, console, identity)

        def eyes() -> None:
            # The clips first: the detector's quantisation is calibrated on their pictures.
            sample.clips(place, console)
            sample.models(place, console)
            sample.divisions(place, console)

        self.side_by_side([pages, data, eyes])

    def side_by_side(self, works: list[Callable[[], None]]) -> None:
        pool = ThreadPoolExecutor(max_workers=len(works))
        try:
            futures: list[Future[None]] = [pool.submit(work) for work in works]

            def over() -> bool:
                # The first failure ends the others: its message should stand last and alone.
                return (
                    self._stopping.is_set()
                    or all(f.done() for f in futures)
                    or any(f.done() and f.exception() for f in futures)
                )

            self._supervisor().watch(over)
            if self._stopping.is_set():
                raise KeyboardInterrupt
            for future in futures:
                if future.done():
                    future.result()
        finally:
            commands.end_all()
            pool.shutdown(wait=True, cancel_futures=True)

    def _start_rest(self, plan: stores.Stores, began: float) -> None:
        supervisor, console = self._supervisor(), self.console
        front.write(self.place, self.ports)
        address = f"http://127.0.0.1:{self.ports['front']}"
        running.write_state(self.place, phase="starting", address=address)
        names = [process.name for process in processes.TABLE if not process.as_store_user]
        with console.step("processes") as step:
            step.say(", ".join(names))
            supervisor.start(names)
            late = supervisor.wait_ready(names)
            step.say(f"{len(names) - len(late)} of {len(names)} up")
        for name in late:
            console.line(f"  ! {name} is not up yet; it is tried again. Its log: {self.output.path(name)}")
        self._tell(address)
        console.line(summary.text(self.place, address=address, seconds=time.monotonic() - began))

    def _tell(self, address: str) -> None:
        """Others find the processes by this; pids change when one is started again."""
        self._told = self._supervisor().pids
        running.write_state(self.place, phase="ready", address=address, pids=self._told)

    def _told_to_stop(self) -> bool:
        if self._supervisor().pids != self._told:
            self._tell(f"http://127.0.0.1:{self.ports['front']}")
        return self._stopping.is_set()

    def _supervisor(self) -> Supervisor:
        if self.supervisor is None:
            raise RuntimeError("the supervisor is made before anything is started")
        return self.supervisor

    def _catch_signals(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        if self._stopping.is_set():
            if self.supervisor:
                self.supervisor.hurry()
            return
        self._stopping.set()
        if self.supervisor is None or running.state(self.place).get("phase") != "ready":
            # Still setting up: break off whatever the main thread is doing.
            raise KeyboardInterrupt

    def _take_down(self) -> None:
        self._stopping.set()
        commands.end_all()
        if self.supervisor is None or not self.supervisor.pids:
            return
        self.console.line()
        with self.console.step("stopping"):
            self.supervisor.stop()
