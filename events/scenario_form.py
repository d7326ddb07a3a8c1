"""The form of a scenario pack: one procedure for one kind of problem, from its triggers to its evaluation.

"One thing" 一件事 is a pack with a lead 牵头 and any number of competent 主管 and handling 处置 departments, each with
one leg of the event.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Annotated, Literal

from pydantic import Field, model_validator

from events.catalogue_form import Code, LimitEntry, Strict
from events.sources import Source

STREET_OFFICE = "street:"
"""Before the code of an office that every street has: the street of the event decides which one is meant."""
UnitCode = Annotated[str, Field(pattern=r"^(street:)?[a-z][a-z0-9-]{1,30}$")]
Text = Annotated[str, Field(min_length=2, max_length=400)]
Name = Annotated[str, Field(min_length=2, max_length=60)]
Purpose = Literal["evidence", "report", "verification", "before", "after", "check"]


class DepartmentEntry(Strict):
    code: UnitCode
    name: Name


class DepartmentFile(Strict):
    """The departments, and the offices of every street, that packs may name."""

    departments: Annotated[tuple[DepartmentEntry, ...], Field(min_length=1)]
    street_offices: tuple[DepartmentEntry, ...] = ()

    @property
    def codes(self) -> frozenset[str]:
        own = {entry.code for entry in self.departments}
        return frozenset(own | {STREET_OFFICE + entry.code for entry in self.street_offices})


class Trigger(Strict):
    """How the problem comes to be known: a channel, or a machine's rule."""

    source: Source
    rule: str = ""
    text: Text


class AutoRule(Strict):
    """A source × rule whose findings may open a case once its measured precision is high enough, and under which
    condition of the scenario's type.
    """

    source: Source
    rule: Code
    condition: Code
    precision_above: Annotated[float, Field(gt=0.5, lt=1)]


class AutoFile(Strict):
    """Whether an alert may open a case by itself: never where a person is decided about."""

    allowed: bool
    decides_about_person: bool
    reason: Text
    rules: tuple[AutoRule, ...] = ()

    @model_validator(mode="after")
    def people_are_decided_about_by_people(self) -> "AutoFile":
        if self.decides_about_person and (self.allowed or self.rules):
            raise ValueError("a decision about a person is always a person's: no automatic filing here")
        if self.allowed != bool(self.rules):
            raise ValueError("automatic filing is allowed exactly where rules name source, rule and precision")
        return self


class Verification(Strict):
    """Who makes sure before a case is opened, and how: at the picture, on the spot, by an office, by calling back."""

    mode: Literal["video", "on_site", "office", "call_back"]
    by: Name
    how: Text
    limit: LimitEntry
    unit: UnitCode | None = None

    @model_validator(mode="after")
    def an_office_is_named(self) -> "Verification":
        if (self.mode == "office") != (self.unit is not None):
            raise ValueError("the mode office names the unit that is asked; the other modes name none")
        return self


class Leg(Strict):
    """What one department does."""

    unit: UnitCode
    text: Text
    limit: LimitEntry | None = None


class CoHandling(Leg):
    part: Literal["competent", "handling"] = "handling"
    mandatory: bool


class Step(Strict):
    code: Code
    name: Name
    who: Name
    text: Text
    limit: LimitEntry
    evidence: tuple[Purpose, ...] = ()


class Evidence(Strict):
    purpose: Purpose
    text: Text


class Criterion(Strict):
    """One measure of the evaluation, and its part of the whole."""

    name: Name
    standard: Text
    weight: Annotated[int, Field(ge=1, le=100)]


class EvaluationEntry(Strict):
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1)]
    closing_standard: Text

    @model_validator(mode="after")
    def weights_make_a_whole(self) -> "EvaluationEntry":
        if (total := sum(criterion.weight for criterion in self.criteria)) != 100:
            raise ValueError(f"the weights of the criteria make {total}, not 100")
        return self


class Point(Strict):
    """A hidden-danger point 隐患点: what is looked for, by what one sees that it is in order, and who checks it."""

    number: Annotated[int, Field(ge=1)]
    text: Text
    standard: Text
    checked_by: UnitCode
    severity: Literal["major", "ordinary"] = "ordinary"


class Link(Strict):
    """A link 环节 of a scene: the department in charge and its points."""

    number: Annotated[int, Field(ge=1)]
    name: Name
    unit: UnitCode
    points: Annotated[tuple[Point, ...], Field(min_length=1)]


class Scene(Strict):
    """A scene 情形 of the procedure; its links in order."""

    code: Code
    name: Name
    links: Annotated[tuple[Link, ...], Field(min_length=1)]


class ScenarioFile(Strict):
    """A whole procedure: triggers, verification, who handles, steps with limits, evidence, evaluation."""

    code: Code
    number: Annotated[int, Field(ge=1, le=999)]
    name: Name
    about: Text
    event_type: Code
    also_types: tuple[Code, ...] = ()
    triggers: Annotated[tuple[Trigger, ...], Field(min_length=1)]
    auto_file: AutoFile
    verification: Verification
    lead: Leg
    co_handling: tuple[CoHandling, ...] = ()
    steps: Annotated[tuple[Step, ...], Field(min_length=3)]
    scenes: tuple[Scene, ...] = ()
    evidence: Annotated[tuple[Evidence, ...], Field(min_length=1)]
    evaluation: EvaluationEntry

    @model_validator(mode="after")
    def nothing_is_written_twice(self) -> "ScenarioFile":
        links = [link for scene in self.scenes for link in scene.links]
        _once("co_handling unit", [self.lead.unit, *(leg.unit for leg in self.co_handling)])
        _once("step", (step.code for step in self.steps))
        _once("type", self.types)
        _once("scene", (scene.code for scene in self.scenes))
        _once("link number", (link.number for link in links))
        _once("point number", (point.number for link in links for point in link.points))
        return self

    @property
    def types(self) -> tuple[str, ...]:
        return (self.event_type, *self.also_types)

    def units(self) -> Iterator[tuple[str, str]]:
        """Every department that is named, with the field that names it."""
        yield "lead.unit", self.lead.unit
        if self.verification.unit is not None:
            yield "verification.unit", self.verification.unit
        for index, leg in enumerate(self.co_handling):
            yield f"co_handling.{index}.unit", leg.unit
        for first, scene in enumerate(self.scenes):
            for second, link in enumerate(scene.links):
                where = f"scenes.{first}.links.{second}"
                yield f"{where}.unit", link.unit
                yield from (
                    (f"{where}.points.{third}.checked_by", point.checked_by) for third, point in enumerate(link.points)
                )


def _once(what: str, values: Iterable[object]) -> None:
    twice = [str(value) for value, count in Counter(values).items() if count > 1]
    if twice:
        raise ValueError(f"{what} written twice: {', '.join(twice)}")
