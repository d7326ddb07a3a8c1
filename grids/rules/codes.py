"""Statutory codes: what a code of each level looks like."""

import re

CODE_PATTERNS: dict[str, re.Pattern[str]] = {
    "city": re.compile(r"\d{4}00"),
    "district": re.compile(r"\d{6}"),
    "street": re.compile(r"\d{9}"),
    "community": re.compile(r"\d{12}"),
    "grid": re.compile(r"\d{12}G\d{3}"),
    "micro_grid": re.compile(r"\d{12}G\d{5}"),
}
"""6 digits (GB/T 2260), 3 for the street, 3 for the community; a governance grid adds G and 3, a micro-grid 2 more."""

CODE_FORMS: dict[str, tuple[str, str]] = {
    "city": ("6 位数字，末两位为 00", "6 digits ending in 00"),
    "district": ("6 位数字", "6 digits"),
    "street": ("9 位数字", "9 digits"),
    "community": ("12 位数字", "12 digits"),
    "grid": ("社区代码后加 G 和 3 位数字", "the community's code, then G and 3 digits"),
    "micro_grid": ("网格代码后加 2 位数字", "the grid's code and 2 digits"),
}
LABEL = re.compile(r"[a-z0-9]{1,16}")
PARENT_LEVELS: dict[str, tuple[str, ...]] = {
    "city": (),
    "district": ("city",),
    "street": ("district",),
    "community": ("street",),
    "grid": ("community",),
    "micro_grid": ("grid",),
}


def is_well_formed(level: str, code: str) -> bool:
    """Has the code the form of its level? (A functional zone's streets may begin with another district's digits.)"""
    return CODE_PATTERNS[level].fullmatch(code) is not None


def default_label(level: str, code: str) -> str:
    """The node label that a code suggests: the digits its own level adds."""
    return {
        "city": code[:4],
        "district": code[4:6],
        "street": code[6:9],
        "community": code[9:12],
        "grid": code[12:16].lower(),
        "micro_grid": code[16:18],
    }[level]


def path_under(parent_path: str | None, label: str) -> str:
    """The path of a node: its labels from the root, joined by dots."""
    return f"{parent_path}.{label}" if parent_path else label
