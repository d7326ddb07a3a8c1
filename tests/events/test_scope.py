"""One rule, twice: the querysets and the audiences of live updates agree for any grants."""

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings

from accounts.audience import keys_of
from accounts.roles import Role
from core.actor import Actor, ActorGrant
from dispatch.models import FieldTask
from events.actions.loading import task_holders
from events.actions.perform import perform
from events.live import alert_audience, event_audience, order_audience, request_audience
from events.models import Alert, Event, Request, WorkOrder
from events.moves import Move
from events.queries.detail import orders_of
from tests.events.stage import Stage
from tests.factories import OrgUnitFactory
from tests.grids.town import at

AREA_ROLES = [Role.ACCEPTOR, Role.DISPATCHER, Role.LEADER, Role.GRID_WORKER, Role.COLLECTOR, Role.WALL_OPERATOR]


@pytest.fixture
def scene(stage: Stage) -> Stage:
    """Events in four grids, in all kinds of states, with legs, tasks, reporters and an office asked."""
    office = OrgUnitFactory.create(kind="office")
    stage.event_in("dispatched")
    stage.event_in("closed", lng=at(0.5, 0.5)[0], lat=at(0.5, 0.5)[1])
    stage.event_in("verifying", by=stage.desk)
    asked = stage.report(lng=at(1.5, 1.5)[0], lat=at(1.5, 1.5)[1])
    Event.objects.filter(pk=asked.pk).update(asked_unit=office)
    recalled = stage.event_in("dispatched", lng=at(3.5, 1.5)[0], lat=at(3.5, 1.5)[1])
    WorkOrder.objects.filter(event=recalled).update(state="withdrawn")
    again = stage.event_in("closed", lng=at(1.5, 0.5)[0], lat=at(1.5, 0.5)[1])
    perform(again.pk, Move.REOPEN, stage.chief.as_actor(), reason="演练")
    for move, who, event in (
        (Move.ASK_FORCE_CLOSE, stage.chief, stage.report(lng=at(0.5, 1.5)[0], lat=at(0.5, 1.5)[1])),
        (Move.ASK_CANCEL, stage.dispatcher, asked),
        (Move.ASK_EXTENSION, stage.desk, stage.event_in("handling")),
    ):
        perform(event.pk, move, who.as_actor(), reason="演练")
    stage.alert()
    stage.alert(subject_id=9, lng=at(0.5, 1.5)[0], lat=at(0.5, 1.5)[1])
    FieldTask.objects.update(assignee_user=stage.desk)
    return stage


def grants_of(stage: Stage) -> st.SearchStrategy[tuple[ActorGrant, ...]]:
    areas = [ActorGrant("", None, area.path, area.level, area.pk) for area in stage.town.areas.values()]
    units = [stage.department.pk, stage.centre.pk, *OrgUnitFactory._meta.model.objects.values_list("pk", flat=True)]
    over_areas = st.builds(
        lambda role, area: ActorGrant(role, None, area.area_path, area.area_level, area.area_key),
        st.sampled_from(AREA_ROLES),
        st.sampled_from(areas),
    )
    at_units = st.builds(
        lambda role, unit, area: ActorGrant(role, unit, area.area_path, area.area_level, area.area_key),
        st.sampled_from([Role.DEPARTMENT_DESK, Role.HANDLER]),
        st.sampled_from(units),
        st.sampled_from([ActorGrant(""), *areas]),
    )
    return st.lists(st.one_of(over_areas, at_units), max_size=4).map(tuple)


def test_what_a_person_may_list_is_what_a_persons_socket_is_told(scene: Stage) -> None:
    people = [scene.desk.pk, scene.acceptor.pk, scene.chief.pk, 999_999]
    events, alerts, orders = list(Event.objects.all()), list(Alert.objects.all()), list(WorkOrder.objects.all())
    requests = list(Request.objects.select_related("event"))
    assert len(requests) == 3
    still_open = {event.pk for event in events if event.is_open}
    audiences = {event.pk: event_audience(event, orders_of(event.pk), task_holders(event.pk)) for event in events}

    @settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(grants=grants_of(scene), user_id=st.sampled_from(people))
    def agree(grants: tuple[ActorGrant, ...], user_id: int) -> None:
        actor = Actor(user_id=user_id, name="某人", grants=grants)
        keys = keys_of(actor)
        told = {pk for pk, audience in audiences.items() if audience & keys}
        assert set(Event.objects.visible_to(actor).values_list("pk", flat=True)) == told
        assert set(Event.objects.open_to(actor).values_list("pk", flat=True)) == told & still_open
        told = {alert.pk for alert in alerts if alert_audience(alert) & keys}
        assert set(Alert.objects.visible_to(actor).values_list("pk", flat=True)) == told
        told = {order.pk for order in orders if order_audience(order) & keys}
        assert set(WorkOrder.objects.visible_to(actor).values_list("pk", flat=True)) == told
        told = {request.pk for request in requests if request_audience(request, request.event) & keys}
        assert set(Request.objects.visible_to(actor).values_list("pk", flat=True)) == told

    agree()


def test_a_person_without_grants_sees_only_what_the_person_reported(scene: Stage) -> None:
    nobody = Actor(user_id=scene.desk.pk, name="某人")
    seen = Event.objects.visible_to(nobody)
    assert {event.reporter_id for event in seen} == {scene.desk.pk}
    assert not Alert.objects.visible_to(nobody).exists()
