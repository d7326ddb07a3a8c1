"""What a change of a duty zone made other, from what its history kept before and after. Pure."""

from collections.abc import Mapping
from typing import Any

Difference = dict[str, Any]
"""field, before, after, added, taken_out: the last two are codes of unit grids."""


def differences(
    before: Mapping[str, Any] | None, after: Mapping[str, Any], people: Mapping[int, str]
) -> list[Difference]:
    """Field by field. What one of the two does not hold (history written before the field was kept) is not told."""
    held = before or {}
    found: list[Difference] = []
    if _tells("name", before, after) and held.get("name", "") != after["name"]:
        found.append(_plain("name", held.get("name", ""), after["name"]))
    if _tells("person", before, after) and held.get("person") != after["person"]:
        found.append(_plain("person", _who(held.get("person"), people), _who(after["person"], people)))
    was, becomes = set(held.get("unit_grids", ())), set(after.get("unit_grids", ()))
    if _tells("unit_grids", before, after) and was != becomes:
        moved = {"added": sorted(becomes - was), "taken_out": sorted(was - becomes)}
        found.append({**_plain("unit_grids", str(len(was)) if before else "", str(len(becomes))), **moved})
    if _drawn_anew(before, after):
        found.append(_plain("outline", _area(held), _area(after)))
    return found


def _tells(field: str, before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> bool:
    return field in after and (before is None or field in before)


def _who(person: int | None, people: Mapping[int, str]) -> str:
    """Empty for nobody, and for somebody whose account is gone."""
    return people.get(person, "") if person is not None else ""


def _drawn_anew(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> bool:
    """Of a 专属网格: the ground of a 责任网格 is that of its unit grids, which are told by their codes."""
    if after.get("unit_grids") or "outline_sha256" not in after:
        return False
    return before is None or before.get("outline_sha256", after["outline_sha256"]) != after["outline_sha256"]


def _area(facts: Mapping[str, Any]) -> str:
    return str(facts["square_metres"]) if "square_metres" in facts else ""


def _plain(field: str, before: str, after: str) -> Difference:
    return {"field": field, "before": before, "after": after, "added": [], "taken_out": []}
