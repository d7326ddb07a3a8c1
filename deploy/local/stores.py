"""The two stores of an installation: private ones that we run, or given ones that we only check."""

import os
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from deploy.local import commands
from deploy.local.failures import StepFailed
from deploy.local.place import Place
from deploy.local.ports import Ports
from deploy.local.postgres import DATABASE, Cluster
from deploy.local.redis_store import RedisStore, ping
from deploy.local.settings_file import given
from deploy.local.store_user import choose

# What a database says of itself, so that steps done in one are not taken as done in another.
_IDENTITY = (
    "SELECT system_identifier || '/' || (SELECT oid FROM pg_database WHERE datname = current_database())"
    " FROM pg_control_system()"
)
_CHECK = """
import os, sys, psycopg2
link = psycopg2.connect(os.environ["CHECKED_URL"].replace("postgis://", "postgresql://", 1), connect_timeout=5)
link.autocommit = True
cursor = link.cursor()
for extension in ("postgis", "pg_trgm"):
    cursor.execute("CREATE EXTENSION IF NOT EXISTS " + extension)
cursor.execute(sys.argv[1])
print("identity", cursor.fetchone()[0])
"""


@dataclass(frozen=True)
class Stores:
    """`cluster` and `redis` are None where a server was given by URL."""

    cluster: Cluster | None
    redis: RedisStore | None
    database_url: str
    redis_url: str

    @property
    def own(self) -> list[str]:
        return [name for name, store in (("postgres", self.cluster), ("redis", self.redis)) if store is not None]

    def values(self) -> dict[str, str]:
        """What the process table needs to start the private ones."""
        values: dict[str, str] = {}
        if self.cluster:
            program, _, data = self.cluster.command()
            values |= {"postgres": program, "postgres_data": data}
        if self.redis:
            program, settings = self.redis.command()
            values |= {"redis": program, "redis_conf": settings}
        return values


def needed_ports(*, throwaway: bool = False) -> list[str]:
    names = {
        "postgres": "TEST_DATABASE_URL" if throwaway else "DATABASE_URL",
        "redis": "TEST_REDIS_URL" if throwaway else "REDIS_URL",
    }
    return [store for store, variable in names.items() if not given(variable)]


def plan(place: Place, ports: Ports, *, throwaway: bool = False) -> Stores:
    """Decide per store: private or given. `throwaway` plans the tests' own pair."""
    database_url = given("TEST_DATABASE_URL" if throwaway else "DATABASE_URL")
    redis_url = given("TEST_REDIS_URL" if throwaway else "REDIS_URL")
    home = None if database_url and redis_url else choose(place)
    cluster = redis = None
    if not database_url and home:
        cluster = Cluster(home, place.secrets, place.logs / "database.log", ports["postgres"], throwaway)
        database_url = cluster.url(DATABASE)
    if not redis_url and home:
        redis = RedisStore(home, place.secrets, ports["redis"], throwaway)
        redis_url = redis.url()
    return Stores(cluster, redis, database_url, redis_url)


def make_ready_to_start(stores: Stores) -> None:
    """Create what is missing on disk and write this start's settings."""
    if stores.cluster:
        if not stores.cluster.exists():
            stores.cluster.create()
        stores.cluster.clear_leftovers()
        stores.cluster.configure()
    if stores.redis:
        stores.redis.configure()


def prepare(place: Place, stores: Stores) -> str:
    """After both answer: role, database, extensions. Returns the database's identity."""
    _check_redis(stores)
    if stores.cluster:
        stores.cluster.prepare()
        return stores.cluster.sql(_IDENTITY, database=DATABASE).strip()
    printed = commands.run(
        [place.python, "-c", _CHECK, _IDENTITY],
        log=place.logs / "database.log",
        what="the given database does not serve",
        env={**os.environ, "CHECKED_URL": stores.database_url},
        remedy="Check DATABASE_URL; the database must exist, and PostGIS must be installed there (as its superuser: "
        "CREATE EXTENSION postgis; CREATE EXTENSION pg_trgm;).",
    )
    return next(line.split(" ", 1)[1] for line in printed.splitlines() if line.startswith("identity "))


def _check_redis(stores: Stores) -> None:
    parts = urlsplit(stores.redis_url)
    wrong = ping(
        parts.hostname or "127.0.0.1", parts.port or 6379, unquote(parts.password or ""), unquote(parts.username or "")
    )
    if wrong and parts.scheme == "redis":
        raise StepFailed(f"Redis does not serve: {wrong}", "Check REDIS_URL, then run the same command again.")
