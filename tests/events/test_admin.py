"""The admin shows the catalogue for editing and everything that moves for reading only."""

import pytest
from django.test import Client

from accounts.models import User
from events.actions.perform import perform
from events.models import MainClass
from events.moves import Move
from tests.events.stage import Stage


@pytest.fixture
def office(stage: Stage) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("root", "correct horse", name="系统管理员"))
    return client


@pytest.mark.parametrize(
    "page",
    [
        "escalationstep",
        "eventtype",
        "mainclass",
        "clocklimit",
        "scenario",
        "event",
        "alert",
        "workorder",
        "request",
        "reminder",
    ],
)
def test_every_list_opens(stage: Stage, office: Client, page: str) -> None:
    event = stage.event_in("dispatched")
    perform(event.pk, Move.ASK_CANCEL, stage.dispatcher.as_actor(), reason="误报")
    stage.alert()
    assert office.get(f"/admin/events/{page}/").status_code == 200


def test_types_are_looked_at_here_and_changed_on_the_catalogues_own_page(stage: Stage, office: Client) -> None:
    assert b"_save" not in office.get(f"/admin/events/eventtype/{stage.kind.pk}/change/").content
    assert b'href="/admin/catalogue"' in office.get("/admin/events/eventtype/").content
    assert office.get("/admin/events/eventtype/add/").status_code == 403


def test_main_classes_are_looked_at_here(stage: Stage, office: Client) -> None:
    made = MainClass.objects.create(category="event", code="99", name="水上秩序")
    assert b"_save" not in office.get(f"/admin/events/mainclass/{made.pk}/change/").content
    assert office.get("/admin/events/mainclass/add/").status_code == 403


def test_events_are_not_edited_here(stage: Stage, office: Client) -> None:
    event = stage.report()
    assert b"_save" not in office.get(f"/admin/events/event/{event.pk}/change/").content
    assert office.get("/admin/events/event/add/").status_code == 403


def test_the_first_page_leads_to_the_pages_where_things_are_set_up(stage: Stage, office: Client) -> None:
    content = office.get("/admin/").content
    assert b'href="/admin/catalogue"' in content
    assert b'href="/admin/routing"' in content
