"""How near to the place somebody has to be to sign in is set on a page, for every kind of task."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from accounts.roles import Role
from dispatch.actions import task_moves
from dispatch.errors import OutsideGeofence
from dispatch.models import FieldTask, TaskRule
from dispatch.rules.geofence import GEOFENCE, Fix
from tests.dispatch import factories

pytestmark = pytest.mark.django_db
RULES = "/api/v1/task-rules"
FAR = Fix(factories.HERE[0], factories.HERE[1] + 0.001)
"""About 111 m from the place of the tasks."""


def person(role: str) -> APIClient:
    client = APIClient()
    client.force_login(factories.user(name="许管理", role=role, area_path="c.d", area_level="district", area_key=1))
    return client


@pytest.fixture
def admin() -> APIClient:
    return person(Role.SYSTEM_ADMIN)


def put(client: APIClient, kind: str, metres: Any, version: int = 0) -> Any:
    return client.put(f"{RULES}/{kind}", {"version": version, "geofence_metres": metres}, format="json")


def of_kind(answer: Any, kind: str) -> dict[str, Any]:
    return next(one for one in answer.json()["items"] if one["kind"] == kind)


def sign_in(kind: str, fix: Fix = FAR) -> FieldTask:
    task = factories.task(kind=kind)
    holder: User | None = task.assignee.user
    assert holder is not None
    actor = holder.as_actor()
    task = task_moves.accept(task_id=task.pk, version=task.version, actor=actor)
    return task_moves.arrive(task_id=task.pk, version=task.version, actor=actor, fix=fix)


def test_every_kind_of_task_has_a_range(admin: APIClient) -> None:
    answer = admin.get(RULES)
    assert [one["kind"] for one in answer.json()["items"]] == FieldTask.Kind.values
    assert {one["geofence_metres"] for one in answer.json()["items"]} == {200}
    assert answer.json()["bound"] == {"field": "geofence_metres", "usual": 200, "least": 20, "most": 5000}


def test_a_range_that_is_set_holds_for_the_next_sign_in(admin: APIClient) -> None:
    assert sign_in("check").state == "arrived"
    answer = put(admin, "check", 100)
    assert (of_kind(answer, "check")["geofence_metres"], of_kind(answer, "check")["version"]) == (100, 1)
    assert of_kind(answer, "verify")["geofence_metres"] == 200
    with pytest.raises(OutsideGeofence):
        sign_in("check")


def test_history_says_who_set_it_from_what_to_what(admin: APIClient) -> None:
    put(admin, "check", 100)
    put(admin, "check", 150, version=1)
    newest, first = admin.get(f"{RULES}/history").json()["items"]
    assert (newest["by"], newest["name"]) == ("许管理", "check")
    assert [newest["fields"], first["fields"]] == [
        [{"field": "geofence_metres", "before": 100, "after": 150}],
        [{"field": "geofence_metres", "before": 200, "after": 100}],
    ]


def test_the_second_of_two_administrators_is_told(admin: APIClient) -> None:
    put(admin, "check", 100)
    late = put(admin, "check", 300)
    assert (late.status_code, late.json()["code"]) == (409, "stale_version")
    assert TaskRule.objects.get(kind="check").geofence_metres == 100


@pytest.mark.parametrize("metres", [GEOFENCE.least - 1, GEOFENCE.most + 1, -5])
def test_a_range_has_bounds(admin: APIClient, metres: int) -> None:
    answer = put(admin, "check", metres)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "geofence_metres"
    assert not TaskRule.objects.exists()


def test_there_is_no_other_kind(admin: APIClient) -> None:
    assert put(admin, "dance", 100).status_code == 404
    assert admin.get(f"{RULES}/dance/sign-ins?metres=100").status_code == 404


def test_a_narrower_range_tells_whom_it_would_have_refused(admin: APIClient) -> None:
    sign_in("check")
    sign_in("check", Fix(*factories.HERE))
    sign_in("verify")
    told = admin.get(f"{RULES}/check/sign-ins?metres=50").json()
    assert told == {"days": 30, "signed_in": 2, "beyond": 1, "farthest": 112}


@pytest.mark.parametrize("role", [Role.GRID_ADMIN, Role.DUTY_CHIEF, Role.LEADER])
def test_who_answers_for_cases_reads_and_does_not_set(role: str) -> None:
    reader = person(role)
    assert reader.get(RULES).json()["may_edit"] is False
    assert put(reader, "check", 100).status_code == 403
    assert reader.get(f"{RULES}/check/sign-ins?metres=50").status_code == 403


@pytest.mark.parametrize("path", [RULES, f"{RULES}/history"])
def test_others_do_not_read_them(path: str) -> None:
    assert person(Role.ACCEPTOR).get(path).status_code == 403


def test_the_list_costs_one_statement(admin: APIClient, django_assert_max_num_queries: Any) -> None:
    put(admin, "check", 100)
    put(admin, "verify", 100)
    with django_assert_max_num_queries(4):
        admin.get(RULES)
