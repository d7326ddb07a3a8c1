"""Saved views: one's own, with limits, and shared as filters without what they find."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.actions.views import save_view
from accounts.models import SavedView, User
from accounts.rules.views import MOST_VIEWS
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

LATE = {"page": "desk", "name": "望江街道", "query": {"street": "c.d.s", "mine": "1"}}


def browser(who: User | None) -> APIClient:
    client = APIClient()
    client.force_login(who) if who else None
    return client


def save(who: User, **fields: Any) -> Any:
    return browser(who).post("/api/v1/views", LATE | fields, format="json")


def change(who: User, view_id: int, **fields: Any) -> Any:
    return browser(who).patch(f"/api/v1/views/{view_id}", fields, format="json")


@pytest.fixture
def person() -> User:
    return UserFactory.create(name="张派遣")


def test_a_view_is_saved_and_found_again_on_its_page_only(person: User) -> None:
    saved = save(person)
    assert (saved.status_code, saved.json()["link"]) == (201, "")
    listed = browser(person).get("/api/v1/views?page=desk").json()["items"]
    assert [(row["name"], row["query"], row["gone"]) for row in listed] == [("望江街道", LATE["query"], [])]
    assert browser(person).get("/api/v1/views?page=tickets").json()["items"] == []


def test_nobody_lists_changes_or_drops_anothers_views(person: User) -> None:
    view_id, other = save(person).json()["id"], UserFactory.create()
    assert browser(other).get("/api/v1/views?page=desk").json()["items"] == []
    assert change(other, view_id, name="我的").status_code == 404
    assert browser(other).delete(f"/api/v1/views/{view_id}").status_code == 404


def test_a_visitor_is_asked_to_sign_in() -> None:
    assert browser(None).get("/api/v1/views?page=desk").status_code == 401


def test_a_name_is_used_once_on_a_page(person: User) -> None:
    save(person)
    answer = save(person)
    assert (answer.status_code, answer.json()["code"]) == (409, "view_name_taken")
    assert save(person, page="tickets", query={"box": "rework"}).status_code == 201


def test_a_view_takes_no_name_that_another_has(person: User) -> None:
    save(person)
    second = save(person, name="全部").json()["id"]
    assert change(person, second, name="望江街道").json()["code"] == "view_name_taken"


def test_a_view_is_renamed_and_given_other_filters(person: User) -> None:
    changed = change(person, save(person).json()["id"], name="超时", query={"by": "newest"}).json()
    assert (changed["name"], changed["query"]) == ("超时", {"by": "newest"})


def test_there_are_so_many_views_and_no_more(person: User) -> None:
    for number in range(MOST_VIEWS):
        save_view(actor=person.as_actor(), page="desk", name=f"视图{number}", query={})
    answer = save(person)
    assert (answer.status_code, answer.json()["code"]) == (409, "too_many_views")


@pytest.mark.parametrize(
    "wrong",
    [{"name": ""}, {"name": "长" * 41}, {"page": "nowhere"}, {"query": {"q": "x" * 201}}, {"query": {"sql": "1"}}],
)
def test_what_no_page_could_use_is_refused(person: User, wrong: dict[str, Any]) -> None:
    assert save(person, **wrong).status_code == 422


def test_a_link_leads_to_the_filters_and_to_nothing_they_find(person: User) -> None:
    link = change(person, save(person).json()["id"], shared=True).json()["link"]
    reader = browser(UserFactory.create())
    assert reader.get(f"/api/v1/views/shared/{link}").json() == {
        "page": "desk", "name": "望江街道", "query": LATE["query"], "gone": [], "by": "张派遣",
    }  # fmt: skip


def test_a_link_that_was_taken_back_leads_nowhere(person: User) -> None:
    view_id = save(person).json()["id"]
    link = change(person, view_id, shared=True).json()["link"]
    assert change(person, view_id, shared=False).json()["link"] == ""
    assert browser(person).get(f"/api/v1/views/shared/{link}").status_code == 404
    assert change(person, view_id, shared=True).json()["link"] != link


def test_what_is_not_shared_has_no_link_to_guess(person: User) -> None:
    save(person)
    assert browser(person).get("/api/v1/views/shared/-").status_code == 404


def test_a_filter_that_the_page_has_no_more_is_named(person: User) -> None:
    view_id = save(person).json()["id"]
    SavedView.objects.filter(pk=view_id).update(query={"street": "c.d.s", "crew": "3"})
    assert browser(person).get("/api/v1/views?page=desk").json()["items"][0]["gone"] == ["crew"]


def test_a_dropped_view_is_gone(person: User) -> None:
    view_id = save(person).json()["id"]
    assert browser(person).delete(f"/api/v1/views/{view_id}").status_code == 204
    assert not SavedView.objects.exists()


def test_the_list_costs_one_statement_however_many_views(person: User, django_assert_max_num_queries: Any) -> None:
    for number in range(5):
        save_view(actor=person.as_actor(), page="desk", name=f"视图{number}", query={})
    desk = browser(person)
    with django_assert_max_num_queries(3):  # the session, its person with grants, the views
        desk.get("/api/v1/views?page=desk")
