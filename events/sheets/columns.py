"""The columns of the catalogue's sheet: one row for each condition, what belongs to the type repeated on its rows."""

from dataclasses import dataclass
from typing import Literal

from core.errors import Language

SHEET = {"zh": "案件类型目录", "en": "Event types"}
NOTES_SHEET = {"zh": "填写说明", "en": "How to fill in"}


@dataclass(frozen=True)
class Column:
    """`told` columns are written for the reader and not read back."""

    key: str
    zh: str
    en: str
    of: Literal["type", "condition", "told"] = "type"
    required: bool = False
    width: int = 12

    def title(self, language: Language) -> str:
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True)
class SheetForm:
    """A sheet that is written and read back: the names it may have, and its columns."""

    names: tuple[str, ...]
    columns: tuple[Column, ...]

    def column_titled(self, title: str) -> Column | None:
        """The column of a heading, in either language or as the API writes it."""
        wanted = title.lower()
        return next((one for one in self.columns if wanted in (one.zh.lower(), one.en.lower(), one.key)), None)


COLUMNS = (
    Column("code", "类型代码", "Type code", required=True, width=26),
    Column("category", "类别", "Category", required=True),
    Column("main_class", "大类", "Main class", required=True, width=14),
    Column("sub_code", "小类代码", "Sub class code", required=True),
    Column("name", "小类名称", "Name", required=True, width=24),
    Column("filing_standard", "立案标准", "Filing standard", width=44),
    Column("report_group", "报表分组", "Report group", required=True),
    Column("default_level", "默认级别", "Level"),
    Column("default_unit_code", "默认主办部门", "Default lead", required=True, width=16),
    Column("scenario_code", "场景", "Scenario", width=18),
    Column("check_mode", "核查方式", "Check mode"),
    Column("needs_before_photo", "处置前照片", "Photo before"),
    Column("needs_after_photo", "处置后照片", "Photo after"),
    Column("needs_check_photo", "核查照片", "Photo of the check"),
    Column("verification_advised", "建议先核实", "Verify first"),
    Column("allows_self_handling", "可自行处置", "Self-handling"),
    Column("position", "排序", "Order"),
    Column("state", "状态", "State"),
    Column("condition_code", "条件代码", "Condition code", of="condition", width=16),
    Column("text", "立案条件", "Condition", of="condition", required=True, width=44),
    Column("limit_amount", "处置时限", "Limit", of="condition", required=True),
    Column("limit_type", "时限类型", "Measure", of="condition", required=True, width=14),
    Column("closing_standard", "结案标准", "Closing standard", of="condition", width=44),
    Column("version", "版本", "Version", of="told"),
    Column("origin", "来源", "Origin", of="told", width=14),
)
BY_KEY = {column.key: column for column in COLUMNS}
CATALOGUE = SheetForm(tuple(SHEET.values()), COLUMNS)

Words = dict[str, tuple[str, str]]
CHOICES: dict[str, Words] = {
    "category": {"part": ("部件", "part"), "event": ("事件", "event"), "governance": ("治理事项", "governance matter")},
    "report_group": {
        "enforcement": ("行政执法", "enforcement"),
        "service": ("民生求助", "service"),
        "dispute": ("矛盾纠纷", "dispute"),
    },
    "default_level": {
        "1": ("特急", "critical"),
        "2": ("紧急", "urgent"),
        "3": ("重要", "important"),
        "4": ("一般", "ordinary"),
    },
    "check_mode": {
        "on_site": ("现场核查", "on site"),
        "video": ("视频核查", "by video"),
        "call_back": ("电话回访", "by call-back"),
    },
    "limit_type": {
        "urgent_hours": ("紧急工作时", "continuous hours"),
        "working_hours": ("工作时", "working hours"),
        "working_days": ("工作日", "working days"),
        "calendar_days": ("自然日", "calendar days"),
    },
    "state": {"in_force": ("在用", "in force"), "retired": ("停用", "retired")},
}
YES_NO: Words = {"true": ("是", "yes"), "false": ("否", "no")}
FLAGS = (
    "needs_before_photo",
    "needs_after_photo",
    "needs_check_photo",
    "verification_advised",
    "allows_self_handling",
)
CHOICES |= dict.fromkeys(FLAGS, YES_NO)
ORIGINS: Words = {"starting_set": ("起始目录", "starting set"), "own": ("本地", "this site")}


def word_of(key: str, value: str, language: Language) -> str:
    """The word by which a choice stands in the sheet."""
    words = CHOICES[key][value]
    return words[0] if language == "zh" else words[1]


def value_of(key: str, text: str) -> str | None:
    """The choice that a cell means, by its word in either language or as the API writes it, or None."""
    wanted = text.strip().lower()
    for value, words in CHOICES[key].items():
        if wanted in (value, words[0], words[1]):
            return value
    return None


def words_of(key: str, language: Language) -> list[str]:
    return [word_of(key, value, language) for value in CHOICES[key]]
