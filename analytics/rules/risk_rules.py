"""Within which bounds a rule of risk may be written. Pure."""

import re
from collections.abc import Collection, Mapping
from typing import Any, Final

from accounts.rules.site_settings import Bound, bound_faults, fault
from analytics.rules.risk import RECURRENCE, SURGE

BOUNDS: Final = (
    Bound("window_days", 7, 1, 366),
    Bound("compared", 4, 0, 12),
    Bound("minimum", 3, 1, 10_000),
)
THRESHOLDS: Final = ("attention", "warning", "alarm")
HIGHEST: Final = 10_000
MOST_DAYS: Final = 1100
"""All windows together: three years are what a season can be compared with, and what a judgement may cost."""
LEVELS: Final = ("district", "street", "community", "grid")
CODE: Final = re.compile(r"[a-z][a-z0-9_]{2,47}")


def rule_faults(
    values: Mapping[str, Any], *, measures: Collection[str], types: Collection[str]
) -> list[dict[str, str]]:
    """Why a rule may not be written so; empty where it may. `measures` can be counted, `types` are in the catalogue."""
    return [*_text_faults(values, measures, types), *bound_faults(values, BOUNDS), *_number_faults(values)]


def _text_faults(values: Mapping[str, Any], measures: Collection[str], types: Collection[str]) -> list[dict[str, str]]:
    found = []
    for name in ("name", "name_en"):
        if not values[name].strip():
            found.append(fault(name, "required", "请填写名称。", "A name is needed."))
    if values["measure"] not in measures:
        found.append(fault("measure", "unknown", "没有这个案件数，请从列表中选择。", "No such count of events."))
    if not values["levels"] or set(values["levels"]) - set(LEVELS):
        found.append(fault("levels", "required", "请至少选一个区域层级。", "Choose at least one level."))
    unknown = [code for code in values["type_codes"] if code not in types]
    if unknown:
        said = "、".join(unknown)
        found.append(fault("type_codes", "unknown", f"没有案件类型：{said}。", f"No such type of event: {said}."))
    return found


def _number_faults(values: Mapping[str, Any]) -> list[dict[str, str]]:
    found = []
    windows = values["compared"] + 1
    if windows * values["window_days"] > MOST_DAYS:
        zh = f"统计期乘以期数不得超过 {MOST_DAYS} 天。"
        found.append(fault("window_days", "too_long", zh, f"All windows together at most {MOST_DAYS} days."))
    if values["statistic"] in (SURGE, RECURRENCE) and values["compared"] == 0:
        found.append(fault("compared", "needed", "这种算法须与前期比较。", "This way of judging compares windows."))
    last = 0.0
    for name in THRESHOLDS:
        if not 0 < values[name] <= HIGHEST:
            zh, en = f"须大于 0、不超过 {HIGHEST}。", f"More than 0, at most {HIGHEST}."
            found.append(fault(name, "out_of_range", zh, en))
        elif values[name] < last:
            found.append(fault(name, "falls", "等级越高，数值不得越小。", "A higher level takes no less."))
        elif values["statistic"] == RECURRENCE and values[name] > windows:
            zh = f"只看 {windows} 期，达不到这个期数。"
            found.append(fault(name, "unreachable", zh, f"Only {windows} windows are looked at."))
        last = max(last, values[name])
    return found
