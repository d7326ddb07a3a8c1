"""Stores of their own for tests and benchmarks, kept running while one command works with them."""

import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from deploy.local import commands, processes, settings_file, stores
from deploy.local.child import die_with_parent
from deploy.local.console import Console
from deploy.local.log_output import LogOutput
from deploy.local.place import Place
from deploy.local.ports import Ports
from deploy.local.readiness import Readiness
from deploy.local.secrets_file import secret
from deploy.local.supervisor import Supervisor


@dataclass
class Workshop:
    place: Place
    stores: stores.Stores
    identity: str
    supervisor: Supervisor

    def environment(self) -> dict[str, str]:
        """The settings of a process that works here; they have precedence over any file."""
        return {
            **settings_file.child_environment(self.place),
            "YIWANG_ENV_FILE": str(self.place.env_file),
            "DATABASE_URL": self.stores.database_url,
            "REDIS_URL": self.stores.redis_url,
            "SECRET_KEY": secret(self.place.secrets, "secret-key", 48),
            "VAR_DIR": str(self.place.var),
            "MODEL_DIR": str(self.place.models),
        }

    def work(self, argv: Sequence[str | Path], environment: Mapping[str, str], *, cwd: Path) -> int:
        """Run a command in the foreground, its output straight to the person; returns its exit code."""
        child = subprocess.Popen(
            [str(part) for part in argv],
            cwd=cwd,
            env=dict(environment),
            start_new_session=True,
            preexec_fn=die_with_parent(signal.SIGTERM),
        )
        try:
            self.supervisor.watch(lambda: child.poll() is not None)
        finally:
            if child.poll() is None:
                # Its own children (test workers, servers they started) belong to its group.
                commands.end_group(child.pid)
        return child.wait()


@contextmanager
def open_workshop(place: Place, console: Console, *, throwaway: bool, title: str) -> Iterator[Workshop]:
    """Private stores below `place` (or those given by URL) for the time of the block."""
    place.make_folders()
    ports = Ports(place.var / "ports.json")
    ports.choose(stores.needed_ports(throwaway=throwaway))
    plan = stores.plan(place, ports, throwaway=throwaway)
    output = LogOutput(console, place.logs, ["postgres", "redis"])
    output.shown = False
    checks = {
        name: store.answers for name, store in (("postgres", plan.cluster), ("redis", plan.redis)) if store is not None
    }
    user = next((store.home.user for store in (plan.cluster, plan.redis) if store), None)
    supervisor = Supervisor(output, Readiness(ports, checks), cwd=place.root, store_user=user)
    values = processes.here(place, ports, **plan.values())
    for process in processes.named(*plan.own):
        supervisor.add(process, values, settings_file.child_environment(place, process.name))
    try:
        with console.step(title) as step:
            stores.make_ready_to_start(plan)
            supervisor.start(plan.own)
            supervisor.wait_ready(plan.own)
            identity = stores.prepare(place, plan)
            step.say(" ".join(f"{name} :{ports[name]}" for name in plan.own))
        yield Workshop(place, plan, identity, supervisor)
    finally:
        commands.end_all()
        supervisor.stop()
