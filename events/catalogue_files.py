"""The form of the catalogue's YAML files."""

from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from core.deadlines.arithmetic import Limit, LimitType
from events.errors import CatalogueInvalid

FOLDER = Path(__file__).parent / "reference_data"
Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,47}$")]
T = TypeVar("T", bound="Strict")
LevelNumber = Annotated[int, Field(ge=1, le=4)]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class LimitEntry(Strict):
    """A limit: an amount of its type, or so many minutes around the clock."""

    type: LimitType
    amount: Decimal | None = None
    minutes: int | None = None

    @model_validator(mode="after")
    def one_measure(self) -> "LimitEntry":
        if (self.amount is None) == (self.minutes is None):
            raise ValueError("a limit has either an amount or minutes")
        if self.minutes is not None and self.type is not LimitType.URGENT_HOURS:
            raise ValueError("minutes are for urgent_hours")
        return self

    @property
    def limit(self) -> Limit:
        return Limit.minutes(self.minutes) if self.minutes else Limit(self.type, self.amount or Decimal(0))


class ConditionEntry(Strict):
    code: Code
    text: Annotated[str, Field(min_length=4, max_length=200)]
    limit: LimitEntry


class TypeEntry(Strict):
    code: Code
    name: Annotated[str, Field(min_length=2, max_length=60)]
    main_class: str
    report_group: Literal["enforcement", "service", "dispute"]
    level: LevelNumber = 4
    unit: str
    scenario: str = ""
    check: Literal["on_site", "video", "call_back"] = "on_site"
    after_photo: bool = True
    verification: bool = False
    self_handling: bool = False
    conditions: Annotated[tuple[ConditionEntry, ...], Field(min_length=1)]


MAIN_CLASSES = {
    "part": {"公用设施", "道路交通", "市容环境", "园林绿化", "其他"},
    "event": {"市容环境", "宣传广告", "施工管理", "突发事件", "街面秩序", "其他"},
    "governance": {
        "矛盾纠纷", "公共安全", "消防安全", "安全生产", "生态环境",
        "市场监管", "民生服务", "非法金融活动", "社会治安", "其他",
    },
}  # fmt: skip


class TypeFile(Strict):
    category: Literal["part", "event", "governance"]
    types: tuple[TypeEntry, ...]

    @model_validator(mode="after")
    def classes_of_the_standard(self) -> "TypeFile":
        wrong = {entry.main_class for entry in self.types} - MAIN_CLASSES[self.category]
        if wrong:
            raise ValueError(f"no main class of {self.category}: {', '.join(sorted(wrong))}")
        return self


class ClockEntry(Strict):
    kind: Code
    limit: LimitEntry


class ClockFile(Strict):
    clocks: tuple[ClockEntry, ...]


class Trigger(Strict):
    source: Code
    rule: str = ""
    text: str


class AutoFile(Strict):
    """Whether an alert may open a case by itself: never where a person is decided about."""

    allowed: bool
    reason: str


class Verification(Strict):
    by: str
    how: str
    limit: LimitEntry


class Lead(Strict):
    unit: str
    text: str


class CoHandling(Strict):
    unit: str
    mandatory: bool
    text: str


class Step(Strict):
    code: Code
    name: str
    who: str
    text: str
    limit: LimitEntry


class Evidence(Strict):
    purpose: Literal["evidence", "report", "verification", "before", "after", "check"]
    text: str


class EvaluationEntry(Strict):
    indicators: Annotated[tuple[str, ...], Field(min_length=1)]
    closing_standard: str


class ScenarioFile(Strict):
    """A whole procedure: triggers, verification, who handles, steps with limits, evidence, evaluation."""

    code: Code
    number: Annotated[int, Field(ge=1, le=999)]
    name: str
    event_type: Code
    triggers: Annotated[tuple[Trigger, ...], Field(min_length=1)]
    auto_file: AutoFile
    verification: Verification
    lead: Lead
    co_handling: tuple[CoHandling, ...] = ()
    steps: Annotated[tuple[Step, ...], Field(min_length=3)]
    evidence: Annotated[tuple[Evidence, ...], Field(min_length=1)]
    evaluation: EvaluationEntry


class CatalogueFiles(Strict):
    """Everything read, with the category of each type."""

    types: tuple[tuple[str, TypeEntry], ...]
    clocks: tuple[ClockEntry, ...]
    scenarios: tuple[ScenarioFile, ...]


def _read(shape: type[T], path: Path) -> T:
    try:
        return shape.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (yaml.YAMLError, ValidationError) as error:
        raise CatalogueInvalid(file=path.name, problem=str(error)) from error


def read_files(folder: Path = FOLDER) -> CatalogueFiles:
    """Read and check every file; CatalogueInvalid says which one is wrong and why."""
    files = [_read(TypeFile, path) for path in sorted((folder / "types").glob("*.yaml"))]
    types = tuple((file.category, entry) for file in files for entry in file.types)
    scenarios = tuple(_read(ScenarioFile, path) for path in sorted((folder / "scenarios").glob("*.yaml")))
    _check_references(types, scenarios)
    return CatalogueFiles(types=types, clocks=_read(ClockFile, folder / "clocks.yaml").clocks, scenarios=scenarios)


def _check_references(types: tuple[tuple[str, TypeEntry], ...], scenarios: tuple[ScenarioFile, ...]) -> None:
    codes = [entry.code for _, entry in types]
    named = {scenario.code for scenario in scenarios}
    problems: list[str] = [f"type {code} is written twice" for code in sorted({c for c in codes if codes.count(c) > 1})]
    dangling = [entry for _, entry in types if entry.scenario and entry.scenario not in named]
    problems += [f"type {entry.code} names no scenario {entry.scenario}" for entry in dangling]
    problems += [f"scenario {s.code} names no type {s.event_type}" for s in scenarios if s.event_type not in codes]
    if problems:
        raise CatalogueInvalid(file="reference_data", problem="; ".join(problems))


def plain(entry: Strict) -> dict[str, Any]:
    """The entry as JSON values, for digests and storage."""
    return entry.model_dump(mode="json")
