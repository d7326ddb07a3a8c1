"""Who runs the stores and where their data lie. PostgreSQL refuses root, so root hands them to an unprivileged user."""

import grp
import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path

from deploy.local.failures import StepFailed
from deploy.local.place import Place

_DEBIAN_USER = "postgres"


@dataclass(frozen=True)
class StoreHome:
    """The folder that holds the stores' data, and the user to become for them (None: stay who we are)."""

    folder: Path
    user: str | None

    def make(self, path: Path, mode: int = 0o700) -> None:
        """A folder that belongs to the stores' user."""
        path.mkdir(parents=True, exist_ok=True)
        self.own(path, mode)

    def write(self, path: Path, text: str, mode: int = 0o600) -> None:
        """A file that only the stores' user may read."""
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
        with os.fdopen(descriptor, "w") as file:
            file.write(text)
        self.own(path, mode)

    def own(self, path: Path, mode: int) -> None:
        path.chmod(mode)
        if self.user:
            entry = pwd.getpwnam(self.user)
            os.chown(path, entry.pw_uid, entry.pw_gid)


def choose(place: Place) -> StoreHome:
    """Below `var/` where the stores' user can reach it; else (a home of mode 0700) below /var/lib."""
    if os.geteuid() != 0:
        home = StoreHome(folder=place.var / "stores", user=None)
        _require_ours(home, os.geteuid())
        return home
    try:
        entry = pwd.getpwnam(_DEBIAN_USER)
    except KeyError as error:
        raise StepFailed(
            f"the system user {_DEBIAN_USER!r} is missing; PostgreSQL cannot run as root",
            "Reinstall Debian's postgresql-common, or run as an ordinary user.",
        ) from error
    inside = place.var / "stores"
    inside.mkdir(parents=True, exist_ok=True)
    inside.chmod(0o755)
    folder = inside if _can_enter(inside, entry) else Path("/var/lib") / f"yiwang-{place.tag}"
    folder.mkdir(parents=True, exist_ok=True)
    home = StoreHome(folder=folder, user=_DEBIAN_USER)
    _require_ours(home, entry.pw_uid)
    return home


def _can_enter(folder: Path, entry: pwd.struct_passwd) -> bool:
    group = grp.getgrgid(entry.pw_gid).gr_name
    try:
        test = subprocess.run(
            ["test", "-x", str(folder)], user=entry.pw_name, group=group, extra_groups=[], cwd="/", check=False
        )
    except PermissionError as error:
        raise StepFailed(
            "root may not become another user here (a restricted container)",
            "Allow the capabilities SETUID and SETGID, or run as an ordinary user, or give DATABASE_URL and REDIS_URL.",
        ) from error
    return test.returncode == 0


def _require_ours(home: StoreHome, uid: int) -> None:
    """Data made under another user cannot be opened; say so before PostgreSQL does in its own words."""
    data = home.folder / "postgres"
    if data.exists() and data.stat().st_uid != uid:
        try:
            owner = pwd.getpwuid(data.stat().st_uid).pw_name
        except KeyError:
            owner = str(data.stat().st_uid)
        raise StepFailed(
            f"the database in {data} belongs to the user {owner!r}",
            "Run this command as the user who ran it first (root, if that was root). "
            f"To begin anew with an empty database, remove {home.folder}.",
        )
