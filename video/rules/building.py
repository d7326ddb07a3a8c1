"""From a declared rule to a running one: `kind` names the block, `$name` takes the value of a parameter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from video.rules.composed import EitherRule, Part, TogetherRule
from video.rules.congestion import CongestionRule
from video.rules.crossing import CrossingRule
from video.rules.geometry import Point
from video.rules.left_object import LeftObjectRule
from video.rules.reference_change import ReferenceChangeRule
from video.rules.temporal import CountRule, DwellRule, StaticObjectRule, TemporalRule

Settings = Mapping[str, Any]

_BLOCKS: dict[str, Any] = {
    "count": CountRule,
    "dwell": DwellRule,
    "static_object": StaticObjectRule,
    "crossing": CrossingRule,
    "congestion": CongestionRule,
    "left_object": LeftObjectRule,
    "reference_change": ReferenceChangeRule,
}
_COMPOSED: dict[str, Any] = {"together": TogetherRule, "either": EitherRule}
_DRAWN = {"crossing": "line", "congestion": "polygon"}
_PICTURES_ONLY = frozenset({"left_object", "reference_change"})
KINDS = frozenset(_BLOCKS) | frozenset(_COMPOSED)


def build_rule(
    declared: Settings, values: Mapping[str, Any], shape: Sequence[Point], least_gap_seconds: float
) -> TemporalRule:
    """`shape` is the zone's polygon, or its line. A camera that is looked at seldom cannot be asked for short gaps:
    every gap is at least `least_gap_seconds`."""
    settings = {name: _value(value, values) for name, value in declared.items() if name not in ("shape", "targets")}
    kind = settings.pop("kind")
    if kind in _COMPOSED:
        parts = tuple(
            Part(build_rule(part, values, shape, least_gap_seconds), frozenset(part.get("targets", ())))
            for part in settings.pop("parts")
        )
        composed: TemporalRule = _COMPOSED[kind](parts=parts, **settings)
        return composed
    if kind in _DRAWN:
        settings[_DRAWN[kind]] = tuple(shape)
    if "cause" in settings:
        settings["cause"] = frozenset(settings["cause"])
    block = _BLOCKS[kind]
    own_gap = settings.get("gap_seconds", next(each.default for each in fields(block) if each.name == "gap_seconds"))
    rule: TemporalRule = block(**settings | {"gap_seconds": max(own_gap, least_gap_seconds)})
    return rule


def words_of(declared: Settings, targets: frozenset[str]) -> frozenset[str]:
    """The detector words that a rule cannot do without; a rule that compares pictures only needs none."""
    if declared["kind"] in _COMPOSED:
        return frozenset[str]().union(*(words_of(part, targets) for part in declared["parts"]))
    if declared["kind"] in _PICTURES_ONLY:
        return frozenset(declared.get("cause", ()))
    return frozenset(declared.get("targets", targets))


def _value(value: Any, values: Mapping[str, Any]) -> Any:
    return values[value[1:]] if isinstance(value, str) and value.startswith("$") else value
