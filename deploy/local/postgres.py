"""A private PostgreSQL cluster with PostGIS: made once, then run in the foreground by the supervisor."""

import os
import re
import signal
import time
from dataclasses import dataclass
from pathlib import Path

from deploy.local import commands
from deploy.local.failures import StepFailed
from deploy.local.secrets_file import secret
from deploy.local.store_user import StoreHome

_LIBRARIES = Path("/usr/lib/postgresql")
OWNER = "yiwang"
DATABASE = "yiwang"

_SETTINGS = """\
# Written by set-up at every start; changes here are lost. Sized for a small machine.
listen_addresses = '127.0.0.1'
port = {port}
unix_socket_directories = ''
password_encryption = 'scram-sha-256'
max_connections = {connections}
shared_buffers = '{buffers}'
work_mem = '8MB'
maintenance_work_mem = '128MB'
effective_cache_size = '1GB'
random_page_cost = 1.1
jit = off
max_parallel_workers_per_gather = 0
wal_compression = on
max_wal_size = '1GB'
checkpoint_completion_target = 0.9
timezone = 'UTC'
log_timezone = 'UTC'
lc_messages = 'C'
logging_collector = off
log_line_prefix = ''
log_min_duration_statement = {slow_ms}
"""
_THROWAWAY = """\
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
"""


def programs() -> Path:
    """The folder with PostgreSQL's server programs: version 15 if there, else the newest one that has PostGIS."""
    found = {
        int(p.parent.name): p for p in _LIBRARIES.glob("*/bin") if p.parent.name.isdigit() and (p / "initdb").exists()
    }
    with_postgis = {
        number: path
        for number, path in found.items()
        if number >= 15 and Path(f"/usr/share/postgresql/{number}/extension/postgis.control").exists()
    }
    if not with_postgis:
        raise StepFailed(
            "PostgreSQL 15 with PostGIS is not installed",
            "Run the same command again; it installs what is missing. Or give DATABASE_URL of a server you have.",
        )
    return with_postgis.get(15) or with_postgis[max(with_postgis)]


