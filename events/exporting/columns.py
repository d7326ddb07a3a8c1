"""The columns of an exported list, out of the same rows that the screens show."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.clock import local
from core.errors import Language
from events.lifecycle import ALERT, EVENT, STAGES, WORK_ORDER
from events.models import Alert, ExportJob, Level, WorkOrder
from events.sources import Source

Value = str | int | float | datetime | None
Read = Callable[[Mapping[str, Any], Language], Value]


@dataclass(frozen=True)
class Column:
    """`width` in characters; `printed` is the share of a printed line, None where the page has no room for it."""

    zh: str
    en: str
    width: int
    read: Read
    printed: int | None = None

    def title(self, language: Language) -> str:
        return self.zh if language == "zh" else self.en


STAGE_NAMES = {
    "discover": ("发现上报", "discovery"),
    "verify": ("核实立案", "verification"),
    "dispatch": ("派遣", "dispatch"),
    "handle": ("处置", "handling"),
    "feedback": ("反馈核查", "feedback"),
    "evaluate": ("结案评价", "evaluation"),
    "ended": ("已终止", "ended"),
}
_YES = ("是", "yes")
_ROLES = {"lead": ("主办", "lead"), "co": ("协办", "co-handling")}


def spoken(names: tuple[str, str], language: Language) -> str:
    return names[0] if language == "zh" else names[1]


def source_name(source: str, language: Language) -> str:
    return Source(source).label if language == "zh" else source.replace("_", " ")


def alert_source(source: str, language: Language) -> str:
    return Alert.Source(source).label if language == "zh" else source


def dismissal_name(reason: str, language: Language) -> str:
    """A reason of the list in the reader's language; other words as they were written."""
    if reason not in Alert.Dismissal.values:
        return reason
    return str(Alert.Dismissal(reason).label) if language == "zh" else reason.replace("_", " ")


def level_name(level: int, language: Language) -> str:
    return str(Level(level).label) if language == "zh" else Level(level).name.replace("_", " ").lower()


def city_time(moment: datetime | None) -> datetime | None:
    """As the city's clocks show it: sheets know no time zones."""
    return None if moment is None else local(moment).replace(tzinfo=None, microsecond=0)


def _plain(key: str) -> Read:
    return lambda row, _: row[key]


def _moment(key: str) -> Read:
    return lambda row, _: city_time(row[key])


def _name(key: str) -> Read:
    return lambda row, _: row[key]["name"] if row[key] else ""


def _flag(key: str) -> Read:
    return lambda row, _: row["flags"][key]


def _state(states: Mapping[str, tuple[str, str]], key: str = "state") -> Read:
    return lambda row, language: spoken(states[row[key]], language)


def _late(row: Mapping[str, Any], language: Language) -> str:
    return spoken(_YES, language) if row["light"] == "red" else ""


