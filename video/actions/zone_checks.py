"""What a zone or mask must be before it is kept, and in which words a wrong one is refused."""

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any

from core.errors import Invalid
from events.queries.catalogue import type_of
from video.errors import SelfCrossingZone, invalid
from video.models import Zone
from video.rules.algorithms import Algorithm, read_algorithms
from video.rules.geometry import Point, area_of, crosses_itself, length_of, line_crosses_itself
from video.rules.schedule import ScheduleFault, read_schedule

MOST_CORNERS = 40
_SMALLEST_SHARE = 0.0005
_SHORTEST_LINE = 0.02
_STILL_AFTER = (10.0, 86_400.0)
_COOL_DOWN = (0.0, 86_400.0)
_WORDS = {
    "unknown_parameter": ("该算法没有这个参数。", "The algorithm has no such parameter."),
    "not_a_number": ("应为数字。", "It must be a number."),
    "too_small": ("数值过小。", "The value is too small."),
    "too_large": ("数值过大。", "The value is too large."),
    "unknown_choice": ("不在可选范围内。", "It is not one of the choices."),
    "not_by_night": ("这个参数不能昼夜不同。", "This parameter cannot differ by night."),
    "unknown_field": ("布防时段没有这一项。", "A schedule has no such field."),
    "not_windows": ("时段应为列表，每项含星期与起止时间。", "Windows are a list of days with a beginning and an end."),
    "too_many": ("时段过多，请合并。", "There are too many windows. Join some."),
    "bad_days": ("请选择星期（1–7，1 为星期一）。", "Choose days of the week, 1 (Monday) to 7."),
    "bad_time": ("时间应为 00:00–24:00。", "A time is 00:00 to 24:00."),
    "empty_window": ("起止时间相同，该时段是空的。", "It ends when it begins."),
}


def check_zone(zone: Zone) -> None:
    """Raises Invalid with every wrong field of one kind, SelfCrossingZone, or UnknownEventType; fills in the type."""
    if not zone.name:
        raise invalid("name", "required", "请填写名称。", "A name is needed.")
    if Zone.objects.filter(camera=zone.camera, name=zone.name).exclude(pk=zone.pk).exists():
        raise invalid("name", "duplicate", "该摄像机已有同名区域。", "This camera has a zone of that name already.")
    algorithm = read_algorithms().get(zone.algorithm)
    if algorithm is None:
        raise invalid("algorithm", "unknown_algorithm", "没有这个算法。", "There is no such algorithm.")
    zone.polygon = checked_line(zone.polygon) if zone.shape == Zone.Shape.LINE else checked_polygon(zone.polygon)
    _refuse(_parameter_problems(algorithm, zone))
    _check_shape(algorithm, zone)
    _check_times(algorithm, zone)
    zone.type_code = zone.type_code or algorithm.default_type
    type_of(zone.type_code)


def checked_polygon(corners: Sequence[Sequence[float]]) -> list[list[float]]:
    """The corners as [[x, y], …] in fractions of the picture; raises Invalid or SelfCrossingZone."""
    ring = _points(corners)
    if len(ring) > 1 and ring[0] == ring[-1]:
        ring.pop()
    if not 3 <= len(ring) <= MOST_CORNERS:
        raise _bad_polygon(
            "corner_count", f"顶点数应在 3–{MOST_CORNERS} 之间。", f"A zone has 3 to {MOST_CORNERS} corners."
        )
    _within_picture(ring)
    if crosses_itself(ring):
        raise SelfCrossingZone()
    if area_of(ring) < _SMALLEST_SHARE:
        raise _bad_polygon("too_small", "区域太小，请画大一些。", "The zone is too small. Draw it larger.")
    return [[x, y] for x, y in ring]


