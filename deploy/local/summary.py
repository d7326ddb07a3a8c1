"""What a person needs once the platform is up: where to go and as whom."""

import json
from typing import Any

from deploy.local.place import Place

_PAGES = (
    ("wall", "/wall", "指挥大屏"),
    ("dispatch desk", "/desk", "受理与派遣"),
    ("department tickets", "/tickets", "部门工单"),
    ("phone", "/m", "网格员手机端"),
    ("administration", "/admin/", "管理后台"),
    ("state of the system", "/health", "运行状态"),
)


def accounts(place: Place) -> list[dict[str, Any]]:
    """The sample accounts, in either form of the file: a list, or {"accounts": [...]}."""
    try:
        known = json.loads(place.accounts.read_text())
    except (OSError, ValueError):
        return []
    rows = known.get("accounts") if isinstance(known, dict) else known
    return [row for row in rows or [] if isinstance(row, dict) and row.get("username")]


def width_of(text: str) -> int:
    """Columns on a terminal: Chinese characters take two."""
    return sum(2 if ord(char) >= 0x1100 else 1 for char in text)


def table(rows: list[list[str]], *, indent: str = "  ") -> list[str]:
    widths = [max(width_of(row[i]) for row in rows) for i in range(len(rows[0]))]
    return [
        (
            indent + "  ".join(cell + " " * (wide - width_of(cell)) for cell, wide in zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def text(place: Place, *, address: str, seconds: float) -> str:
    lines = ["", f"Yiwang is up after {seconds:.0f} s.  Ctrl-C stops it.", ""]
    lines += table([[name, address + path, meaning] for name, path, meaning in _PAGES])
    rows = accounts(place)
    if rows:
        lines += ["", f"Sample accounts (also in {place.accounts})"]
        head = [["user", "password", "role", "home"]]
        body = [[str(row.get(key) or "") for key in ("username", "password", "role_name", "home")] for row in rows]
        for line, row in zip(body, rows, strict=True):
            line[2] = line[2] or str(row.get("role") or row.get("name") or "")
        lines += table(head + body)
    return "\n".join([*lines, ""])
