"""Algorithms by declaration: the file names targets, rules and parameters; this module checks and builds them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import isfinite
from pathlib import Path
from typing import Any

import yaml

from video.rules.building import build_rule, words_of
from video.rules.geometry import Point
from video.rules.temporal import TemporalRule

DECLARATIONS = Path(__file__).resolve().parent.parent / "reference_data" / "algorithms.yaml"
WHOLE_PICTURE: tuple[Point, ...] = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
SENSITIVITIES = ("low", "normal", "high")
Words = dict[str, str]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One value a person may set: `type` is number, integer or choice."""

    name: str
    title: Words
    type: str
    default: float | str
    minimum: float | None = None
    maximum: float | None = None
    choices: tuple[str, ...] = ()
    help: Words | None = None

    def problem_with(self, value: object) -> str | None:
        """A code for what is wrong with the value, or None: not_a_number, too_small, too_large, unknown_choice."""
        if self.type == "choice":
            return None if value in self.choices else "unknown_choice"
        if isinstance(value, bool) or not isinstance(value, int | float):
            return "not_a_number"
        if isinstance(value, float) and not isfinite(value):
            return "not_a_number"
        if self.type == "integer" and value != int(value):
            return "not_a_number"
        if self.minimum is not None and value < self.minimum:
            return "too_small"
        if self.maximum is not None and value > self.maximum:
            return "too_large"
        return None


@dataclass(frozen=True, slots=True)
class Algorithm:
    """One declared algorithm. `targets` are detector words; `rules` maps a mode to the rule's settings.

    `default_type` is the event type that its alerts name where a zone says nothing else. What is only `suspected` is
    never confirmed without a person. `sensitivity` and `night` are parameters that hold by the zone's choice and after
    dark. `keeps_still`: standing still is the point, so that standing things are never left out.
    """

    code: str
    name: Words
    targets: frozenset[str]
    default_level: int
    default_type: str
    suspected: bool
    about_person: bool
    opt_in_model: bool
    keeps_still: bool
    cool_down_seconds: float
    parameters: tuple[Parameter, ...]
    sensitivity: Mapping[str, Mapping[str, Any]]
    night: Mapping[str, Any]
    rules: Mapping[str, Mapping[str, Any]]
    sees: Words
    limits: Words

    def problems_with(self, values: Mapping[str, object]) -> dict[str, str]:
        """Parameter name → problem code; `unknown_parameter` for names that are not declared."""
        known = {parameter.name: parameter for parameter in self.parameters}
        found = {name: "unknown_parameter" for name in values if name not in known}
        for name, value in values.items():
            problem = known[name].problem_with(value) if name in known else None
            if problem:
                found[name] = problem
        return found

    def completed(
        self,
        values: Mapping[str, object],
        *,
        sensitivity: str = "normal",
        dark: bool = False,
        at_night: Mapping[str, object] | None = None,
    ) -> dict[str, Any]:
        """Every parameter's value. What the zone set itself goes before its sensitivity, that before the default.

        When it is `dark`, what the zone set for the night goes first, and what the algorithm declares for the night
        before sensitivity and default.
        """
        chosen: dict[str, Any] = {parameter.name: parameter.default for parameter in self.parameters}
        chosen |= self.sensitivity.get(sensitivity, {})
        if dark:
            chosen |= self.night
        chosen |= values
        if dark:
            chosen |= at_night or {}
        return {parameter.name: chosen[parameter.name] for parameter in self.parameters}

    def rule_of(self, values: Mapping[str, object]) -> Mapping[str, Any]:
        """The declared rule of the mode that the values choose."""
        return self.rules[str(self.completed(values).get("mode", "default"))]

    def shape_of(self, values: Mapping[str, object]) -> str:
        """What is drawn for it: area or line."""
        return str(self.rule_of(values).get("shape", "area"))

    def words(self, values: Mapping[str, object]) -> frozenset[str]:
        """The detector words that it cannot do without in that mode; none where it only compares pictures."""
        return words_of(self.rule_of(values), self.targets)

    def build(
        self,
        values: Mapping[str, object],
        *,
        shape: Sequence[Point] = WHOLE_PICTURE,
        least_gap_seconds: float = 0.0,
    ) -> TemporalRule:
        """A fresh rule for one zone. Expects values without problems; what is missing is the default."""
        return build_rule(self.rule_of(values), self.completed(values), shape, least_gap_seconds)


@cache
def read_algorithms(path: Path = DECLARATIONS) -> dict[str, Algorithm]:
    """Every declared algorithm by its code."""
    declared = yaml.safe_load(path.read_text(encoding="utf-8"))["algorithms"]
    return {raw["code"]: _algorithm(raw) for raw in declared}


def _algorithm(raw: dict[str, Any]) -> Algorithm:
    parameters = tuple(
        Parameter(name=name, **{**item, "choices": tuple(item.get("choices", ()))})
        for name, item in raw["parameters"].items()
    )
    return Algorithm(
        code=raw["code"],
        name=raw["name"],
        targets=frozenset(raw["targets"]),
        default_level=raw["default_level"],
        default_type=raw["default_type"],
        suspected=raw["suspected"],
        about_person=raw["about_person"],
        opt_in_model=raw.get("opt_in_model", False),
        keeps_still=raw["stationary"] == "needed",
        cool_down_seconds=float(raw["cool_down_seconds"]),
        parameters=parameters,
        sensitivity=raw["sensitivity"],
        night=raw.get("night", {}),
        rules=raw["rule"],
        sees=raw["sees"],
        limits=raw["limits"],
    )
