"""What a remote control does to a wall's view. Pure: the view goes in, the next one comes out."""

from collections.abc import Mapping
from typing import Any

FIGURES = ("received", "open", "near_due", "overdue", "late", "source", "street", "stage")
"""Numbers of the wall that lead to their events; the last three ask which one."""
KEYED = frozenset({"source", "street", "stage"})

EMPTY: dict[str, Any] = {
    "camera": "auto",
    "alert_id": None,
    "event": None,
    "held": False,
    "drill": None,
    "calibrating": False,
}


def with_overview(view: Mapping[str, Any]) -> dict[str, Any]:
    """Back over the district; what was cast onto the wall and what was drilled into go."""
    return {**EMPTY, "held": bool(view.get("held")), "camera": "overview"}


def with_alert(view: Mapping[str, Any], alert_id: int) -> dict[str, Any]:
    return {**EMPTY, "held": bool(view.get("held")), "camera": "incident", "alert_id": alert_id}


def with_event(view: Mapping[str, Any], event: Mapping[str, Any]) -> dict[str, Any]:
    """An event cast from a desk: the camera goes there whatever else happens, until somebody sends it elsewhere."""
    return {**EMPTY, "held": bool(view.get("held")), "camera": "incident", "event": dict(event)}


def with_hold(view: Mapping[str, Any], *, held: bool) -> dict[str, Any]:
    return {**EMPTY, **view, "held": held}


def with_auto(view: Mapping[str, Any]) -> dict[str, Any]:
    """The wall decides by itself again: a red alarm takes the camera."""
    return dict(EMPTY)


def with_drill(view: Mapping[str, Any], figure: str | None, key: str) -> dict[str, Any]:
    return {**EMPTY, **view, "drill": {"figure": figure, "key": key} if figure else None}


def with_calibration(view: Mapping[str, Any], *, on: bool) -> dict[str, Any]:
    return {**EMPTY, **view, "calibrating": on}


def next_alert(alert_ids: list[int], current: int | None) -> int | None:
    """The one after `current` in the wall's order, round about; None where there is none."""
    if not alert_ids:
        return None
    if current not in alert_ids:
        return alert_ids[0]
    return alert_ids[(alert_ids.index(current) + 1) % len(alert_ids)]
