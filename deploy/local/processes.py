"""The process table: the one truth about what runs, here and in the containers.

A command's {names} are filled with values; `here` and `in_container` give the two sets. docker-compose.yml is compared
with this table by a test.
"""

import signal
from dataclasses import dataclass, field

from deploy.local.place import Place
from deploy.local.ports import Ports


@dataclass(frozen=True)
class Process:
    """One supervised command. Tiers start in ascending order and stop in descending order."""

    name: str
    tier: int
    command: tuple[str, ...]
    meaning: str
    ready: str
    """How it is known to be up: `port NAME`, `http PATH`, `health` (its own heartbeat), `store NAME`, or `started`
    (it has lived for a second)."""
    vital: bool = True
    """Without it nothing works: when it cannot start, the start fails. Others are tried again and again."""
    stop_signal: signal.Signals = signal.SIGTERM
    stop_seconds: float = 10.0
    containers: bool = True
    """False for the demonstration's own parts, which a production site replaces."""
    as_store_user: bool = False
    environment: dict[str, str] = field(default_factory=dict)


TABLE = (
    Process(
        name="postgres",
        tier=0,
        command=("{postgres}", "-D", "{postgres_data}"),
        meaning="PostgreSQL 15 with PostGIS",
        ready="store postgres",
        # Fast shutdown: open transactions are rolled back, nothing committed is lost.
        stop_signal=signal.SIGINT,
        stop_seconds=30.0,
        containers=False,
        as_store_user=True,
    ),
    Process(
        name="redis",
        tier=0,
        command=("{redis}", "{redis_conf}"),
        meaning="Redis 7",
        ready="store redis",
        containers=False,
        as_store_user=True,
    ),
    Process(
        name="web",
        tier=1,
        command=(
            *("{bin}granian", "--interface", "wsgi", "--host", "{host}", "--port", "{web_port}"),
            *("--workers", "{web_workers}", "--blocking-threads", "2", "--backlog", "1024", "--no-ws"),
            *("--respawn-failed-workers", "--log-level", "warning", "config.wsgi:application"),
        ),
        meaning="pages, API, tiles, admin",
        ready="http /health",
    ),
    Process(
        name="live",
        tier=1,
        command=(
            *("{bin}uvicorn", "config.asgi:application", "--host", "{host}", "--port", "{live_port}"),
            *("--loop", "uvloop", "--http", "h11", "--ws", "websockets-sansio", "--ws-max-size", "65536"),
            *("--ws-per-message-deflate", "false", "--lifespan", "off", "--no-access-log", "--log-level", "warning"),
            *("--backlog", "4096", "--timeout-graceful-shutdown", "3"),
        ),
        meaning="live updates over WebSockets",
        ready="port live",
    ),
    Process(
        name="relay",
        tier=1,
        command=("{python}", "manage.py", "relay"),
        meaning="committed updates to the stream",
        ready="health",
    ),
    Process(
        name="worker",
        tier=1,
        command=(
            *("{bin}celery", "-A", "config", "worker", "-Q", "default", "--concurrency", "2", "-n", "default@%h"),
            *("--without-gossip", "--without-mingle", "--loglevel", "warning"),
        ),
        meaning="deadlines and everything asynchronous",
        ready="health",
        vital=False,
    ),
    Process(
        name="beat",
        tier=1,
        command=(
            *("{bin}celery", "-A", "config", "beat", "--loglevel", "warning"),
            *("--schedule", "{state}/celery-beat", "--pidfile", ""),
        ),
        meaning="the timetable of periodic tasks",
        ready="health",
        vital=False,
    ),
    Process(
        name="video",
        tier=1,
        command=(
            *("{bin}celery", "-A", "config", "worker", "-Q", "video", "--pool", "threads", "--concurrency", "4"),
            *("-n", "video@%h", "--without-gossip", "--without-mingle", "--loglevel", "warning"),
        ),
        meaning="cameras, detection, tracking",
        ready="health",
        vital=False,
        stop_seconds=15.0,
    ),
    Process(
        name="viewing",
        tier=1,
        command=(
            *("{bin}uvicorn", "config.viewing:application", "--host", "{host}", "--port", "{viewing_port}"),
            *("--loop", "uvloop", "--http", "h11", "--ws", "none", "--no-access-log", "--log-level", "warning"),
            *("--backlog", "1024", "--timeout-graceful-shutdown", "3"),
        ),
        meaning="live pictures of watched cameras",
        ready="port viewing",
        vital=False,
    ),
    Process(
        name="rtsp",
        tier=1,
        command=("{system_python}", "deploy/rtsp/server.py", "--port", "{rtsp_port}", "--clips", "{clips}"),
        meaning="demonstration cameras",
        ready="port rtsp",
        vital=False,
        containers=False,
    ),
    Process(
        name="front",
        tier=2,
        command=("{nginx}", "-p", "{nginx_folder}", "-c", "{nginx_conf}", "-e", "stderr"),
        meaning="the one published address",
        ready="http /",
        stop_seconds=5.0,
    ),
)

CONTAINER_VALUES = {
    "bin": "",
    "python": "python",
    "host": "0.0.0.0",  # inside the containers' private network; only `front` publishes a port
    "web_port": "8100",
    "live_port": "8200",
    "viewing_port": "8300",
    "web_workers": "4",
    "state": "/srv/yiwang/state",
    "nginx": "nginx",
    "nginx_folder": "/tmp/nginx",
    "nginx_conf": "/etc/nginx/nginx.conf",
}


def here(place: Place, ports: Ports, **stores: str) -> dict[str, str]:
    """Values for this machine."""
    return {
        "bin": f"{place.venv / 'bin'}/",
        "python": str(place.python),
        "system_python": "/usr/bin/python3",
        "host": "127.0.0.1",
        "web_workers": "2",
        "state": str(place.state),
        "clips": str(place.clips),
        "nginx_folder": str(place.nginx),
        "nginx_conf": str(place.nginx / "nginx.conf"),
        **ports.as_values(),
        **stores,
    }


def command_of(process: Process, values: dict[str, str]) -> list[str]:
    return [part.format_map(values) for part in process.command]


def named(*names: str) -> list[Process]:
    return [process for process in TABLE if process.name in names]
