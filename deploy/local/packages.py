"""The Debian packages that Yiwang stands on, installed once with one `apt-get install`."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from deploy.local import commands
from deploy.local.console import Console
from deploy.local.failures import StepFailed
from deploy.local.place import Place
from deploy.local.preflight import require_disk

# A name that is a pattern (…) stands for its best match among the known packages, the preferred version first.
TO_RUN = (
    "python3-venv",
    r"postgresql-(\d+)-postgis-3",
    "redis-server",
    "nginx-light",
    r"libgdal(\d+)(t64)?",
    "ffmpeg",
    "python3-gi",
    "gir1.2-gst-rtsp-server-1.0",
    "gstreamer1.0-plugins-base",
    "gstreamer1.0-plugins-good",
    "gstreamer1.0-plugins-bad",
)
TO_TEST = ("chromium",)
_PREFERRED = {r"postgresql-(\d+)-postgis-3": 15}
_OLDEST = {r"postgresql-(\d+)-postgis-3": 15, r"libgdal(\d+)(t64)?": 30}
_INSTALLER = Path(__file__).with_name("packages_as_root.py")


def installed() -> set[str]:
    """Names of all installed packages; empty on a system without dpkg."""
    if shutil.which("dpkg-query") is None:
        return set()
    listing = subprocess.run(
        ["dpkg-query", "-W", "-f", "${db:Status-Abbrev}\t${Package}\n"], capture_output=True, text=True, check=False
    ).stdout
    return {line.split("\t")[1] for line in listing.splitlines() if line.startswith("ii")}


def best_match(wanted: str, names: set[str]) -> str | None:
    """The package that a wanted name or pattern stands for among `names`: the preferred version, else the newest."""
    if "(" not in wanted:
        return wanted if wanted in names else None
    versions = {int(m.group(1)): name for name in names if (m := re.fullmatch(wanted, name))}
    usable = {number: name for number, name in versions.items() if number >= _OLDEST[wanted]}
    preferred = _PREFERRED.get(wanted)
    return usable.get(preferred or -1) or (usable[max(usable)] if usable else None)


def missing(wanted: tuple[str, ...]) -> list[str]:
    have = installed()
    return [name for name in wanted if best_match(name, have) is None]


def ensure(place: Place, console: Console, wanted: tuple[str, ...], title: str = "system packages") -> None:
    """Install what is missing. Debian's daemons are not started, and its settings are left as they were."""
    require_disk(place)
    lacking = missing(wanted)
    if not lacking:
        console.skipped(title)
        return
    if shutil.which("apt-get") is None:
        raise StepFailed(
            "this system has no apt-get, and these are missing: " + ", ".join(lacking),
            "Yiwang is made for Debian 12. Elsewhere install PostgreSQL 15 with PostGIS 3, Redis 7, nginx, GDAL, ffmpeg"
            " and GStreamer's RTSP server by hand.",
        )
    with console.step(title) as step:
        step.say("package lists")
        log = place.logs / "packages.log"
        root = _as_root(lacking, console)
        installer = [*root, sys.executable, str(_INSTALLER)]
        # sudo finds its ticket by the terminal, so these two stay in this session.
        commands.run([*installer, "update"], log=log, what="apt-get update", own_group=False, fetches=True)
        known = _known_packages()
        names = [best_match(name, known) for name in lacking]
        unknown = [wish for wish, name in zip(lacking, names, strict=True) if name is None]
        if unknown:
            raise StepFailed(
                "this system's package lists lack " + ", ".join(unknown),
                "Yiwang is made for Debian 12 and newer. Check /etc/apt/sources.list, then run the same command again.",
            )
        step.say(f"{len(names)} packages")
        wish = [str(name) for name in names]
        commands.run([*installer, "install", *wish], log=log, what="apt-get install", own_group=False, fetches=True)
        still = missing(wanted)
        if still:
            raise StepFailed("not installed: " + ", ".join(still), "Run the same command again.", log=str(log))


def _known_packages() -> set[str]:
    listing = subprocess.run(["apt-cache", "pkgnames"], capture_output=True, text=True, check=False).stdout
    return set(listing.split())


def _as_root(lacking: list[str], console: Console) -> list[str]:
    """How to become root for this one installation."""
    if os.geteuid() == 0:
        return []
    by_hand = "apt-get install --no-install-recommends " + " ".join(n for n in lacking if "(" not in n)
    if any(n.startswith("postgresql") for n in lacking):
        by_hand += " postgresql-15-postgis-3"
    if shutil.which("sudo") is None:
        raise StepFailed(
            "system packages are missing, and there is neither root nor sudo",
            f"Let an administrator run: {by_hand}. Then run the same command again, as yourself.",
        )
    if subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0:
        return ["sudo", "-n"]
    if not (sys.stdin.isatty() and console.tty):
        raise StepFailed(
            "system packages are missing, and sudo does not work here without a password",
            f"Run this command in a terminal, or let an administrator run: {by_hand}",
        )
    console.line("  Some system packages are needed; sudo may ask for your password.")
    if subprocess.run(["sudo", "-v"], check=False).returncode != 0:
        raise StepFailed("sudo was refused", f"Let an administrator run: {by_hand}. Then run the same command again.")
    return ["sudo"]
