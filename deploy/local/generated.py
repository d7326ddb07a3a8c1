"""Files in the front end that are made from the back end: made anew by `make generate`, compared by `make check`."""

import difflib
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from deploy.local import commands, frontend, packages, python_env
from deploy.local.console import Console
from deploy.local.failures import StepFailed
from deploy.local.place import Place
from deploy.local.settings_file import settings_without_stores

_TYPES_PROGRAM = "frontend/node_modules/openapi-typescript/bin/cli.js"


@dataclass(frozen=True)
class Generated:
    """A schema that a management command writes, and the TypeScript types made from it."""

    title: str
    command: tuple[str, ...]
    """Takes the file to write as its last word."""
    schema: str
    types: str


ALL = (
    Generated(
        "API schema",
        ("spectacular", "--format", "openapi-json", "--validate", "--fail-on-warn", "--file"),
        "frontend/src/api/openapi.json",
        "frontend/src/api/schema.d.ts",
    ),
    Generated(
        "live update types",
        ("live_schema", "--file"),
        "frontend/src/live/updates.json",
        "frontend/src/live/updates.d.ts",
    ),
)


def write_all(place: Place, console: Console, _: list[str]) -> int:
    """`make generate`."""
    packages.ensure(place, console, packages.TO_RUN)
    python_env.ensure(place, console, python_env.TO_TEST)
    frontend.install(place, console)
    for one in ALL:
        with console.step(one.title):
            _write(place, one, schema=place.root / one.schema, types=place.root / one.types)
    return 0


def compare(place: Place, one: Generated) -> None:
    """What is checked in says what the back end does now."""
    with tempfile.TemporaryDirectory() as folder:
        schema, types = Path(folder) / "schema.json", Path(folder) / "types.d.ts"
        _write(place, one, schema=schema, types=types)
        _same(schema, place.root / one.schema)
        _same(types, place.root / one.types)


def _write(place: Place, one: Generated, *, schema: Path, types: Path) -> None:
    log = place.logs / f"check-{one.title.replace(' ', '-')}.log"
    environment: Mapping[str, str] = settings_without_stores(place)
    commands.run(
        [place.python, "manage.py", *one.command, schema],
        log=log,
        what=f"manage.py {one.command[0]}",
        remedy="Mend the view or the shape that is named.",
        cwd=place.root,
        env=environment,
    )
    commands.run(
        [place.venv / "bin" / "node", place.root / _TYPES_PROGRAM, schema, "-o", types],
        log=log,
        what="openapi-typescript",
        cwd=place.root,
        env=environment,
    )


def _same(fresh: Path, kept: Path) -> None:
    new = fresh.read_text().splitlines()
    old = kept.read_text().splitlines() if kept.is_file() else []
    if new != old:
        difference = [*difflib.unified_diff(old, new, "checked in", "as it is now", lineterm="", n=1)][:15]
        raise StepFailed(
            f"{kept.name} is not up to date", "Run `make generate` and commit.", tail="\n".join(difference)
        )
