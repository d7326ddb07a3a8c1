"""`make check`: format, lint, types, import contracts, drift of everything that is generated."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from deploy.local import commands, frontend, generated, packages, python_env
from deploy.local.console import Console
from deploy.local.failures import StepFailed
from deploy.local.place import Place
from deploy.local.settings_file import settings_without_stores


@dataclass(frozen=True)
class Check:
    title: str
    work: Callable[[], object]


def run(place: Place, console: Console, _: list[str]) -> int:
    packages.ensure(place, console, packages.TO_RUN)
    python_env.ensure(place, console, python_env.TO_TEST)
    frontend.install(place, console)
    place.make_folders()
    began = time.monotonic()
    # Two side by side; the longest first.
    with ThreadPoolExecutor(max_workers=2) as pool:
        futures = [(check, pool.submit(_carry_out, check, console)) for check in _all(place)]
        try:
            failures = [(check, failure) for check, future in futures if (failure := future.result()) is not None]
        except KeyboardInterrupt:
            pool.shutdown(wait=False, cancel_futures=True)
            commands.end_all()
            raise
    for check, failure in failures:
        console.line(f"\n{check.title}\n{failure.text()}")
    passed = len(futures) - len(failures)
    console.line(f"\n  {passed} of {len(futures)} checks passed in {time.monotonic() - began:.0f} s")
    return 1 if failures else 0


def put_in_format(place: Place, console: Console) -> int:
    _tool(place, "format", ["ruff", "format", "."])
    _tool(place, "format", ["ruff", "check", "--fix", "."])
    console.line("  the code has the agreed format")
    return 0


def _carry_out(check: Check, console: Console) -> StepFailed | None:
    try:
        with console.step(check.title):
            check.work()
    except StepFailed as failure:
        return failure
    return None


def _all(place: Place) -> list[Check]:
    def tool(title: str, *argv: str) -> Check:
        return Check(title, lambda: _tool(place, title, argv))

    def npm(title: str, script: str) -> Check:
        return Check(title, lambda: _npm(place, title, script))

    return [
        tool("types", "mypy"),
        npm("page types", "typecheck"),
        *(Check(one.title, partial(generated.compare, place, one)) for one in generated.ALL),
        tool("migrations", "python", "manage.py", "makemigrations", "--check", "--dry-run"),
        tool("import contracts", "lint-imports"),
        tool("lint", "ruff", "check", "."),
        tool("format", "ruff", "format", "--check", "."),
        npm("page lint", "lint"),
    ]


def _tool(place: Place, title: str, argv: Sequence[str]) -> str:
    return commands.run(
        [place.venv / "bin" / argv[0], *argv[1:]],
        log=_log(place, title),
        what=" ".join(argv),
        remedy="Mend what is listed; `make format` does what can be done by itself.",
        cwd=place.root,
        env=settings_without_stores(place),
    )


def _npm(place: Place, title: str, script: str, *arguments: str) -> str:
    return commands.run(
        [place.venv / "bin" / "npm", "run", "--silent", script, *arguments],
        log=_log(place, title),
        what=f"npm run {script}",
        remedy="Mend what is listed.",
        cwd=place.root / "frontend",
        env=settings_without_stores(place),
    )


def _log(place: Place, title: str) -> Path:
    return place.logs / f"check-{title.replace(' ', '-')}.log"
