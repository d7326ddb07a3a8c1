"""`make lock`: computes versions and hashes of every Python package anew."""

import sys
from pathlib import Path

from deploy.local import commands
from deploy.local.console import Console
from deploy.local.place import Place

_OPTIONS = (
    *("--python-version", "3.11", "--python-platform", "x86_64-manylinux_2_28", "--generate-hashes"),
    *("--no-emit-index-url", "--no-header", "--no-annotate", "--quiet"),
)


def run(place: Place, console: Console, words: list[str]) -> int:
    """Recompute the lock files; packages named in `words` are upgraded, `--upgrade` upgrades all."""
    place.make_folders()
    upgrades = ["--upgrade"] if "--upgrade" in words else [p for word in words for p in ("--upgrade-package", word)]
    for name in ("base", "dev"):
        with console.step(f"requirements/{name}.txt"):
            commands.run(
                [_compiler(place), "pip", "compile", *_OPTIONS, *upgrades, f"{name}.in", "-o", f"{name}.txt"],
                log=place.logs / "lock.log",
                what=f"computing requirements/{name}.txt",
                fetches=True,
                cwd=place.root / "requirements",
            )
    console.line("  Review the change with `git diff requirements`, then run `make check test`.")
    return 0


def _compiler(place: Place) -> Path:
    folder = place.shared / "tools" / "lock"
    program = folder / "bin" / "uv"
    if not program.exists():
        log = place.logs / "lock.log"
        commands.run([sys.executable, "-m", "venv", folder], log=log, what="creating the tool's environment")
        commands.run(
            [folder / "bin" / "python", "-m", "pip", "install", "--quiet", "uv==0.13.9"],
            log=log,
            what="installing uv",
            fetches=True,
        )
    return program
