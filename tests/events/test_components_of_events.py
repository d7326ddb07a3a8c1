"""A part case names its component, and goes to who answers for that."""

from typing import Any

import pytest

from accounts.models import OrgUnit
from core.actor import SYSTEM
from dispatch.models import FieldTask
from events.actions.report import report_event
from events.errors import UnknownComponent
from events.models import EventType
from events.queries.catalogue import forget
from events.queries.routing import forget as forget_routing
from registry.actions.components import register_component
from registry.models import Component
from tests.events.stage import HERE, Stage, browser
from tests.factories import EventTypeFactory, OrgUnitFactory
from tests.registry.components import COVER, kinds


@pytest.fixture
def part(stage: Stage) -> EventType:
    kinds()
    made = EventTypeFactory.create(code=COVER, category="part", default_unit_code=stage.department.code)
    forget()
    return made


def unit(name: str, kind: str = "department") -> OrgUnit:
    made = OrgUnitFactory.create(code=name, name=name, kind=kind)
    forget()
    forget_routing()
    return made


def cover(**values: Any) -> Component:
    return register_component(actor=SYSTEM, type_code=COVER, lng=HERE[0], lat=HERE[1] + 0.0001, **values)


def reported(stage: Stage, component: Component, **values: Any) -> Any:
    body = {"type_code": COVER, "lng": HERE[0], "lat": HERE[1], "description": "井盖缺失", **values}
    client = browser(stage.acceptor)
    return client.post("/api/v1/events", {**body, "component_id": component.pk}, format="json")


def test_a_part_case_goes_to_who_maintains_then_owns_then_supervises(stage: Stage, part: EventType) -> None:
    keeper, owner, department = unit("养护所"), unit("产权公司"), unit("主管局")
    parties = {"maintainer_unit_id": keeper.pk, "owner_unit_id": owner.pk, "department_id": department.pk}
    for without, lead in ((None, keeper), ("maintainer_unit_id", owner), ("owner_unit_id", department)):
        parties.pop(without or "", None)
        answer = reported(stage, cover(**parties)).json()
        detail = browser(stage.acceptor).get(f"/api/v1/events/{answer['id']}").json()
        assert detail["routing"]["lead"]["id"] == lead.pk
    assert detail["routing"]["lead_why"] == "按部件的主管部门"


def test_the_types_department_is_asked_where_the_component_names_nobody(stage: Stage, part: EventType) -> None:
    unit("shuiwu")
    detail = browser(stage.acceptor).get(f"/api/v1/events/{reported(stage, cover()).json()['id']}").json()
    assert detail["routing"]["lead"]["name"] == "shuiwu"


def test_a_team_does_not_lead_so_the_next_one_is_asked(stage: Stage, part: EventType) -> None:
    team, owner = unit("养护队", kind="team"), unit("产权公司")
    answer = reported(stage, cover(maintainer_unit_id=team.pk, owner_unit_id=owner.pk)).json()
    detail = browser(stage.acceptor).get(f"/api/v1/events/{answer['id']}").json()
    assert detail["routing"]["lead"]["id"] == owner.pk


def test_an_event_shows_its_component_and_the_component_its_events(stage: Stage, part: EventType) -> None:
    component = cover()
    answer = reported(stage, component).json()
    client = browser(stage.acceptor)
    assert client.get(f"/api/v1/events/{answer['id']}").json()["component"]["code"] == component.code
    assert [row["id"] for row in client.get(f"/api/v1/components/{component.pk}/events").json()["items"]] == [
        answer["id"]
    ]
    stage.event_in("reported")
    assert len(client.get(f"/api/v1/components/{component.pk}/events").json()["items"]) == 1


def test_who_is_sent_sees_the_component_and_the_unit_grid_on_the_phone(stage: Stage, part: EventType) -> None:
    component = cover()
    event = stage.event_in("verifying", type_code=COVER, component_id=component.pk)
    task = FieldTask.objects.get(subject_id=event.pk)
    ground = browser(stage.worker.user).get(f"/api/v1/tasks/{task.pk}").json()["ground"]
    assert ground["component"] == {"code": component.code, "type_name": component.type.name, "state": "intact"}
    assert ground["unit_grid"] == ""


def test_a_task_about_an_event_without_a_component_tells_none(stage: Stage, part: EventType) -> None:
    event = stage.event_in("verifying")
    task = FieldTask.objects.get(subject_id=event.pk)
    told = browser(stage.worker.user).get(f"/api/v1/tasks/{task.pk}").json()
    assert told["ground"] == {"unit_grid": "", "component": None}


def test_a_component_far_away_or_unknown_is_refused(stage: Stage, part: EventType) -> None:
    component = cover()
    far = reported(stage, component, lat=HERE[1] + 0.006)
    assert (far.status_code, far.json()["code"]) == (422, "unknown_component")
    with pytest.raises(UnknownComponent):
        report_event(
            actor=stage.acceptor.as_actor(), type_code=COVER, lng=HERE[0], lat=HERE[1], component_id=987_654_321
        )


def test_the_events_of_a_hidden_component_are_not_found(stage: Stage, part: EventType) -> None:
    assert browser(stage.acceptor).get("/api/v1/components/987654321/events").status_code == 404
