"""The form of the files of types: main classes with their digits, and sub classes with their conditions."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from events.catalogue_form import Code, LimitEntry, Strict
from events.rules.type_content import ConditionContent, TypeContent
from events.rules.type_faults import Known, faults_of

TwoDigits = Annotated[str, Field(pattern=r"^\d{2}$")]
CategoryName = Literal["part", "event", "governance"]


class MainClassEntry(Strict):
    code: TwoDigits
    name: Annotated[str, Field(min_length=2, max_length=40)]


class MainClassFile(Strict):
    """The main classes of each category, in the field's order."""

    main_classes: dict[CategoryName, tuple[MainClassEntry, ...]]

    @model_validator(mode="after")
    def nothing_is_written_twice(self) -> "MainClassFile":
        for category, entries in self.main_classes.items():
            for values in ([entry.code for entry in entries], [entry.name for entry in entries]):
                if len(set(values)) < len(values):
                    raise ValueError(f"{category}: a main class is written twice")
        return self

    @property
    def numbers(self) -> dict[str, dict[str, str]]:
        """Digits by name, per category."""
        return {
            category: {entry.name: entry.code for entry in entries} for category, entries in self.main_classes.items()
        }


class ConditionEntry(Strict):
    code: Code
    text: str
    limit: LimitEntry
    closing: str

    @property
    def content(self) -> ConditionContent:
        limit = self.limit.limit
        return ConditionContent(self.code, self.text, limit.type.value, limit.amount, self.closing)


class TypeEntry(Strict):
    code: Code
    sub: TwoDigits
    name: str
    main_class: str
    report_group: str
    level: int = 4
    unit: str
    scenario: str = ""
    check: str = "on_site"
    before_photo: bool = False
    after_photo: bool = True
    check_photo: bool = False
    verification: bool = False
    self_handling: bool = False
    filing: str
    conditions: tuple[ConditionEntry, ...]

    def content(self, category: str) -> TypeContent:
        return TypeContent(
            code=self.code,
            name=self.name,
            category=category,
            main_class=self.main_class,
            sub_code=self.sub,
            report_group=self.report_group,
            default_level=self.level,
            default_unit_code=self.unit,
            scenario_code=self.scenario,
            check_mode=self.check,
            filing_standard=self.filing,
            needs_before_photo=self.before_photo,
            needs_after_photo=self.after_photo,
            needs_check_photo=self.check_photo,
            verification_advised=self.verification,
            allows_self_handling=self.self_handling,
            conditions=tuple(condition.content for condition in self.conditions),
        )


class TypeFile(Strict):
    """The sub classes of one category."""

    category: CategoryName
    types: tuple[TypeEntry, ...]


def problems_of(types: tuple[tuple[str, TypeEntry], ...], known: Known) -> list[str]:
    """What is wrong with the types together: faults of each, codes and numbers that two of them claim."""
    problems: list[str] = []
    codes: set[str] = set()
    numbers: dict[tuple[str, str, str], str] = {}
    for category, entry in types:
        problems += [f"{entry.code}: {fault.field}: {fault.en}" for fault in faults_of(entry.content(category), known)]
        if entry.code in codes:
            problems.append(f"type {entry.code} is written twice")
        codes.add(entry.code)
        number = (category, entry.main_class, entry.sub)
        if number in numbers:
            problems.append(f"{entry.code}: {' '.join(number)} is the number of {numbers[number]} already")
        numbers.setdefault(number, entry.code)
    return problems
