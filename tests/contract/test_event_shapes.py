"""The API's own description of events fits what it answers, and the checked-in copy is current."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from events.api.moves import REQUESTS
from events.api.requests import STEPS
from events.lifecycle import EVENT, REQUEST
from events.live import AlertChanged, EventChanged, OrderChanged, RequestChanged
from events.moves import BY_REQUEST, BY_TASK
from events.shapes import AlertRow, EventRow, OrderRow, RequestRow


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    out = StringIO()
    call_command("spectacular", "--format", "openapi-json", "--validate", stdout=out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def test_every_built_move_that_people_make_has_its_own_typed_request(schema: dict[str, Any]) -> None:
    built = {row.move for row in EVENT.transitions if row.available and row.roles != {"system"}}
    built -= {"report"} | BY_TASK | BY_REQUEST
    assert built == set(REQUESTS)
    requests = set()
    for move in built:
        operation = schema["paths"][f"/api/v1/events/{{event_id}}/moves/{move}"]["post"]
        requests.add(operation["requestBody"]["content"]["application/json"]["schema"]["$ref"])
        assert operation["operationId"] == f"events_move_{move}"
    assert len(requests) == len(built)


def test_every_step_of_a_request_that_people_make_has_its_own_typed_body(schema: dict[str, Any]) -> None:
    made = {row.move for row in REQUEST.transitions if row.roles != {"system"}} - {"ask"}
    assert made == set(STEPS)
    bodies = set()
    for step in made:
        operation = schema["paths"][f"/api/v1/requests/{{request_id}}/moves/{step}"]["post"]
        bodies.add(operation["requestBody"]["content"]["application/json"]["schema"]["$ref"])
    assert len(bodies) == len(made)


@pytest.mark.parametrize(
    "name",
    ["RequestRow", "RequestDetail", "AlertRow", "EventRow", "OrderRow", "EventDetail", "OrderDetail", "AlertDetail"],
)
def test_shapes_are_components_that_allow_nothing_else(schema: dict[str, Any], name: str) -> None:
    component = schema["components"]["schemas"][name]
    assert component["additionalProperties"] is False
    assert set(component["required"]) == set(component["properties"])


@pytest.mark.parametrize(
    ("update", "row"),
    [(AlertChanged, AlertRow), (EventChanged, EventRow), (OrderChanged, OrderRow), (RequestChanged, RequestRow)],
)
def test_live_updates_carry_the_rows_of_the_lists(update: Any, row: Any) -> None:
    assert update.model_fields["row"].annotation is row


def test_the_checked_in_description_knows_every_address_of_events(schema: dict[str, Any], repository: Path) -> None:
    kept = json.loads((repository / "frontend/src/api/openapi.json").read_text())
    ours = tuple(f"/api/v1/{name}" for name in ("events", "alerts", "orders", "requests", "uploads", "event-types"))
    for path, operations in schema["paths"].items():
        if path.startswith(ours):
            assert kept["paths"][path] == operations