_EVENTS = (
    Column("案件编号", "Number", 18, _plain("number"), 15),
    Column("标题", "Title", 36, _plain("title"), 24),
    Column("类型", "Type", 20, _plain("type_name"), 14),
    Column("级别", "Level", 8, lambda row, language: level_name(row["level"], language), 6),
    Column("状态", "State", 12, _state(EVENT.states), 9),
    Column("阶段", "Stage", 12, lambda row, language: spoken(STAGE_NAMES[row["stage"]], language)),
    Column("来源", "Source", 14, lambda row, language: source_name(row["source"], language), 10),
    Column("区域", "Area", 30, _plain("area_label"), 18),
    Column("地址", "Address", 30, _plain("address"), 18),
    Column("上报时间", "Reported", 20, _moment("reported_at"), 15),
    Column("当前时限到期", "Due", 20, _moment("due_at"), 15),
    Column("超时", "Overdue", 8, _late, 5),
    Column("主办部门", "Lead department", 24, _name("lead_unit"), 16),
    Column("返工次数", "Reworks", 10, _flag("rework_count")),
    Column("回退次数", "Returns", 10, _flag("return_count")),
    Column("催办次数", "Urgings", 10, _flag("urge_count")),
    Column("经度", "Longitude", 12, _plain("lng")),
    Column("纬度", "Latitude", 12, _plain("lat")),
)
_ORDERS = (
    Column("案件编号", "Event", 18, _plain("event_number"), 15),
    Column("标题", "Title", 36, _plain("title"), 24),
    Column("类型", "Type", 20, _plain("type_name"), 14),
    Column("级别", "Level", 8, lambda row, language: level_name(row["level"], language), 6),
    Column("承办部门", "Department", 24, _name("unit"), 16),
    Column("主协办", "Role", 10, lambda row, language: spoken(_ROLES[row["role"]], language), 6),
    Column("必办", "Mandatory", 8, lambda row, language: spoken(_YES, language) if row["mandatory"] else ""),
    Column("状态", "State", 12, _state(WORK_ORDER.states), 9),
    Column("案件状态", "State of event", 12, _state(EVENT.states, "event_state")),
    Column("二级派遣", "Assigned to", 16, _name("assignee"), 10),
    Column("区域", "Area", 30, _plain("area_label"), 18),
    Column("地址", "Address", 30, _plain("address"), 18),
    Column("派遣时间", "Issued", 20, _moment("issued_at"), 15),
    Column("签收时间", "Signed", 20, _moment("signed_at")),
    Column("到期时间", "Due", 20, _moment("due_at"), 15),
    Column("超时", "Overdue", 8, _late, 5),
    Column("办结时间", "Done", 20, _moment("done_at"), 15),
    Column("返工", "Rework", 8, lambda row, language: spoken(_YES, language) if row["rework"] else ""),
    Column("派遣说明", "Note", 36, _plain("note")),
    Column("处置结果", "Result", 36, _plain("result")),
)
_ALERTS = (
    Column("标题", "Title", 36, _plain("title"), 24),
    Column("类型", "Type", 20, _plain("type_name"), 14),
    Column("级别", "Level", 8, lambda row, language: level_name(row["level"], language), 6),
    Column("状态", "State", 12, _state(ALERT.states), 9),
    Column("来源", "Source", 12, lambda row, language: alert_source(row["source"], language), 10),
    Column("规则", "Rule", 24, _plain("rule")),
    Column("摄像机", "Camera", 24, _plain("camera_name"), 14),
    Column("区域", "Area", 30, _plain("area_label"), 18),
    Column("地址", "Address", 30, _plain("address")),
    Column("发现时间", "Found", 20, _moment("found_at"), 15),
    Column("最近出现", "Last seen", 20, _moment("last_seen_at")),
    Column("出现次数", "Times seen", 10, _plain("seen_count"), 8),
    Column("置信度", "Confidence", 10, _plain("confidence")),
    Column("确认时间", "Acknowledged", 20, _moment("acknowledged_at"), 15),
    Column("确认人", "Acknowledged by", 16, _plain("acknowledged_by")),
    Column("判定时间", "Decided", 20, _moment("decided_at")),
    Column("判定理由", "Reason", 24, lambda row, language: dismissal_name(row["decision_reason"], language), 14),
    Column("案件编号", "Event", 18, lambda row, _: row["event"]["number"] if row["event"] else "", 15),
    Column("经度", "Longitude", 12, _plain("lng")),
    Column("纬度", "Latitude", 12, _plain("lat")),
)
COLUMNS: Mapping[str, tuple[Column, ...]] = {
    ExportJob.Kind.EVENTS: _EVENTS,
    ExportJob.Kind.ORDERS: _ORDERS,
    ExportJob.Kind.ALERTS: _ALERTS,
}
TITLES: Mapping[str, tuple[str, str]] = {
    ExportJob.Kind.EVENTS: ("案件清单", "Events"),
    ExportJob.Kind.ORDERS: ("工单清单", "Work orders"),
    ExportJob.Kind.ALERTS: ("告警清单", "Alerts"),
}
assert set(STAGE_NAMES) == set(STAGES.values())
assert set(_ROLES) == set(WorkOrder.Role.values)
