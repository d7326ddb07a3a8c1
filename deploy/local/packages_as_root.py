"""The part of set-up that runs as root: `apt-get` with Debian's daemons held still.

Debian's packages start servers on the standard ports and create a PostgreSQL cluster when they are installed. Yiwang
uses private servers, so both are prevented for this one installation, and every file touched for that is put back
exactly, also after a failure or an interrupt; a run that was killed is tidied up by the next.

Usage: packages_as_root.py update | install PACKAGE…
"""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from types import FrameType

MARK = "# put here by Yiwang's set-up for the time of one installation\n"
POLICY = "#!/bin/sh\n" + MARK + "exit 101\n"
NO_CLUSTER = MARK + "create_main_cluster = false\n"
UNITS = {"redis-server": "redis-server.service", "nginx-common": "nginx.service", "nginx": "nginx.service"}


class Replaced:
    """A system file with other content for a while. The original lies beside it, with its owner, mode and times."""

    def __init__(self, path: Path, content: str, mode: int) -> None:
        self.path = path
        self.saved = path.with_name(path.name + ".before-yiwang")
        self._content = content
        self._mode = mode

    def put(self) -> None:
        self.restore()
        self.path.parent.mkdir(parents=True, exist_ok=True)
        if self.path.exists() or self.path.is_symlink():
            self.path.rename(self.saved)
        self.path.write_text(self._content)
        self.path.chmod(self._mode)

    def restore(self) -> None:
        ours = self.path.is_file() and MARK in self.path.read_text(errors="replace")
        if self.saved.exists() or self.saved.is_symlink():
            self.saved.replace(self.path)
        elif ours:
            self.path.unlink()


def guards(root: Path = Path("/")) -> list[Replaced]:
    """Nothing is started, and no main cluster is created."""
    settings = root / "etc/postgresql-common"
    main = settings / "createcluster.conf"
    held = [Replaced(root / "usr/sbin/policy-rc.d", POLICY, 0o755)]
    if main.exists():
        kept = "".join(line for line in main.read_text().splitlines(True) if not line.startswith("create_main_cluster"))
        held.append(Replaced(main, kept + "\n" + NO_CLUSTER, 0o644))
    else:
        # The package's own file does not exist yet and reads this folder; so the package still installs its own.
        held.append(Replaced(settings / "createcluster.d" / "yiwang.conf", NO_CLUSTER, 0o644))
    return held


def tidy_up(root: Path = Path("/")) -> None:
    """Undo what a killed installation left behind."""
    for path, mode in (("usr/sbin/policy-rc.d", 0o755), ("etc/postgresql-common/createcluster.conf", 0o644)):
        Replaced(root / path, "", mode).restore()
    Replaced(root / "etc/postgresql-common/createcluster.d/yiwang.conf", "", 0o644).restore()


def apt(*arguments: str) -> int:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8", "UCF_FORCE_CONFFOLD": "1"}
    options = ["-y", "-o", "Dpkg::Use-Pty=0", "-o", "DPkg::Lock::Timeout=300", "-o", "Acquire::Retries=3"]
    return subprocess.run(["apt-get", *options, *arguments], env=environment, check=False).returncode


def is_installed(package: str) -> bool:
    query = subprocess.run(["dpkg-query", "-W", "-f", "${db:Status-Abbrev}", package], capture_output=True, check=False)
    return query.stdout.startswith(b"ii")


def keep_off_at_boot(units: set[str]) -> None:
    """The packages enable their servers for the next boot; the standard ports stay free for others."""
    if units and shutil.which("systemctl"):
        subprocess.run(["systemctl", "disable", *sorted(units)], check=False)


def install(packages: list[str]) -> int:
    new_units = {unit for package, unit in UNITS.items() if not is_installed(package)}
    tidy_up()
    held = guards()
    try:
        for guard in held:
            guard.put()
        code = apt("install", "--no-install-recommends", "-o", "Dpkg::Options::=--force-confold", *packages)
        if code == 0:
            keep_off_at_boot(new_units)
        return code
    finally:
        for guard in held:
            guard.restore()


def stop(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


def main(arguments: list[str]) -> int:
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, stop)
    if arguments[:1] == ["update"]:
        return apt("update")
    if arguments[:1] == ["install"] and len(arguments) > 1:
        return install(arguments[1:])
    print(__doc__)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
