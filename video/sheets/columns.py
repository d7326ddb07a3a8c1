"""The columns of the sheet of cameras: one row for each camera."""

from core.errors import Language
from events.sheets.columns import Column, SheetForm, Words
from events.sheets.differences import chosen_word

SHEET = {"zh": "摄像机", "en": "Cameras"}

COLUMNS = (
    Column("code", "编码", "Code", required=True, width=18),
    Column("name", "名称", "Name", required=True, width=24),
    Column("source", "视频地址", "Stream address", required=True, width=44),
    Column("user", "账号", "User"),
    Column("password", "口令", "Password"),
    Column("lng", "经度", "Longitude", required=True),
    Column("lat", "纬度", "Latitude", required=True),
    Column("group", "分组", "Group", width=16),
    Column("source_kind", "来源", "Source"),
    Column("priority", "优先级", "Priority"),
    Column("is_high", "高空瞭望", "High-altitude"),
    Column("height_m", "安装高度（米）", "Height (m)"),
    Column("bearing", "朝向（度）", "Bearing (degrees)"),
    Column("view_angle", "视场角（度）", "View angle (degrees)"),
    Column("view_range_m", "可视距离（米）", "Range (m)"),
    Column("sampling", "采样方式", "Sampling"),
    Column("pictures_per_second", "每秒分析帧数", "Pictures per second"),
    Column("enabled", "启用", "Enabled"),
    Column("sub_source", "子码流地址", "Sub-stream address", width=44),
    Column("can_turn", "有云台", "Turns (PTZ)"),
    Column("control_address", "ONVIF 服务地址", "ONVIF service", width=36),
    Column("area", "区域", "Area", of="told", width=24),
)
FORM = SheetForm(tuple(SHEET.values()), COLUMNS)
BY_KEY = {column.key: column for column in COLUMNS}
NUMBERS = ("lng", "lat", "height_m", "bearing", "view_angle", "view_range_m", "pictures_per_second")
SECRET = ("user", "password")
YES_NO: Words = {"true": ("是", "yes"), "false": ("否", "no")}
CHOICES: dict[str, Words] = {
    "source_kind": {
        "police": ("公安", "police"),
        "urban_management": ("城管", "urban management"),
        "property": ("物业", "property"),
        "school": ("学校", "school"),
        "market": ("市场", "market"),
        "site": ("工地", "site"),
        "traffic": ("交通", "traffic"),
        "water": ("水务", "water"),
        "forest": ("林业", "forest"),
        "other": ("其他", "other"),
    },
    "priority": {"1": ("高", "high"), "2": ("中", "normal"), "3": ("低", "low")},
    "sampling": {"timed": ("定时采样", "timed"), "key_frames": ("仅关键帧", "key frames")},
    "is_high": YES_NO,
    "can_turn": YES_NO,
    "enabled": YES_NO,
}


def word_of(key: str, value: str, language: Language) -> str:
    """The word by which a choice stands in the sheet."""
    words = CHOICES[key][value]
    return words[0] if language == "zh" else words[1]


def value_of(key: str, text: str) -> str | None:
    """The choice that a cell means, by its word in either language or as the API writes it, or None."""
    return chosen_word(text, CHOICES[key])
