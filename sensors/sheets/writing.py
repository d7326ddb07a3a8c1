"""Sensors as a workbook, in the form in which it is read back."""

from collections.abc import Iterable

from core.errors import Language
from events.sheets.books import Value, book_of
from events.sheets.reading import MOST_ROWS
from grids.queries.tree import labels_of
from sensors.kinds import KINDS, row_of
from sensors.models import Sensor
from sensors.sheets.columns import FORM, KIND_WORDS, STATE_WORDS


def _notes(language: Language) -> tuple[str, ...]:
    if language == "zh":
        kinds = "、".join(f"{row.zh}（{row.unit}）" if row.unit else row.zh for row in KINDS.values())
        return (
            "每台传感器一行，按编码对应：已有的编码为修改，没有的为新增。不要合并单元格，不要使用公式。",
            "深色表头为必填列。其余各列留空表示不改；要清空请填“-”。",
            f"类型只能是：{kinds}。",
            "经纬度为 WGS-84（或 CGCS2000）度数，须在区划范围内；区域由位置得出。安装日期写作 2026-11-23。",
            "主管单位可填机构代码、全称或简称。计量单位、状态、区域三栏只供阅读，导入时不读取；停用和拆除请在页面上办理。",
            f"一次最多导入 {MOST_ROWS} 行，也可用 CSV（UTF-8 或 GB 18030）。先预览变化，确认后一次全部写入，"
            "有一行错误则全部不写入。",
        )
    kinds = ", ".join(f"{row.en} ({row.unit})" if row.unit else row.en for row in KINDS.values())
    return (
        "One row for each sensor, matched by its code: a known code is a change, another a new sensor. No merged "
        "cells, no formulas.",
        "Dark headings are required. Other columns left empty change nothing; “-” empties them.",
        f"Kinds: {kinds}.",
        "Degrees of WGS-84 (or CGCS2000) inside the division tree; the area follows from it. Dates as 2026-11-23.",
        "The competent unit is its code, full or short name. Unit of measurement, state and area are for reading only; "
        "sensors are switched off and removed on the page.",
        f"At most {MOST_ROWS} rows at once, or CSV (UTF-8, GB 18030). Changes are previewed first and written all "
        "together, or not at all.",
    )


def workbook_of(sensors: Iterable[Sensor], language: Language) -> bytes:
    """These sensors as the content of an .xlsx file; none of them makes it a template."""
    rows = list(sensors)
    labels = labels_of(list({sensor.area_path for sensor in rows}))
    at = 0 if language == "zh" else 1
    offered = {"kind": [words[at] for words in KIND_WORDS.values()]}
    cells = (_row(sensor, labels, at) for sensor in rows)
    return book_of(FORM, cells, offered=offered, notes=_notes(language), language=language)


def _row(sensor: Sensor, labels: dict[str, str], at: int) -> dict[str, Value]:
    return {
        "code": sensor.code,
        "name": sensor.name,
        "kind": KIND_WORDS[sensor.kind][at],
        "lng": sensor.lng,
        "lat": sensor.lat,
        "address": sensor.address,
        "maker": sensor.maker,
        "model_name": sensor.model_name,
        "installed_on": sensor.installed_on.isoformat() if sensor.installed_on else "",
        "unit": sensor.unit.name if sensor.unit else "",
        "measures": row_of(sensor.kind).unit,
        "state": STATE_WORDS[sensor.state][at],
        "area": labels.get(sensor.area_path, ""),
    }
