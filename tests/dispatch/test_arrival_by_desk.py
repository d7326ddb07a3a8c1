"""A desk that hears by telephone or radio that somebody has arrived records it."""

from datetime import timedelta

import pytest
from rest_framework.test import APIClient

from core.clock import now
from core.errors import Forbidden, StaleVersion
from core.history.record import of_subject
from dispatch.actions import task_moves
from dispatch.errors import NoRecentFix, OutsideGeofence
from dispatch.models import FieldTask, Position, Team
from dispatch.queries.telephones import telephone_of
from tests.dispatch import factories
from tests.dispatch.factories import HERE

pytestmark = pytest.mark.django_db

ABOUT_500_M_NORTH = (HERE[0], HERE[1] + 0.0045)


def reported(task: FieldTask, who: str = "dispatcher") -> FieldTask:
    desk = factories.user(name="张涛", role=who, area_path="c.d").as_actor()
    return task_moves.report_arrival(task_id=task.pk, version=task.version, actor=desk)


def test_the_last_fix_of_the_device_speaks_for_the_arrival() -> None:
    task = reported(factories.task(kind="handle", assignee=factories.responder(at=HERE)))
    assert (task.state, task.arrived_at is not None) == ("arrived", True)
    row = of_subject("task", task.pk)[-1]
    assert (row.move, row.role) == ("report_arrival", "dispatcher")
    assert row.facts["by_desk"] is True and row.facts["distance_m"] == 0


def test_a_device_that_is_elsewhere_speaks_against_it() -> None:
    task = factories.task(kind="handle", assignee=factories.responder(at=ABOUT_500_M_NORTH))
    with pytest.raises(OutsideGeofence):
        reported(task)


def test_without_a_recent_fix_word_of_mouth_is_enough_to_handle() -> None:
    task = factories.task(kind="handle", assignee=factories.responder(at=None))
    assert reported(task, "duty_chief").state == "arrived"


def test_without_a_recent_fix_word_of_mouth_is_no_evidence_for_a_verification() -> None:
    worker = factories.responder(at=HERE)
    Position.objects.update(at=now() - timedelta(minutes=6))
    with pytest.raises(NoRecentFix):
        reported(factories.task(kind="verify", assignee=worker))


def test_who_sits_at_no_desk_of_the_area_is_told_who_may() -> None:
    task = factories.task(kind="handle")
    with pytest.raises(Forbidden) as refused:
        reported(task, "leader")
    assert refused.value.extra["roles"] == "派遣员、值班长"


def test_the_holder_signs_in_by_phone_and_not_by_word_of_mouth() -> None:
    task = factories.task(kind="handle")
    with pytest.raises(Forbidden):
        task_moves.report_arrival(task_id=task.pk, version=1, actor=factories.actor_of(task.assignee))


def test_a_desk_of_another_area_does_not_see_the_task() -> None:
    task = factories.task(kind="handle")
    client = APIClient()
    client.force_login(factories.dispatcher("c.e"))
    answer = client.post(f"/api/v1/tasks/{task.pk}/moves/report_arrival", {"version": 1}, format="json")
    assert answer.status_code == 404


def test_over_http_the_arrival_is_answered_with_the_task() -> None:
    task = factories.task(kind="handle")
    client = APIClient()
    client.force_login(factories.dispatcher())
    answer = client.post(f"/api/v1/tasks/{task.pk}/moves/report_arrival", {"version": 1}, format="json")
    assert (answer.status_code, answer.json()["state"]) == (200, "arrived")


def test_a_stale_click_is_refused() -> None:
    task = factories.task(kind="handle")
    reported(task)
    with pytest.raises(StaleVersion):
        reported(task)


def test_a_responder_is_reached_at_the_own_number_else_the_persons_else_the_teams() -> None:
    team = Team.objects.create(code="t1", name="一队", unit=factories.unit(), area_path="c.d", phone="025-83750000")
    worker = factories.responder(team=team)
    assert telephone_of(worker) == "025-83750000"
    assert worker.user is not None
    worker.user.phone = "13800001234"
    assert telephone_of(worker) == "13800001234"
    worker.phone = "13900001234"
    assert telephone_of(worker) == "13900001234"