def checked_line(points: Sequence[Sequence[float]]) -> list[list[float]]:
    """The same for a line, from its first point to its last."""
    line = _points(points)
    if not 2 <= len(line) <= MOST_CORNERS:
        raise _bad_polygon(
            "corner_count", f"警戒线应有 2–{MOST_CORNERS} 个点。", f"A line has 2 to {MOST_CORNERS} points."
        )
    _within_picture(line)
    if line_crosses_itself(line):
        raise SelfCrossingZone()
    if length_of(line) < _SHORTEST_LINE:
        raise _bad_polygon("too_small", "警戒线太短，请画长一些。", "The line is too short. Draw it longer.")
    return [[x, y] for x, y in line]


def _points(points: Sequence[Sequence[float]]) -> list[Point]:
    try:
        found = [(float(x), float(y)) for x, y in points]
    except (TypeError, ValueError) as error:
        raise _bad_polygon("not_points", "多边形应为 [[x, y], …]。", "A polygon is a list of [x, y] pairs.") from error
    if not all(isfinite(x) and isfinite(y) for x, y in found):
        raise _bad_polygon("not_points", "多边形应为 [[x, y], …]。", "A polygon is a list of [x, y] pairs.")
    return found


def _within_picture(points: list[Point]) -> None:
    if any(not (0 <= x <= 1 and 0 <= y <= 1) for x, y in points):
        raise _bad_polygon("outside_picture", "顶点应在画面之内（0–1）。", "Corners must lie within the picture (0–1).")


def _bad_polygon(code: str, zh: str, en: str) -> Invalid:
    return invalid("polygon", code, zh, en)


def _parameter_problems(algorithm: Algorithm, zone: Zone) -> dict[str, str]:
    """Field → code, for parameters by day and by night. The mode decides the rule and is the same day and night."""
    problems = {f"parameters.{name}": code for name, code in algorithm.problems_with(zone.parameters).items()}
    choices = {parameter.name for parameter in algorithm.parameters if parameter.type == "choice"}
    by_night: Mapping[str, Any] = zone.night_parameters
    problems |= {f"night_parameters.{name}": code for name, code in algorithm.problems_with(by_night).items()}
    return problems | {f"night_parameters.{name}": "not_by_night" for name in choices & set(by_night)}


def _check_shape(algorithm: Algorithm, zone: Zone) -> None:
    needed = algorithm.shape_of(zone.parameters)
    if needed == zone.shape:
        return
    if needed == Zone.Shape.LINE:
        raise invalid("shape", "line_needed", "该判定方式需要画警戒线。", "This mode needs a line.")
    raise invalid("shape", "area_needed", "该判定方式需要画区域。", "This mode needs an area.")


def _check_times(algorithm: Algorithm, zone: Zone) -> None:
    if zone.sensitivity not in Zone.Sensitivity.values:
        _refuse({"sensitivity": "unknown_choice"})
    if zone.night_by not in Zone.NightBy.values:
        _refuse({"night_by": "unknown_choice"})
    try:
        read_schedule(zone.schedule)
    except ScheduleFault as fault:
        _refuse({f"schedule.{fault.where}": fault.code})
    if zone.ignore_still_after_seconds is not None and algorithm.keeps_still:
        raise invalid(
            "ignore_still_after_seconds",
            "standing_is_the_point",
            "该算法找的就是静止目标，不能抑制。",
            "This algorithm looks for things that stand still; they cannot be left out.",
        )
    _refuse(
        _range_problem("ignore_still_after_seconds", zone.ignore_still_after_seconds, _STILL_AFTER)
        | _range_problem("cool_down_seconds", zone.cool_down_seconds, _COOL_DOWN)
    )


def _range_problem(field: str, value: float | None, limits: tuple[float, float]) -> dict[str, str]:
    if value is None:
        return {}
    if not isfinite(value):
        return {field: "not_a_number"}
    return {field: "too_small"} if value < limits[0] else {field: "too_large"} if value > limits[1] else {}


def _refuse(problems: Mapping[str, str]) -> None:
    if problems:
        raise Invalid(
            errors=[
                {"field": field, "code": code, "message_zh": _WORDS[code][0], "message_en": _WORDS[code][1]}
                for field, code in problems.items()
            ]
        )