@dataclass(frozen=True)
class Cluster:
    """One private cluster. `throwaway` trades safety for speed: for tests only."""

    home: StoreHome
    secrets: Path
    log: Path
    port: int
    throwaway: bool = False

    @property
    def data(self) -> Path:
        return self.home.folder / "postgres"

    def url(self, database: str = DATABASE, *, scheme: str = "postgis") -> str:
        return f"{scheme}://{OWNER}:{secret(self.secrets, 'database-password')}@127.0.0.1:{self.port}/{database}"

    def command(self) -> list[str]:
        return [str(programs() / "postgres"), "-D", str(self.data)]

    def exists(self) -> bool:
        return (self.data / "PG_VERSION").is_file() and (self.data / "made").is_file()

    def create(self) -> None:
        """initdb. The file `made` is written last, so an interrupted attempt is begun anew."""
        if self.data.exists():
            self.home.make(self.data)
            commands.run(
                ["rm", "-rf", "--one-file-system", str(self.data)], log=self.log, what="removing a half-made database"
            )
        self.home.make(self.data)
        password = self.home.folder / "superuser-password"
        self.home.write(password, secret(self.secrets, "superuser-password") + "\n")
        words = [str(programs() / "initdb"), "-D", str(self.data), "-U", "postgres", f"--pwfile={password}"]
        words += ["--auth=scram-sha-256", "-E", "UTF8", "--locale=C.UTF-8"]
        try:
            commands.run(
                [*words, *(["--no-sync"] if self.throwaway else ["--data-checksums"])],
                log=self.log,
                what="creating the private PostgreSQL cluster",
                user=self.home.user,
                cwd=Path("/"),
            )
        finally:
            password.unlink(missing_ok=True)
        self.home.write(self.data / "made", "")

    def configure(self) -> None:
        """Write the settings of this start (the port may have changed)."""
        settings = _SETTINGS.format(
            port=self.port,
            connections=200 if self.throwaway else 100,
            buffers="128MB",
            slow_ms=-1 if self.throwaway else 1000,
        )
        self.home.write(self.data / "yiwang.conf", settings + (_THROWAWAY if self.throwaway else ""))
        main = self.data / "postgresql.conf"
        text = main.read_text()
        if "include = 'yiwang.conf'" not in text:
            self.home.write(main, text + "\ninclude = 'yiwang.conf'\n")

    def clear_leftovers(self) -> None:
        """After a crash or a power cut: end a server that still holds this cluster, or remove its stale pid file."""
        lock = self.data / "postmaster.pid"
        if not lock.is_file():
            return
        first = lock.read_text().split("\n", 1)[0].strip()
        pid = int(first) if first.isdigit() else 0
        if not _serves(pid, self.data):
            lock.unlink(missing_ok=True)
            return
        os.kill(pid, signal.SIGINT)
        until = time.monotonic() + 30
        while _serves(pid, self.data):
            if time.monotonic() > until:
                raise StepFailed(
                    f"a PostgreSQL server left from an earlier run (pid {pid}) holds {self.data} and does not end",
                    f"End it with `kill -QUIT {pid}`, then run the same command again.",
                )
            time.sleep(0.1)

    def sql(
        self,
        statement: str,
        *,
        database: str = "postgres",
        user: str = "postgres",
        what: str = "preparing the database",
    ) -> str:
        """Run SQL over TCP as the superuser or the owner; the password never stands on a command line."""
        name = "superuser-password" if user == "postgres" else "database-password"
        return psql(
            f"postgresql://{user}@127.0.0.1:{self.port}/{database}",
            statement,
            password=secret(self.secrets, name),
            log=self.log,
            what=what,
        )

    def answers(self) -> bool:
        try:
            return self.sql("select 1").strip() == "1"
        except StepFailed:
            return False

    def prepare(self) -> None:
        """The platform's role and database. PostGIS goes into template1, so that every new database has it."""
        password = secret(self.secrets, "database-password").replace("'", "''")
        rights = "SUPERUSER" if self.throwaway else "NOSUPERUSER CREATEDB"
        for database in ("template1", "postgres"):
            self.sql(
                "CREATE EXTENSION IF NOT EXISTS postgis; CREATE EXTENSION IF NOT EXISTS pg_trgm;", database=database
            )
        known = self.sql(f"SELECT 1 FROM pg_roles WHERE rolname = '{OWNER}'").strip()
        verb = "ALTER" if known else "CREATE"
        self.sql(f"{verb} ROLE {OWNER} LOGIN {rights} PASSWORD '{password}'")
        self.create_database(DATABASE)

    def drop_database(self, name: str) -> None:
        """Only in a throwaway cluster; elsewhere databases are people's data."""
        if not self.throwaway:
            raise ValueError("databases are dropped in throwaway clusters only")
        self.sql(f"DROP DATABASE IF EXISTS {_plain(name)} WITH (FORCE)")

    def create_database(self, name: str) -> None:
        _plain(name)
        if not self.sql(f"SELECT 1 FROM pg_database WHERE datname = '{name}'").strip():
            self.sql(f"CREATE DATABASE {name} OWNER {OWNER}")


def _plain(name: str) -> str:
    if not re.fullmatch(r"[a-z_][a-z0-9_]{0,62}", name):
        raise ValueError(f"not a plain database name: {name!r}")
    return name


def psql(url: str, statement: str, *, password: str = "", log: Path, what: str) -> str:
    """What psql prints, without decoration."""
    environment = {**os.environ, "PGCONNECT_TIMEOUT": "5", "PGOPTIONS": "-c client_min_messages=warning"}
    if password:
        environment["PGPASSWORD"] = password
    return commands.run(
        [programs() / "psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", url],
        log=log,
        what=what,
        env=environment,
        stdin=statement + "\n",
        timeout=120,
    )


def _serves(pid: int, data: Path) -> bool:
    """Whether that process is a PostgreSQL server on this very cluster (pids are reused)."""
    if pid <= 1:
        return False
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
    return any(word.endswith(b"postgres") for word in words[:1]) and str(data).encode() in words
