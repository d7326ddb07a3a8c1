"""The virtual environment `.venv` with every Python package pinned by hash."""

import os
import shutil
import subprocess
import sys

from deploy.local import commands
from deploy.local.console import Console
from deploy.local.failures import StepFailed
from deploy.local.place import Place
from deploy.local.stamps import Stamps, digest, digest_of_files

TO_RUN = ("base",)
TO_TEST = ("base", "dev")


def ensure(place: Place, console: Console, sets: tuple[str, ...]) -> None:
    """Create `.venv` when it is missing or broken, and install the pinned packages of the given sets."""
    title = "Python packages" if sets == TO_RUN else "Python test packages"
    # The stamp lies in the environment itself: it goes when the environment goes, and all installations share it.
    stamps = Stamps(Place(root=place.root, var=place.venv))
    key = _key(place, sets)
    name = "-".join(sets)
    # Programs in the environment carry its path; after a move of the checkout they would start nothing.
    works = _works(place) and stamps.matches("where", str(place.venv))
    if works and stamps.matches(name, key):
        console.skipped(title)
        return
    with console.step(title) as step:
        log = place.logs / "python.log"
        if not works:
            _create(place)
        step.say(", ".join(f"requirements/{one}.txt" for one in sets))
        files = [part for one in sets for part in ("-r", str(place.root / "requirements" / f"{one}.txt"))]
        commands.run(
            [
                place.python,
                "-m",
                "pip",
                "install",
                "--disable-pip-version-check",
                "--no-input",
                "--require-hashes",
                *files,
            ],
            log=log,
            what="installing Python packages",
            fetches=True,
            env=environment(),
        )
        stamps.write(name, key)
        if name != "-".join(TO_RUN):
            stamps.write("-".join(TO_RUN), _key(place, TO_RUN))
        step.say("")


def _key(place: Place, sets: tuple[str, ...]) -> str:
    return digest(*(digest_of_files(place.root, [f"requirements/{name}.txt"]) for name in sets))


def environment() -> dict[str, str]:
    """The caller's environment without what would lead another Python astray."""
    stray = {
        "PYTHONHOME",
        "PYTHONPATH",
        "VIRTUAL_ENV",
        "PIP_TARGET",
        "PIP_PREFIX",
        "PIP_USER",
        "PIP_REQUIRE_VIRTUALENV",
    }
    return {key: value for key, value in os.environ.items() if key not in stray}


def _works(place: Place) -> bool:
    if not place.python.exists():
        return False
    check = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    return (
        subprocess.run([place.python, "-c", check], capture_output=True, check=False, env=environment()).returncode == 0
    )


def _create(place: Place) -> None:
    if subprocess.run([sys.executable, "-c", "import ensurepip, venv"], capture_output=True, check=False).returncode:
        raise StepFailed(
            f"{sys.executable} cannot make virtual environments (it has no ensurepip)",
            f"Install its venv package (Debian: python{sys.version_info.major}.{sys.version_info.minor}-venv), "
            "or choose another Python: make run PYTHON=/usr/bin/python3",
        )
    if place.venv.exists():
        # Half made by an interrupted run, or made by a Python that has been removed since.
        shutil.rmtree(place.venv)
    commands.run(
        [sys.executable, "-m", "venv", str(place.venv)],
        log=place.logs / "python.log",
        what="creating .venv",
        env=environment(),
    )
    Stamps(Place(root=place.root, var=place.venv)).write("where", str(place.venv))
