"""A private Redis: loses nothing (append-only file), refuses rather than evicts, answers only with the password."""

import socket
from dataclasses import dataclass
from pathlib import Path

from deploy.local.secrets_file import secret
from deploy.local.store_user import StoreHome

_SETTINGS = """\
# Written by set-up at every start; changes here are lost.
bind 127.0.0.1
port {port}
protected-mode yes
requirepass {password}
dir {folder}
daemonize no
supervised no
maxmemory-policy noeviction
tcp-backlog 511
save ""
appendonly {durable}
appendfsync everysec
aof-use-rdb-preamble yes
loglevel notice
logfile ""
"""


@dataclass(frozen=True)
class RedisStore:
    home: StoreHome
    secrets: Path
    port: int
    throwaway: bool = False

    @property
    def folder(self) -> Path:
        return self.home.folder / "redis"

    def _password(self) -> str:
        return secret(self.secrets, "redis-password")

    def url(self, database: int = 0) -> str:
        return f"redis://:{self._password()}@127.0.0.1:{self.port}/{database}"

    def command(self) -> list[str]:
        return ["/usr/bin/redis-server", str(self.folder / "redis.conf")]

    def configure(self) -> None:
        self.home.make(self.folder)
        durable = "no" if self.throwaway else "yes"
        text = _SETTINGS.format(port=self.port, password=self._password(), folder=self.folder, durable=durable)
        self.home.write(self.folder / "redis.conf", text)

    def answers(self) -> bool:
        return ping("127.0.0.1", self.port, self._password()) == ""


def ping(host: str, port: int, password: str = "", user: str = "") -> str:
    """Empty when a Redis answers there; else what is wrong."""
    login = f"AUTH {user} {password}".replace("  ", " ") + "\r\n" if password else ""
    try:
        with socket.create_connection((host, port), timeout=2) as connection:
            connection.sendall(f"{login}PING\r\n".encode())
            answer = b""
            while b"PONG" not in answer and b"-" not in answer:
                part = connection.recv(200)
                if not part:
                    break
                answer += part
    except OSError as error:
        return str(error)
    return "" if b"PONG" in answer else answer.decode(errors="replace").strip() or "no answer"
