"""The order in which areas are numbered: from west to east, and from north to south (GB/T 30428.1).

Irregular outlines have no rows of their own. A row begins with the northernmost area left and holds every area whose
middle lies less than half a usual height below it; within the row the order is west to east. On a raster this is the
raster's own order, and it does not depend on the order in which the areas are given.
"""

from collections.abc import Collection, Mapping, Sequence
from statistics import median

from shapely.geometry.base import BaseGeometry

MOST = {"grid": 999, "micro_grid": 99}
"""How many an area can number below itself: three digits for grids, two for micro-grids."""


def in_rule_order(outlines: Sequence[BaseGeometry]) -> list[int]:
    """The places of the outlines in the list, in the order of the rule."""
    if not outlines:
        return []
    middles = [(outline.centroid.x, outline.centroid.y) for outline in outlines]
    half = median(outline.bounds[3] - outline.bounds[1] for outline in outlines) / 2
    left = sorted(range(len(outlines)), key=lambda place: (-middles[place][1], middles[place][0], place))
    ordered: list[int] = []
    while left:
        top = middles[left[0]][1]
        row = [place for place in left if top - middles[place][1] < half]
        ordered += sorted(row, key=lambda place: (middles[place][0], -middles[place][1], place))
        left = left[len(row) :]
    return ordered


def proposed_codes(
    parent_code: str, level: str, outlines: Mapping[str, BaseGeometry], taken: Collection[str] = ()
) -> dict[str, str]:
    """A code for each outline (by its name) below `parent_code`, growing in the order of the rule.

    Codes in `taken` (of areas that were closed) are never given a second time: their numbers are skipped. Raises
    ValueError where there are more areas than numbers.
    """
    names = sorted(outlines)
    free = (code for number in range(1, MOST[level] + 1) if (code := _code(parent_code, level, number)) not in taken)
    codes: dict[str, str] = {}
    for place in in_rule_order([outlines[name] for name in names]):
        found = next(free, "")
        if not found:
            raise ValueError(f"more than {MOST[level]} areas below {parent_code}")
        codes[names[place]] = found
    return codes


def next_code(parent_code: str, level: str, taken: Collection[str]) -> str:
    """The first code below the parent that nobody has and nobody had; empty where none is left."""
    free = (_code(parent_code, level, number) for number in range(1, MOST[level] + 1))
    return next((code for code in free if code not in taken), "")


def _code(parent_code: str, level: str, number: int) -> str:
    return f"{parent_code}G{number:03d}" if level == "grid" else f"{parent_code}{number:02d}"
