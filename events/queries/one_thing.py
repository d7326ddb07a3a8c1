"""One progress picture of a "one thing" 一件事: each department's leg with its text, state and light, and the whole."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from accounts.calendars import current_calendar
from accounts.models import OrgUnit
from core.deadlines.arithmetic import due_at
from events.catalogue_form import LimitEntry
from events.models import DangerFinding, Event, WorkOrder
from events.queries.catalogue import catalogue
from events.queries.danger_points import points_of
from events.queries.rows import order_row
from events.rules.progress import Span, Stay, percent, step_spans, step_states
from events.scenario_form import STREET_OFFICE

Pack = Mapping[str, Any]
PLANNED = "planned"


def unit_of(code: str, street_path: str) -> OrgUnit | None:
    """The unit that a pack's code means for an event of this street; None where the site has none."""
    if code.startswith(STREET_OFFICE):
        code = f"{code.removeprefix(STREET_OFFICE)}-{street_path.rsplit('.', 1)[-1]}"
    return catalogue().units.get(code)


def legs_of_pack(pack: Pack) -> list[dict[str, Any]]:
    """The departments of a pack, the lead first: part, unit code, mandatory, text, limit."""
    lead = pack["lead"]
    return [
        {"part": "lead", "mandatory": True, **lead},
        *({"limit": None, "part": "handling", **leg} for leg in pack.get("co_handling", ())),
    ]


def co_units_of(event: Event) -> list[dict[str, Any]]:
    """What one click dispatches beside the lead: {unit_id, mandatory, note} of each department of the scenario."""
    pack = event.scenario.definition if event.scenario else None
    planned = legs_of_pack(pack)[1:] if pack else []
    found = ((unit_of(leg["unit"], event.street_path), leg) for leg in planned)
    return [
        {"unit_id": unit.pk, "mandatory": leg["mandatory"], "note": leg["text"]}
        for unit, leg in found
        if unit is not None
    ]


def progress_of(
    event: Event,
    orders: Sequence[WorkOrder],
    at: datetime,
    *,
    findings: Sequence[DangerFinding] = (),
    may_mark: bool = False,
    passage: Sequence[Stay] = (),
) -> dict[str, Any] | None:
    """The picture, from the loaded event (with its scenario) and its legs; None for an event without a scenario.

    `findings` are what was found at its points, `passage` the states that this run went through. No statement of its
    own. A department that has no leg yet is `planned`, so that the desk can open all by one click.
    """
    if event.scenario is None:
        return None
    pack = event.scenario.definition
    legs = _legs(event, pack, orders, at)
    states = [leg["state"] for leg in legs if leg["mandatory"] and leg["state"] != PLANNED]
    steps = pack.get("steps", [])
    spans = step_spans([step["code"] for step in steps], passage)
    marked = {row.number: row for row in findings}
    hands = step_states([step["code"] for step in steps], event.state)
    return {
        "scenario": pack["code"],
        "number": pack["number"],
        "name": pack["name"],
        "percent": percent(event.state, states),
        "legs": legs,
        "steps": [
            {key: step[key] for key in ("code", "name", "who", "text")}
            | {"state": hand, "limit": _limit(step["limit"]), "evidence": list(step.get("evidence", ()))}
            | _time_of(span, step["limit"])
            for step, hand, span in zip(steps, hands, spans, strict=True)
        ],
        "evidence": [dict(asked) for asked in pack.get("evidence", ())],
        "scenes": [_scene(scene, event.street_path, marked) for scene in pack.get("scenes", ())],
        "points": _points(points_of(event), marked, may_mark=may_mark),
        "closing_standard": pack["evaluation"]["closing_standard"],
    }


def _finding(row: DangerFinding | None) -> dict[str, Any]:
    return {
        "finding": row.finding if row else "",
        "remark": row.remark if row else "",
        "marked_by": row.marked_by.name if row else None,
        "marked_at": row.marked_at if row else None,
        "version": row.version if row else 0,
    }


def _points(numbers: Collection[int], marked: Mapping[int, DangerFinding], *, may_mark: bool) -> dict[str, Any] | None:
    if not numbers:
        return None
    findings = [row.finding for number, row in marked.items() if number in numbers and row.finding]
    found = findings.count(DangerFinding.Finding.FOUND)
    return {"total": len(numbers), "marked": len(findings), "found": found, "may_mark": may_mark}


def _time_of(span: Span | None, written: Mapping[str, Any]) -> dict[str, Any]:
    """From when to when a step was at hand, and when its limit ends by the site's hours."""
    if span is None:
        return {"began_at": None, "due_at": None, "ended_at": None}
    due = due_at(span.began, LimitEntry.model_validate(written).limit, span.stood, current_calendar())
    return {"began_at": span.began, "due_at": due, "ended_at": span.ended}


def _limit(written: Mapping[str, Any]) -> dict[str, Any]:
    limit = LimitEntry.model_validate(written).limit
    return {"type": limit.type.value, "amount": round(float(limit.amount), 4)}


def _scene(scene: Mapping[str, Any], street_path: str, marked: Mapping[int, DangerFinding]) -> dict[str, Any]:
    """The links of a scene with their points, and the departments by their names."""

    def named(code: str) -> str:
        unit = unit_of(code, street_path)
        return unit.name if unit is not None else code

    links = [
        {
            "number": link["number"],
            "name": link["name"],
            "unit": named(link["unit"]),
            "points": [
                {key: point[key] for key in ("number", "text", "standard")}
                | {"checked_by": named(point["checked_by"]), "severity": point.get("severity", "ordinary")}
                | _finding(marked.get(point["number"]))
                for point in link["points"]
            ],
        }
        for link in scene["links"]
    ]
    return {"name": scene["name"], "links": links}


def _legs(event: Event, pack: Pack, orders: Sequence[WorkOrder], at: datetime) -> list[dict[str, Any]]:
    """Planned departments in the order of the pack, then legs that somebody opened beside it."""
    latest: dict[int, WorkOrder] = {}
    for order in orders:
        if order.run == event.run:
            latest[order.unit_id] = order
    legs = []
    for planned in legs_of_pack(pack):
        unit = unit_of(planned["unit"], event.street_path)
        legs.append(_leg(planned, unit, latest.pop(unit.pk, None) if unit else None, event, at))
    for order in latest.values():
        part = "lead" if order.role == WorkOrder.Role.LEAD else "handling"
        own = {"part": part, "unit": order.unit.code, "mandatory": order.is_mandatory, "text": order.note}
        legs.append(_leg(own, order.unit, order, event, at))
    return legs


def _leg(
    planned: Mapping[str, Any], unit: OrgUnit | None, order: WorkOrder | None, event: Event, at: datetime
) -> dict[str, Any]:
    row = order_row(order, event, at) if order else None
    return {
        "part": planned["part"],
        "unit_code": planned["unit"],
        "unit": {"id": unit.pk, "name": unit.name} if unit else None,
        "mandatory": order.is_mandatory if order else planned["mandatory"],
        "text": planned["text"],
        "limit": planned.get("limit"),
        "order_id": order.pk if order else None,
        "state": row["state"] if row else PLANNED,
        "light": row["light"] if row else None,
        "due_at": row["due_at"] if row else None,
        "done_at": row["done_at"] if row else None,
        "result": row["result"] if row else "",
    }
