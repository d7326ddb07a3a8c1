"""Algorithms by declaration: the file names targets, a rule and parameters; this module checks and builds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import isfinite
from pathlib import Path
from typing import Any

import yaml

from video.rules.temporal import CountRule, DwellRule, StaticObjectRule, TemporalRule

DECLARATIONS = Path(__file__).resolve().parent.parent / "reference_data" / "algorithms.yaml"
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

    `default_type` is the event type that its alerts name where a zone says nothing else.
    """

    code: str
    name: Words
    targets: frozenset[str]
    default_level: int
    default_type: str
    parameters: tuple[Parameter, ...]
    rules: Mapping[str, Mapping[str, Any]]
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

    def completed(self, values: Mapping[str, object]) -> dict[str, Any]:
        """The given values with every default filled in."""
        return {parameter.name: values.get(parameter.name, parameter.default) for parameter in self.parameters}

    def build(self, values: Mapping[str, object]) -> TemporalRule:
        """A fresh rule for one zone. Expects values without problems."""
        complete = self.completed(values)
        settings = dict(self.rules[str(complete.get("mode", "default"))])
        kind = settings.pop("kind")
        seconds = float(complete["seconds"])
        if kind == "count":
            return CountRule(seconds=seconds, at_least=int(complete.get("at_least", 1)), **settings)
        if kind == "dwell":
            return DwellRule(seconds=seconds, **settings)
        return StaticObjectRule(seconds=seconds, **settings)


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
        parameters=parameters,
        rules=raw["rule"],
        limits=raw["limits"],
    )
