"""What is wrong in a file of components: per row, with words that say what to do."""

from dataclasses import dataclass

from core.errors import Language

WORDS: dict[str, tuple[str, str]] = {
    "missing_heading": ("缺少表头“{0}”。第一行应为表头。", "The heading “{0}” is missing. Headings stand in row 1."),
    "double_heading": ("表头“{0}”出现了两次，请保留一列。", "The heading “{0}” stands there twice. Keep one."),
    "merged_cells": (
        "单元格 {0} 已合并。请取消合并，并在每一行填写内容。",
        "The cells {0} are merged. Take them apart and fill in every row.",
    ),
    "formula": ("这里是公式。请复制后“选择性粘贴为数值”。", "This is a formula. Paste it as a value."),
    "number_lost_digits": (
        "代码是按数字保存的，Excel 会丢失第 15 位以后的数字。请将该列设为文本后重新填写。",
        "Stored as a number, of which Excel keeps 15 digits only. Make the column text and fill it in anew.",
    ),
    "code_malformed": ("部件代码应为 {0} 位数字。", "A component code has {0} digits."),
    "code_of_other_type": ("代码中的类别 {0} 与类型不符。", "The class {0} in the code is not that of the type."),
    "code_of_other_district": ("代码不是所在区县 {0} 的。", "The code is not of the district {0} in which it stands."),
    "duplicate_in_file": ("文件中已有相同代码（第 {0} 行）。", "The same code stands in row {0} already."),
    "unknown_type": ("部件目录中没有这个类型。", "The catalogue has no such part type."),
    "unknown_state": (
        "状态应为：完好、破损、丢失、废弃、移除。",
        "A state is intact, damaged, lost, abandoned or removed.",
    ),
    "unknown_department": ("没有这个主管部门（代码或全称）。", "There is no such department (code or full name)."),
    "too_long": ("最多 {0} 个字。", "At most {0} characters."),
    "not_a_date": ("日期应写作 2026-12-01。", "Write a day as 2026-12-01."),
    "not_a_place": ("经纬度不是数字，或超出范围。", "Longitude and latitude are no numbers, or out of range."),
    "not_a_point": ("几何不是点。", "The geometry is no point."),
    "places_swapped": ("经度和纬度可能填反了。", "Longitude and latitude may have been swapped."),
    "outside": ("该位置不在辖区范围内。", "This place lies outside the division tree."),
    "held_elsewhere": (
        "该代码已登记在您管理的区域之外。",
        "This code belongs to a component outside the areas you keep.",
    ),
    "out_of_reach": ("该位置不在您管理的区域内。", "This place lies outside the areas you keep."),
    "ragged": ("这一行的列数与表头不一致。", "This row has another number of cells than the headings."),
}


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong. `row` as the file's reader counts, the headings being row 1; `column` is its heading."""

    row: int
    column: str
    code: str
    value: str = ""
    detail: str = ""

    def message(self, language: Language) -> str:
        zh, en = WORDS[self.code]
        return (zh if language == "zh" else en).format(self.detail)
