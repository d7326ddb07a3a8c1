"""How many households one worker may have is set by the site, and drafts are checked by it."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.roles import Role
from grids.actions.draft_edits import write_on_area
from grids.actions.drafts import open_draft
from grids.models import BoundaryDraft, GridNorms
from grids.queries.draft_checks import check_draft
from grids.rules.norms import HOUSEHOLDS, is_over
from tests.grids.town import DISTRICT, Town, person

pytestmark = pytest.mark.django_db
NORMS = "/api/v1/grid-norms"
ONE = f"{DISTRICT}.001.001.g001"


def client_of(role: str, town: Town) -> APIClient:
    client = APIClient()
    client.force_login(person(f"norm-{role}", role, town[DISTRICT]))
    return client


@pytest.fixture
def admin(town: Town) -> APIClient:
    return client_of(Role.SYSTEM_ADMIN, town)


def put(client: APIClient, households: Any, version: int = 0) -> Any:
    return client.put(NORMS, {"version": version, "households_per_worker": households}, format="json")


def large_grid(town: Town, households: int) -> BoundaryDraft:
    editor = person("norm-editor", Role.GRID_ADMIN, town[DISTRICT]).as_actor()
    draft = open_draft(root=town[DISTRICT], title="", actor=editor)
    values = {"households": households}
    write_on_area(draft_id=draft.pk, version=draft.version, actor=editor, ref=f"a{town[ONE].pk}", values=values)
    return BoundaryDraft.objects.get(pk=draft.pk)


def test_until_somebody_sets_it_three_hundred_households_are_the_norm(admin: APIClient) -> None:
    told = admin.get(NORMS).json()
    assert (told["households_per_worker"], told["version"], told["may_edit"]) == (300, 0, True)
    assert told["bound"] == {"field": "households_per_worker", "usual": 300, "least": 30, "most": 5000}


def test_drafts_are_checked_by_the_norm_that_was_set(admin: APIClient, town: Town) -> None:
    draft = large_grid(town, 450)
    assert [(one.value, one.norm) for one in check_draft(draft) if one.kind == "households"] == [(450.0, 300)]
    assert put(admin, 450).json()["households_per_worker"] == 450
    assert [one for one in check_draft(draft) if one.kind == "households"] == []


def test_history_says_who_set_it_from_what_to_what(admin: APIClient) -> None:
    put(admin, 400)
    put(admin, 500, version=1)
    newest, first = admin.get(f"{NORMS}/history").json()["items"]
    assert [newest["fields"], first["fields"]] == [
        [{"field": "households_per_worker", "before": 400, "after": 500}],
        [{"field": "households_per_worker", "before": 300, "after": 400}],
    ]


def test_the_second_of_two_administrators_is_told(admin: APIClient) -> None:
    put(admin, 400)
    late = put(admin, 500)
    assert (late.status_code, late.json()["code"]) == (409, "stale_version")


@pytest.mark.parametrize("households", [HOUSEHOLDS.least - 1, HOUSEHOLDS.most + 1, -5])
def test_the_norm_has_bounds(admin: APIClient, households: int) -> None:
    answer = put(admin, households)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "households_per_worker")
    assert not GridNorms.objects.exists()


def test_a_norm_can_be_tried_on_the_grids_in_force(admin: APIClient, town: Town) -> None:
    told = admin.get(f"{NORMS}/trial?households_per_worker=299").json()
    assert told == {"grids": told["grids"], "over": told["grids"], "largest": 300}
    assert admin.get(f"{NORMS}/trial?households_per_worker=300").json()["over"] == 0


@pytest.mark.parametrize("role", [Role.GRID_ADMIN, Role.DUTY_CHIEF, Role.LEADER])
def test_who_answers_for_grids_reads_and_does_not_set(role: str, town: Town) -> None:
    reader = client_of(role, town)
    assert reader.get(NORMS).json()["may_edit"] is False
    assert put(reader, 400).status_code == 403
    assert reader.get(f"{NORMS}/trial?households_per_worker=300").status_code == 403


def test_others_do_not_see_it(town: Town) -> None:
    worker = client_of(Role.GRID_WORKER, town)
    assert [worker.get(NORMS).status_code, worker.get(f"{NORMS}/history").status_code] == [403, 403]


def test_a_grid_without_anybody_is_measured_as_for_one_worker() -> None:
    assert [is_over(301, 0, 300), is_over(300, 0, 300), is_over(600, 2, 300), is_over(601, 2, 300)] == [
        True,
        False,
        False,
        True,
    ]


def test_reading_takes_few_statements(admin: APIClient, django_assert_max_num_queries: Any) -> None:
    put(admin, 400)
    with django_assert_max_num_queries(6):
        admin.get(NORMS)
