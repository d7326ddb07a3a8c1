"""What a sheet would change in a register, row by row: shown first, then written all together or not at all."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from core.errors import DomainError
from core.history.chain import canonical
from events.sheets.columns import Words
from events.sheets.reading import CellFault, Sheet, SheetRow

Kind = Literal["new", "changed"]
CLEARED = ("-", "—", "－")
"""What a cell holds that empties a field; an empty cell changes nothing."""
_LARGEST = 1e9


@dataclass(frozen=True)
class FieldChange:
    """One field of one row; a password never stands here."""

    field: str
    before: str
    after: str


@dataclass(frozen=True)
class Difference:
    """What importing would do to one subject; `values` are for the action and never shown."""

    kind: Kind
    row: int
    code: str
    name: str
    changes: tuple[FieldChange, ...]
    values: Mapping[str, Any] = field(repr=False)
    subject_id: int | None = None
    version: int = 0


@dataclass
class Preview:
    """What importing would do. The fingerprint stands for exactly this on exactly these versions."""

    sheet: str
    differences: list[Difference] = field(default_factory=list)
    unchanged: int = 0
    faults: list[CellFault] = field(default_factory=list)
    ignored: tuple[str, ...] = ()

    @property
    def fingerprint(self) -> str:
        if self.faults:
            return ""
        told = [[one.kind, one.code, one.version, sorted(map(repr, one.values.items()))] for one in self.differences]
        return hashlib.sha256(canonical([told, self.unchanged])).hexdigest()


def fault_at(row: SheetRow, sheet: Sheet, key: str, code: str, zh: str, en: str) -> CellFault:
    """What is wrong in the cell of this column."""
    return CellFault(row.number, sheet.letters.get(key, ""), code, zh, en)


def refusal(row: int, refused: DomainError) -> CellFault:
    """A row that the actions refuse; which field, where they say it."""
    told = refused.extra.get("errors") or []
    zh = "".join(str(one.get("message_zh", "")) for one in told) or refused.detail("zh")
    en = " ".join(str(one.get("message_en", "")) for one in told) or refused.detail("en")
    return CellFault(row, "", refused.code, zh, en)


def chosen_word(text: str, words: Words) -> str | None:
    """The choice that a cell means, by its word in either language or as the API writes it, or None."""
    wanted = text.strip().lower()
    return next((value for value, told in words.items() if wanted in (value, *(word.lower() for word in told))), None)


def unknown_word(row: SheetRow, sheet: Sheet, key: str, words: Words) -> CellFault:
    zh = "、".join(told[0] for told in words.values())
    en = ", ".join(told[1] for told in words.values())
    return fault_at(row, sheet, key, "unknown", f"只能是：{zh}。", f"One of: {en}.")


def number_in(text: str) -> float | None:
    """The number that a cell holds, or None."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if abs(number) < _LARGEST else None


def no_number(row: SheetRow, sheet: Sheet, key: str) -> CellFault:
    return fault_at(row, sheet, key, "not_a_number", "这里应是数字。", "This must be a number.")
