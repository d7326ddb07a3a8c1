"""The form of the catalogue's YAML files."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from events.catalogue_form import Code, LimitEntry, Strict
from events.errors import CatalogueInvalid
from events.rules.type_faults import Known
from events.scenario_form import DepartmentFile, ScenarioFile
from events.sources import MACHINE_SOURCES
from events.type_form import MainClassEntry, MainClassFile, TypeEntry, TypeFile, problems_of

FOLDER = Path(__file__).parent / "reference_data"
T = TypeVar("T", bound="Strict")
Reader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's where the package brings it: a tenth of the time."""


class ClockEntry(Strict):
    kind: Code
    limit: LimitEntry


class ClockFile(Strict):
    clocks: tuple[ClockEntry, ...]


class CatalogueFiles(Strict):
    """Everything read, with the category of each main class and of each type."""

    main_classes: tuple[tuple[str, MainClassEntry], ...] = ()
    types: tuple[tuple[str, TypeEntry], ...]
    clocks: tuple[ClockEntry, ...]
    scenarios: tuple[ScenarioFile, ...]


Types = tuple[tuple[str, TypeEntry], ...]
Packs = dict[str, ScenarioFile]


def _read(shape: type[T], path: Path) -> T:
    try:
        return shape.model_validate(yaml.load(path.read_text(encoding="utf-8"), Loader=Reader))
    except ValidationError as error:
        raise CatalogueInvalid(file=path.name, problem=_fields(error)) from error
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise CatalogueInvalid(file=path.name, problem=str(error)) from error


def _fields(error: ValidationError) -> str:
    """Each field that is wrong, and how: `co_handling.2.limit.type: …`."""
    return "; ".join(_field(problem) for problem in error.errors())


def _field(problem: ErrorDetails) -> str:
    where, what = ".".join(map(str, problem["loc"])), problem["msg"].removeprefix("Value error, ")
    given = problem["input"]
    got = f", not {given!r}" if isinstance(given, str | int | float) else ""
    return f"{where}: {what}{got}" if where else what


def read_files(folder: Path = FOLDER) -> CatalogueFiles:
    """Read and check every file; CatalogueInvalid says which one is wrong, in which field, and why."""
    files = [_read(TypeFile, path) for path in sorted((folder / "types").glob("*.yaml"))]
    types = tuple((file.category, entry) for file in files for entry in file.types)
    packs = {path.name: _read(ScenarioFile, path) for path in sorted((folder / "scenarios").glob("*.yaml"))}
    departments = _read(DepartmentFile, folder / "departments.yaml").codes
    main_classes = _read(MainClassFile, folder / "main_classes.yaml")
    _check_types(types, Known(main_classes.numbers, departments, {pack.code for pack in packs.values()}))
    _check_packs(types, packs, departments)
    return CatalogueFiles(
        main_classes=tuple((category, one) for category, all_of in main_classes.main_classes.items() for one in all_of),
        types=_with_scenarios(types, packs),
        clocks=_read(ClockFile, folder / "clocks.yaml").clocks,
        scenarios=tuple(packs.values()),
    )


def _check_types(types: Types, known: Known) -> None:
    problems = problems_of(types, known)
    if problems:
        raise CatalogueInvalid(file="types", problem="; ".join(problems))


def _check_packs(types: Types, packs: Packs, departments: frozenset[str]) -> None:
    """A pack names only what exists, and no two have the same number, code or type."""
    entries = {entry.code: entry for _, entry in types}
    seen: dict[tuple[str, object], str] = {}
    for name, pack in packs.items():
        problems = [
            f"{field}: there is no department {unit}" for field, unit in pack.units() if unit not in departments
        ]
        problems += [f"event_type: there is no type {code}" for code in pack.types if code not in entries]
        problems += [
            f"event_type: type {code} names the scenario {entries[code].scenario}"
            for code in pack.types
            if code in entries and entries[code].scenario not in ("", pack.code)
        ]
        problems += [
            f"auto_file.rules.{index}.condition: type {pack.event_type} has no condition {rule.condition}"
            for index, rule in enumerate(pack.auto_file.rules)
            if pack.event_type in entries and rule.condition not in _conditions(entries[pack.event_type])
        ]
        problems += [
            f"auto_file.rules.{index}.source: {rule.source} is no source of alerts"
            for index, rule in enumerate(pack.auto_file.rules)
            if rule.source not in MACHINE_SOURCES
        ]
        for field, value in _own(pack):
            first = seen.setdefault((field, value), name)
            if first != name:
                problems.append(f"{field}: {value} is that of {first} already")
        if problems:
            raise CatalogueInvalid(file=name, problem="; ".join(problems))


def _conditions(entry: TypeEntry) -> set[str]:
    return {condition.code for condition in entry.conditions}


def _own(pack: ScenarioFile) -> Iterator[tuple[str, object]]:
    yield from (("code", pack.code), ("number", pack.number))
    yield from (("event_type", code) for code in pack.types)


def _with_scenarios(types: Types, packs: Packs) -> Types:
    """Each type with the scenario that is written for it."""
    of_type = {code: pack.code for pack in packs.values() for code in pack.types}
    return tuple(
        (category, entry.model_copy(update={"scenario": of_type.get(entry.code, entry.scenario)}))
        for category, entry in types
    )


def plain(entry: Strict) -> dict[str, Any]:
    """The entry as JSON values, for digests and storage."""
    return entry.model_dump(mode="json")
