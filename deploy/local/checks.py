"""`make check`: format, lint, types, import contracts, drift of everything that is generated."""

import difflib
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from deploy.local import commands, frontend, packages, python_env
from deploy.local.console import Console
from deploy.local.failures import StepFailed
from deploy.local.place import Place
from deploy.local.settings_file import child_environment

OPENAPI = "frontend/src/api/openapi.json"
API_TYPES = "frontend/src/api/schema.d.ts"
UPDATE_TYPES = "frontend/src/live/updates.d.ts"


@dataclass(frozen=True)
class Check:
    title: str
    work: Callable[[], object]


def environment(place: Place) -> dict[str, str]:
    """Settings that let Django be imported; no store is asked."""
    return {
        **child_environment(place, "check"),
        "DATABASE_URL": "postgis://check@127.0.0.1:1/check",
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "SECRET_KEY": "check-only",
        "PYTHONWARNINGS": "ignore::RuntimeWarning",
        "NO_COLOR": "1",
    }


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
        Check("API schema", lambda: _api_schema(place)),
        Check("live update types", lambda: _update_types(place)),
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
        env=environment(place),
    )


def _npm(place: Place, title: str, script: str, *arguments: str) -> str:
    return commands.run(
        [place.venv / "bin" / "npm", "run", "--silent", script, *arguments],
        log=_log(place, title),
        what=f"npm run {script}",
        remedy="Mend what is listed.",
        cwd=place.root / "frontend",
        env=environment(place),
    )


def _log(place: Place, title: str) -> Path:
    return place.logs / f"check-{title.replace(' ', '-')}.log"


def _api_schema(place: Place) -> None:
    """The checked-in OpenAPI description and the types made from it say what the API does now."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / "openapi.json"
        words = ["spectacular", "--format", "openapi-json", "--validate", "--file", str(fresh)]
        _tool(place, "API schema", ["python", "manage.py", *words])
        _same(fresh, place.root / OPENAPI, f".venv/bin/python manage.py {' '.join(words[:3])} --file {OPENAPI}")
        types = Path(folder) / "schema.d.ts"
        program = place.root / "frontend/node_modules/openapi-typescript/bin/cli.js"
        _tool(place, "API schema", ["node", str(program), str(place.root / OPENAPI), "-o", str(types)])
        _same(types, place.root / API_TYPES, "npm run gen-api (in frontend/)")


def _update_types(place: Place) -> None:
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / "updates.d.ts"
        _tool(place, "live update types", ["python", "manage.py", "live_types", "--output", str(fresh)])
        _same(fresh, place.root / UPDATE_TYPES, f".venv/bin/python manage.py live_types --output {UPDATE_TYPES}")


def _same(fresh: Path, kept: Path, command: str) -> None:
    new = fresh.read_text().splitlines()
    old = kept.read_text().splitlines() if kept.is_file() else []
    if new != old:
        difference = [*difflib.unified_diff(old, new, "checked in", "as it is now", lineterm="", n=1)][:15]
        raise StepFailed(f"{kept.name} is not up to date", f"Make it anew: {command}", tail="\n".join(difference))
