"""Who gets an event: ordered rules, then who answers for the component it names, then the matrix of responsibility,
then what the type says. Pure.

Each question (which lead, which centre, who helps, which level) is answered by the first rule in order that matches and
has a word on it. So a rule about one question never hides another rule about a different one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from core.clock import local
from core.deadlines.calendar import WorkCalendar
from events.rules.expressions import TEXT_LOOKED_AT, AskFailed, Compiled, activation, ask

CALENDAR = WorkCalendar()
By = Literal["rule", "component", "matrix", "type", "nobody"]


@dataclass(frozen=True)
class Facts:
    """What is known of a report when somebody asks where it goes."""

    type_code: str
    category: str
    main_class: str
    default_unit_code: str
    level: int
    area_path: str
    area_label: str
    at: datetime
    source: str
    text: str
    has_citizen: bool
    keepers: tuple[tuple[str, str], ...] = ()
    """Of a part case that names its component: who maintains, owns and supervises it, as (part, code of the unit)."""

    def as_named(self, calendar: WorkCalendar = CALENDAR) -> dict[str, Any]:
        """Under the names that expressions use."""
        moment = local(self.at)
        return {
            "type_code": self.type_code,
            "category": self.category,
            "main_class": self.main_class,
            "level": self.level,
            "area": self.area_path,
            "areas": paths_over(self.area_path),
            "area_label": self.area_label,
            "hour": moment.hour,
            "weekday": moment.isoweekday(),
            "working_time": any(start <= self.at < end for start, end in calendar.spans_of(moment.date())),
            "source": self.source,
            "text": self.text[:TEXT_LOOKED_AT],
            "has_citizen": self.has_citizen,
        }


@dataclass(frozen=True)
class Unit:
    """A unit as routing knows it."""

    id: int
    code: str
    name: str
    kind: str
    area_path: str
    area_level: str


@dataclass(frozen=True)
class Rule:
    """A rule in force, or one that is being tried. `office` is the beginning of the code of the unit that answers for
    the area (`zhifa` finds 望江街道's `zhifa-008`), where the lead is not one unit for all areas. One of an `area` is
    asked for places in it alone.
    """

    id: int
    name: str
    edition: int
    compiled: Compiled
    lead: str = ""
    office: str = ""
    owner_level: str = ""
    co_units: tuple[str, ...] = ()
    level: int | None = None
    note: str = ""
    automatic: bool = False
    area: str = ""

    def concerns(self, area_path: str) -> bool:
        """Is this place one that the rule is asked for?"""
        return not self.area or area_path == self.area or area_path.startswith(self.area + ".")


@dataclass(frozen=True)
class Row:
    """定事定格定责定人: for this kind of event in this area, this unit leads and this person answers."""

    id: int
    type_code: str
    main_class: str
    area_path: str
    unit: Unit
    responder_id: int | None = None
    person: str = ""


@dataclass(frozen=True)
class Word:
    """One answer and who gave it: a rule (its id and edition), a row of the matrix, the type, or nobody."""

    by: By
    id: int | None = None
    edition: int | None = None
    name: str = ""

    def as_facts(self) -> dict[str, Any]:
        return {key: value for key, value in vars(self).items() if value not in (None, "")}


NOBODY = Word("nobody")


@dataclass(frozen=True)
class Skipped:
    """A rule that broke off on this report, or named a unit that is not there."""

    rule_id: int
    name: str
    problem: str


@dataclass(frozen=True)
class Decision:
    """Where an event goes and why. `owner` is None where no rule speaks of it: the highest centre owns it."""

    lead: Unit | None = None
    lead_by: Word = NOBODY
    owner: Unit | None = None
    owner_by: Word = NOBODY
    co_units: tuple[Unit, ...] = ()
    co_units_by: Word = NOBODY
    level: int | None = None
    level_by: Word = NOBODY
    responder_id: int | None = None
    person: str = ""
    notes: tuple[str, ...] = ()
    automatic: bool = False
    skipped: tuple[Skipped, ...] = ()

    def as_facts(self) -> dict[str, Any]:
        """As it is kept on the event: plain values, nothing that a renamed unit could change later."""
        return {
            "lead": {**self.lead_by.as_facts(), "unit_id": self.lead.id, "unit": self.lead.name} if self.lead else None,
            "owner": {**self.owner_by.as_facts(), "unit_id": self.owner.id, "unit": self.owner.name}
            if self.owner
            else None,
            "co_units": {
                **self.co_units_by.as_facts(),
                "units": [{"id": unit.id, "name": unit.name} for unit in self.co_units],
            }
            if self.co_units
            else None,
            "level": {**self.level_by.as_facts(), "level": self.level} if self.level is not None else None,
            "responder_id": self.responder_id,
            "person": self.person,
            "notes": list(self.notes),
            "automatic": self.automatic,
            "skipped": [vars(skipped) for skipped in self.skipped],
        }

    @property
    def in_short(self) -> dict[str, Any]:
        """For the history row of the move: who leads and who said so, by numbers alone."""
        return {
            "lead": self.lead.id if self.lead else None,
            "by": self.lead_by.by,
            "id": self.lead_by.id,
            "edition": self.lead_by.edition,
        }

    @property
    def outcome(self) -> tuple[Any, ...]:
        """What a person would notice: two decisions with the same outcome are the same to the city."""
        return (
            self.lead.id if self.lead else None,
            self.owner.id if self.owner else None,
            tuple(unit.id for unit in self.co_units),
            self.level,
            self.automatic,
        )


@dataclass(frozen=True)
class Ground:
    """What decisions are taken on: rules in force in their order, the matrix, and the active units by code."""

    rules: tuple[Rule, ...] = ()
    rows: Mapping[tuple[str, str], Row] = field(default_factory=dict)
    """By (type code or main class, area path)."""
    units: Mapping[str, Unit] = field(default_factory=dict)
    calendar: WorkCalendar = CALENDAR
    """The site's, for what is asked of working time."""


CAN_LEAD = frozenset({"department", "office"})
MOST_NOTES = 5


def paths_over(area_path: str) -> list[str]:
    """The area and everything above it, from the top."""
    labels = area_path.split(".")
    return [".".join(labels[: count + 1]) for count in range(len(labels))]


def rows_by_place(rows: Iterable[Row]) -> dict[tuple[str, str], Row]:
    return {(row.type_code or row.main_class, row.area_path): row for row in rows}


def decide(ground: Ground, facts: Facts) -> Decision:
    """Where the event goes; microseconds, and no statement."""
    found: dict[str, Any] = {}
    notes: list[str] = []
    skipped: list[Skipped] = []
    named = activation(facts.as_named(ground.calendar)) if ground.rules else None
    for rule in ground.rules:
        if not rule.concerns(facts.area_path):
            continue
        try:
            holds = ask(rule.compiled, named)
        except AskFailed as failed:
            skipped.append(Skipped(rule.id, rule.name, str(failed)[:200]))
            continue
        if holds:
            _hear(rule, ground, facts, found, skipped)
            if rule.note and len(notes) < MOST_NOTES:
                notes.append(rule.note)
    if "lead" not in found:
        _ask_component(ground, facts, found)
    if "lead" not in found:
        _ask_matrix(ground, facts, found)
    lead = found.get("lead")
    helpers = tuple(unit for unit in found.get("co_units", ()) if lead is None or unit.id != lead.id)
    return Decision(**{**found, "co_units": helpers}, notes=tuple(notes), skipped=tuple(skipped))


def _hear(rule: Rule, ground: Ground, facts: Facts, found: dict[str, Any], skipped: list[Skipped]) -> None:
    """A matching rule speaks on every question that is still open."""
    word = Word("rule", rule.id, rule.edition, rule.name)
    if (rule.lead or rule.office) and "lead" not in found:
        unit = ground.units.get(rule.lead) if rule.lead else office_of(ground, rule.office, facts.area_path)
        if unit is not None and unit.kind in CAN_LEAD:
            found |= {"lead": unit, "lead_by": word, "automatic": rule.automatic}
        else:
            skipped.append(Skipped(rule.id, rule.name, f"no such unit: {rule.lead or rule.office}"))
    if rule.owner_level and "owner" not in found:
        centre = centre_of(ground, rule.owner_level, facts.area_path)
        if centre is not None:
            found |= {"owner": centre, "owner_by": word}
        else:
            skipped.append(Skipped(rule.id, rule.name, f"no centre of the {rule.owner_level}"))
    if rule.co_units and "co_units" not in found:
        units = tuple(unit for code in rule.co_units if (unit := ground.units.get(code)) and unit.kind in CAN_LEAD)
        found |= {"co_units": units, "co_units_by": word}
    if rule.level is not None and "level" not in found:
        found |= {"level": rule.level, "level_by": word}


def _ask_component(ground: Ground, facts: Facts, found: dict[str, Any]) -> None:
    """A part case goes to who maintains the component, else to who owns it, else to who supervises it: the first of
    them that is a department or an office of the platform.
    """
    if facts.category != "part":
        return
    for part, code in facts.keepers:
        unit = ground.units.get(code)
        if unit is not None and unit.kind in CAN_LEAD:
            found |= {"lead": unit, "lead_by": Word("component", name=part)}
            return


def _ask_matrix(ground: Ground, facts: Facts, found: dict[str, Any]) -> None:
    """The most specific row: a row for the type before one for its main class, then the smallest area."""
    for kind in (facts.type_code, facts.main_class):
        for path in reversed(paths_over(facts.area_path)):
            row = ground.rows.get((kind, path))
            if row is not None:
                found |= {"lead": row.unit, "lead_by": Word("matrix", row.id, name=f"{kind} {path}")}
                found |= {"responder_id": row.responder_id, "person": row.person}
                return
    unit = ground.units.get(facts.default_unit_code)
    if unit is not None and unit.kind in CAN_LEAD:
        found |= {"lead": unit, "lead_by": Word("type", name=facts.type_code)}


def office_of(ground: Ground, code: str, area_path: str) -> Unit | None:
    """The unit of this kind of code that answers for the smallest area over the place."""
    paths = paths_over(area_path)
    fitting = [
        unit
        for unit in ground.units.values()
        if (unit.code == code or unit.code.startswith(code + "-")) and unit.area_path in paths and unit.kind in CAN_LEAD
    ]
    return max(fitting, key=lambda unit: (len(unit.area_path), -unit.id), default=None)


def centre_of(ground: Ground, level: str, area_path: str) -> Unit | None:
    """The centre of that level over the place."""
    paths = paths_over(area_path)
    fitting: Sequence[Unit] = [
        unit
        for unit in ground.units.values()
        if unit.kind == "centre" and unit.area_level == level and unit.area_path in paths
    ]
    return min(fitting, key=lambda unit: unit.id, default=None)
