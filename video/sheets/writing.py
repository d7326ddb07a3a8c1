"""Cameras as a workbook, in the form in which it is read back. It never holds a password."""

from collections.abc import Iterable

from core.errors import Language
from events.sheets.books import Value, book_of
from events.sheets.reading import MOST_ROWS
from video.models import Camera
from video.sheets.columns import CHOICES, COLUMNS, FORM, NUMBERS, SECRET, word_of

NOTES: dict[Language, tuple[str, ...]] = {
    "zh": (
        "每台摄像机一行，按编码对应：已有的编码为修改，没有的为新增。不要合并单元格，不要使用公式。",
        "深色表头为必填列。其余各列留空表示不改；要清空数值请填“-”。",
        "账号、口令只在需要设置或更换时填写；导出的文件中这两列总是空的，已保存的口令加密存放，不会导出。",
        "视频地址以 rtsp://、rtsps:// 或 file:/// 开头；视频平台的通道保持导出时的 gateway:// 写法，不能由此新建。",
        "子码流与视频地址同一主机和端口，ONVIF 服务地址（转动云台用）与视频地址同一主机；要清空这两列请填“-”。",
        "经纬度为 WGS-84（或 CGCS2000）度数，须在区划范围内；区域一栏由位置得出，只供阅读。",
        "朝向以正北为 0、顺时针；视场角为水平角度；分组填名称，没有的分组会新建。",
        f"一次最多导入 {MOST_ROWS} 行。导入前先预览变化，确认后一次全部写入；有一行错误则全部不写入。",
    ),
    "en": (
        "One row for each camera, matched by its code: a known code is a change, another a new camera. No merged "
        "cells, no formulas.",
        "Dark headings are required. Other columns left empty change nothing; “-” empties a number.",
        "User and password are filled in only to set or replace them. An export always leaves both empty: stored ones "
        "are encrypted and never exported.",
        "Addresses begin with rtsp://, rtsps:// or file:///. Channels of a platform keep the gateway:// form of the "
        "export; new ones cannot be made here.",
        "The sub-stream is at the stream's host and port, the ONVIF service (by which it is turned) at its host; "
        "“-” empties either.",
        "Degrees of WGS-84 (or CGCS2000) inside the division tree. The area follows from the place and is for reading.",
        "Bearing from north, clockwise; the view angle is horizontal; a group is a name, and made where there is none.",
        f"At most {MOST_ROWS} rows at once. Changes are previewed first and written all together, or not at all.",
    ),
}


def workbook_of(cameras: Iterable[Camera], language: Language) -> bytes:
    """These cameras as the content of an .xlsx file; none of them makes it a template."""
    offered = {key: [word_of(key, value, language) for value in words] for key, words in CHOICES.items()}
    rows = (_row(camera, language) for camera in cameras)
    return book_of(FORM, rows, offered=offered, notes=NOTES[language], language=language)


def _row(camera: Camera, language: Language) -> dict[str, Value]:
    return {column.key: _cell(column.key, camera, language) for column in COLUMNS if column.key not in SECRET}


def _cell(key: str, camera: Camera, language: Language) -> Value:
    if key in NUMBERS:
        number: float | None = getattr(camera, key)
        return number
    if key == "group":
        return camera.group.name if camera.group else ""
    if key == "area":
        return camera.area_label
    value = getattr(camera, key)
    plain = str(value).lower() if isinstance(value, bool) else str(value)
    return word_of(key, plain, language) if key in CHOICES else plain
