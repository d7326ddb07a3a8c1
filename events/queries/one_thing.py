"""One progress picture of a "one thing" 一件事: each department's leg with its text, state and light, and the whole."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from accounts.models import OrgUnit
from events.models import Event, WorkOrder
from events.queries.catalogue import catalogue
from events.queries.rows import order_row
from events.rules.progress import percent, step_states
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


def progress_of(event: Event, orders: Sequence[WorkOrder], at: datetime) -> dict[str, Any] | None:
    """The picture, from the loaded event (with its scenario) and its legs; None for an event without a scenario.

    No statement of its own. A department that has no leg yet is `planned`, so that the desk can open all by one click.
    """
    if event.scenario is None:
        return None
    pack = event.scenario.definition
    legs = _legs(event, pack, orders, at)
    states = [leg["state"] for leg in legs if leg["mandatory"] and leg["state"] != PLANNED]
    steps = pack.get("steps", [])
    hands = step_states([step["code"] for step in steps], event.state)
    return {
        "scenario": pack["code"],
        "number": pack["number"],
        "name": pack["name"],
        "percent": percent(event.state, states),
        "legs": legs,
        "steps": [
            {key: step[key] for key in ("code", "name", "who", "text")} | {"state": hand}
            for step, hand in zip(steps, hands, strict=True)
        ],
        "closing_standard": pack["evaluation"]["closing_standard"],
    }


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
