"""Main classes are renamed and retired as versions, and everything that carries their name follows or holds them."""

from collections.abc import Iterator
from typing import Any

import pytest

from accounts.models import User
from accounts.roles import Role
from core.history.record import of_subject
from events.actions.catalogue import load
from events.models import EventType, MainClass, ResponsibilityRow, RoutingRule
from events.queries.catalogue import forget, type_of
from events.queries.event_types import MAIN_CLASS_KIND
from tests.events.stage import STREET, Stage, browser
from tests.events.test_catalogue_api import FEW
from tests.factories import person_with

CLASSES = "/api/v1/catalogue/main-classes"
STREETS = f"{CLASSES}/event/05"


@pytest.fixture
def catalogue(stage: Stage) -> Iterator[Stage]:
    load(FEW)
    forget()
    yield stage
    forget()


@pytest.fixture
def admin(catalogue: Stage) -> User:
    return person_with(Role.GRID_ADMIN, area=catalogue.district, name="周网格")


def rename(who: User, name: str, *, version: int = 1, address: str = STREETS) -> Any:
    return browser(who).put(address, {"version": version, "name": name, "note": "按新规"}, format="json")


def retire(who: User, *, version: int = 1, address: str = STREETS) -> Any:
    return browser(who).post(f"{address}/retire", {"version": version, "reason": "不再使用"}, format="json")


def row_of(catalogue: Stage, **fields: Any) -> ResponsibilityRow:
    body = {"main_class": "街面秩序", "area_path": STREET, "unit_id": catalogue.department.pk} | fields
    answer = browser(catalogue.chief).post("/api/v1/responsibilities", body, format="json")
    return ResponsibilityRow.objects.get(pk=answer.json()["id"])


def test_a_new_name_is_a_new_version_of_the_class_and_of_its_types(admin: User) -> None:
    before = EventType.objects.get(code="street_vending", is_current=True)
    answer = rename(admin, "街面管理")
    assert answer.status_code == 200
    shown = next(one for one in answer.json()["main_classes"] if one["code"] == "05" and one["category"] == "event")
    assert (shown["name"], shown["version"], shown["made_by"]) == ("街面管理", 2, "周网格")
    now = type_of("street_vending")
    assert (now.main_class, now.main_code, now.version, now.note) == ("街面管理", "05", before.version + 1, "按新规")
    before.refresh_from_db()
    assert (before.main_class, before.is_current) == ("街面秩序", False)


def test_history_says_who_renamed_it(admin: User) -> None:
    rename(admin, "街面管理")
    first = MainClass.objects.get(category="event", code="05", version=1)
    row = of_subject(MAIN_CLASS_KIND, first.pk)[-1]
    assert (row.move, row.from_state, row.to_state, row.actor_id) == ("rename", "v1", "v2", admin.pk)


def test_who_answers_for_it_answers_on(admin: User, catalogue: Stage) -> None:
    kept = row_of(catalogue)
    rename(admin, "街面管理")
    kept.refresh_from_db()
    assert (kept.main_class, kept.version) == ("街面管理", 2)


def test_the_files_leave_a_name_that_the_site_gave(admin: User) -> None:
    rename(admin, "街面管理")
    EventType.objects.filter(code="street_vending").delete()
    load(FEW)
    assert MainClass.objects.current().get(category="event", code="05").name == "街面管理"
    assert EventType.objects.get(code="street_vending").main_class == "街面管理"


def test_a_rule_in_force_that_quotes_the_name_holds_it(admin: User) -> None:
    RoutingRule.objects.create(
        name="街面", expression="main_class == '街面秩序'", position=1, state="draft", edited_at="2026-01-01T00:00Z"
    )
    RoutingRule.objects.update(state="on", replayed_edition=1, switched_at="2026-01-01T00:00Z")
    refused = rename(admin, "街面管理")
    assert (refused.status_code, refused.json()["code"]) == (409, "main_class_is_named")
    assert "街面" in refused.json()["detail"]


def test_the_second_administrator_is_told(admin: User) -> None:
    rename(admin, "街面管理")
    late = rename(admin, "街面治理")
    assert (late.status_code, late.json()["code"], late.json()["current_version"]) == (409, "stale_version", 2)


@pytest.mark.parametrize(
    ("name", "code"), [("", "length"), ("乱", "length"), ("长" * 41, "length"), ("市容环境", "double_name")]
)
def test_a_name_that_cannot_be_is_refused_at_its_field(admin: User, name: str, code: str) -> None:
    answer = rename(admin, name)
    assert (answer.status_code, answer.json()["errors"][0]["field"], answer.json()["errors"][0]["code"]) == (
        422,
        "name",
        code,
    )


def test_a_class_with_types_is_not_retired_and_an_empty_one_is(admin: User) -> None:
    assert retire(admin).json()["code"] == "main_class_has_types"
    EventType.objects.filter(main_class="街面秩序").update(is_current=False)
    answer = retire(admin)
    assert answer.status_code == 200
    assert [one["code"] for one in answer.json()["retired_main_classes"]] == ["05"]
    assert "街面秩序" not in [one["name"] for one in answer.json()["main_classes"] if one["category"] == "event"]
    back = browser(admin).post(f"{STREETS}/restore", {"version": 1}, format="json")
    assert (back.status_code, back.json()["retired_main_classes"]) == (200, [])
    assert MainClass.objects.current().get(category="event", code="05").version == 2


def test_a_class_that_somebody_answers_for_is_not_retired(admin: User, catalogue: Stage) -> None:
    row_of(catalogue)
    EventType.objects.filter(main_class="街面秩序").update(is_current=False)
    assert retire(admin).json()["code"] == "main_class_is_named"


def test_a_class_of_the_sites_own_is_made_once(admin: User) -> None:
    body = {"category": "event", "code": "99", "name": "水上秩序"}
    assert browser(admin).post(CLASSES, body, format="json").status_code == 201
    again = browser(admin).post(CLASSES, body | {"name": "河道秩序"}, format="json")
    assert (again.status_code, again.json()["errors"][0]["code"]) == (422, "double_code")
    wrong = browser(admin).post(CLASSES, {"category": "animal", "code": "x", "name": "动物"}, format="json")
    assert [one["field"] for one in wrong.json()["errors"]] == ["category", "code"]


def test_who_edits_no_catalogue_changes_no_class(admin: User, catalogue: Stage) -> None:
    assert rename(catalogue.dispatcher, "街面管理").status_code == 403
    assert retire(catalogue.dispatcher).status_code == 403
    assert browser(catalogue.dispatcher).post(CLASSES, {}, format="json").status_code == 422
    assert rename(admin, "新名", address=f"{CLASSES}/event/77").status_code == 404


def test_renaming_takes_a_number_of_statements_that_does_not_grow_with_the_types(
    admin: User, django_assert_max_num_queries: Any
) -> None:
    client = browser(admin)
    with django_assert_max_num_queries(45):
        client.put(STREETS, {"version": 1, "name": "街面管理"}, format="json")
