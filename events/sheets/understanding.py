"""From the rows of a sheet to types: rows of one type come together, what is left out stays as it was."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from events.rules.type_content import ConditionContent, TypeContent
from events.rules.type_faults import Fault, Known, faults_of
from events.sheets.columns import BY_KEY, CHOICES, FLAGS
from events.sheets.reading import MOST_FAULTS, CellFault, Sheet, SheetRow

TYPE_KEYS = [column.key for column in BY_KEY.values() if column.of == "type"]
DEFAULTS = {"default_level": "4", "check_mode": "on_site", "position": "0", "state": "in_force"} | {
    flag: "true" if flag == "needs_after_photo" else "false" for flag in FLAGS
}
FAULT_COLUMNS = {"conditions": "text"}


@dataclass(frozen=True)
class SheetType:
    """One type as the sheet has it."""

    content: TypeContent
    is_retired: bool
    row: int


@dataclass
class Understood:
    types: list[SheetType] = field(default_factory=list)
    faults: list[CellFault] = field(default_factory=list)


@dataclass
class _Group:
    """The rows of one type, and what they said so far."""

    code: str
    previous: TypeContent | None
    first: SheetRow
    rows: list[SheetRow]
    values: dict[str, tuple[str, int]] = field(default_factory=dict)


def understand(
    sheet: Sheet, *, present: Mapping[str, TypeContent], known: Known, unit_names: Mapping[str, str]
) -> Understood:
    """Every type of the sheet, as far as it can be understood, and a fault for every cell that cannot.

    `present` is the last version of every type by its code; `unit_names` are codes by full name.
    """
    return _Reading(sheet, present, known, unit_names).read()


class _Reading:
    def __init__(
        self, sheet: Sheet, present: Mapping[str, TypeContent], known: Known, unit_names: Mapping[str, str]
    ) -> None:
        self.sheet, self.present, self.known, self.unit_names = sheet, present, known, unit_names
        self.faults: list[CellFault] = []
        self.by_number = {(c.category, c.main_class, c.sub_code): c.code for c in present.values() if c.sub_code}

    def read(self) -> Understood:
        found = Understood()
        for group in self._groups().values():
            before = len(self.faults)
            made = self._type(group)
            if made is not None and len(self.faults) == before:
                found.types.append(made)
            if len(self.faults) >= MOST_FAULTS:
                break
        found.faults = self.faults
        return found

    def fault(self, row: int, key: str, code: str, zh: str, en: str) -> None:
        self.faults.append(CellFault(row, self.sheet.letters.get(key, ""), code, zh, en))

    # --- which rows belong together
    def _groups(self) -> dict[str, _Group]:
        groups: dict[str, _Group] = {}
        last: _Group | None = None
        for row in self.sheet.rows:
            code = self._code(row, last)
            if code is None:
                continue
            if code in groups and groups[code] is not last:
                self.fault(
                    row.number, "code", "rows_apart",
                    f"类型“{code}”在第 {groups[code].first.number} 行已有，同一类型的行要放在一起。",
                    f"“{code}” stands at row {groups[code].first.number} already. Keep the rows of a type together.",
                )  # fmt: skip
                continue
            last = groups.setdefault(code, _Group(code, self.present.get(code), row, []))
            last.rows.append(row)
        return groups

    def _code(self, row: SheetRow, last: _Group | None) -> str | None:
        """The row's type: by its code, else by its number, else that of the row above where both are left out."""
        if row.cells.get("code"):
            return row.cells["code"]
        number = (row.cells.get("category", ""), row.cells.get("main_class", ""), row.cells.get("sub_code", ""))
        if not any(number):
            if last is None:
                self.fault(
                    row.number, "code", "missing", "请填写类型代码，或类别、大类和小类代码。",
                    "Fill in the code of the type, or its category, main class and sub class code.",
                )  # fmt: skip
            return last.code if last else None
        category = self._choice("category", number[0])
        main_class = self._main_class(category or "", number[1])
        sub_code = self._digits(number[2])
        if category is None or not sub_code:
            self.fault(
                row.number, "sub_code" if category else "category", "missing",
                "没有类型代码时，类别、大类和小类代码都要填写。",
                "Without a code, category, main class and sub class code are all needed.",
            )  # fmt: skip
            return None
        digits = self.known.main_classes.get(category, {}).get(main_class, "xx")
        return self.by_number.get((category, main_class, sub_code)) or f"{category}_{digits}{sub_code}"

    # --- one type
    def _type(self, group: _Group) -> SheetType | None:
        for row in group.rows:
            self._take(group, row)
        plain = {key: self._plain(group, key) for key in TYPE_KEYS if key != "code"}
        conditions, places = self._conditions(group)
        said = {key: value for key, value in plain.items() if value is not None}
        if len(said) < len(plain) or len(conditions) < len(group.rows):
            return None
        retired = said.pop("state") == "retired"
        content = TypeContent(
            code=group.code, conditions=tuple(conditions), **{key: _typed(key, value) for key, value in said.items()}
        )
        if retired and group.previous is not None:
            return SheetType(content, True, group.first.number)
        for fault in faults_of(content, self.known):
            self._place(fault, group, places)
        return SheetType(content, retired, group.first.number)

    def _place(self, fault: Fault, group: _Group, places: list[int]) -> None:
        """At the cell that the fault is about."""
        name, _, rest = fault.field.partition(".")
        index, _, part = rest.partition(".")
        key = {"code": "condition_code"}.get(part, part) or FAULT_COLUMNS.get(name, name)
        row = places[int(index)] if index else group.values.get(name, ("", group.first.number))[1]
        self.fault(row, key, fault.code, fault.zh, fault.en)

    def _take(self, group: _Group, row: SheetRow) -> None:
        """What the row says of its type; another row of the type must not say something else."""
        for key in TYPE_KEYS:
            text = row.cells.get(key, "")
            if not text:
                continue
            said = group.values.setdefault(key, (text, row.number))
            if said[0] != text and key != "code":
                self.fault(
                    row.number, key, "contradiction",
                    f"与第 {said[1]} 行不一致（“{said[0]}”）。同一类型的各行，{BY_KEY[key].zh}须相同或留空。",
                    f"Row {said[1]} says “{said[0]}”. On the rows of a type it is the same or left empty.",
                )  # fmt: skip

    def _plain(self, group: _Group, key: str) -> str | None:
        """The type's value as text; what the sheet leaves out stays as it was, or is the usual."""
        text, row = group.values.get(key, ("", group.first.number))
        if not text:
            return self._left_out(group, key, row)
        if key in CHOICES:
            value = self._choice(key, text)
            if value is None:
                words = "、".join(words[0] for words in CHOICES[key].values())
                self.fault(
                    row, key, "invalid_choice", f"“{text}”不是可选的值，可填：{words}。",
                    f"“{text}” is none of: {', '.join(words[1] for words in CHOICES[key].values())}.",
                )  # fmt: skip
            return value
        if key == "main_class":
            category = self._choice("category", group.values.get("category", ("", 0))[0])
            return self._main_class(category or (group.previous.category if group.previous else ""), text)
        if key == "sub_code":
            return self._digits(text)
        if key == "default_unit_code":
            return text if text in self.known.units else self.unit_names.get(text, text)
        if key == "position" and not re.fullmatch(r"\d{1,4}", text):
            self.fault(row, key, "invalid_number", "排序为 0–9999 的整数。", "The order is a number from 0 to 9999.")
            return None
        return text

    def _left_out(self, group: _Group, key: str, row: int) -> str | None:
        has_column = key in self.sheet.letters
        if group.previous is not None and not (has_column and key in ("filing_standard", "scenario_code")):
            if key == "state":
                return "in_force"
            value: Any = getattr(group.previous, key)
            return str(value).lower() if isinstance(value, bool) else str(value)
        if key in DEFAULTS:
            return DEFAULTS[key]
        if not BY_KEY[key].required:
            return ""
        self.fault(row, key, "missing", f"请填写{BY_KEY[key].zh}。", f"Fill in: {BY_KEY[key].en}.")
        return None

    def _choice(self, key: str, text: str) -> str | None:
        wanted = text.strip().lower()
        return next((v for v, words in CHOICES[key].items() if wanted in (v, words[0], words[1])), None)

    def _main_class(self, category: str, text: str) -> str:
        """By its name, its two digits, or both."""
        by_digits = {digits: name for name, digits in self.known.main_classes.get(category, {}).items()}
        head, _, rest = text.partition(" ")
        return by_digits.get(self._digits(text)) or (rest if head in by_digits and rest else text)

    def _digits(self, text: str) -> str:
        return text.zfill(2) if text.isdecimal() else text

    # --- its conditions
    def _conditions(self, group: _Group) -> tuple[list[ConditionContent], list[int]]:
        present = {one.code: one for one in (group.previous.conditions if group.previous else ())}
        by_text = {one.text: one.code for one in present.values()}
        taken = {row.cells["condition_code"] for row in group.rows if row.cells.get("condition_code")}
        conditions, places = [], []
        for row in group.rows:
            text = row.cells.get("text", "")
            code = row.cells.get("condition_code") or by_text.get(text) or free_code(taken | present.keys())
            taken.add(code)
            amount = self._amount(row)
            measure = self._measure(row)
            if amount is None or measure is None:
                continue
            before = present.get(code)
            closing = row.cells.get("closing_standard", "")
            if "closing_standard" not in self.sheet.letters and before is not None:
                closing = before.closing_standard
            conditions.append(ConditionContent(code, text, measure, amount, closing_standard=closing))
            places.append(row.number)
        return conditions, places

    def _amount(self, row: SheetRow) -> Decimal | None:
        text = row.cells.get("limit_amount", "").replace("，", "").replace(",", "")
        try:
            amount = Decimal(text)
            if not amount.is_finite() or abs(amount) >= 10**6:
                raise InvalidOperation
            return amount.quantize(Decimal("0.000001"))
        except InvalidOperation:
            self.fault(
                row.number, "limit_amount", "invalid_number", "处置时限须为大于 0 的数字，单位填在“时限类型”。",
                "A limit is a number above 0; its measure stands in the next column.",
            )  # fmt: skip
            return None

    def _measure(self, row: SheetRow) -> str | None:
        text = row.cells.get("limit_type", "")
        value = self._choice("limit_type", text)
        if value is None:
            words = "、".join(words[0] for words in CHOICES["limit_type"].values())
            self.fault(
                row.number, "limit_type", "unknown_measure", f"时限类型“{text}”无法识别，可填：{words}。",
                f"“{text}” is no measure. Use one of: "
                f"{', '.join(words[1] for words in CHOICES['limit_type'].values())}.",
            )  # fmt: skip
        return value


def free_code(taken: set[str]) -> str:
    number = 1
    while f"c{number}" in taken:
        number += 1
    return f"c{number}"


def _typed(key: str, text: str) -> Any:
    if key in FLAGS:
        return text == "true"
    return int(text) if key in ("default_level", "position") else text
