"""The admin shows the catalogue for editing and everything that moves for reading only."""

import pytest
from django.test import Client

from accounts.models import User
from events.models import Event, EventType
from tests.events.stage import Stage


@pytest.fixture
def office(stage: Stage) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("root", "correct horse", name="系统管理员"))
    return client


@pytest.mark.parametrize("page", ["eventtype", "clocklimit", "scenario", "event", "alert", "workorder"])
def test_every_list_opens(stage: Stage, office: Client, page: str) -> None:
    stage.event_in("dispatched")
    stage.alert()
    assert office.get(f"/admin/events/{page}/").status_code == 200


def test_a_type_that_events_were_born_with_is_changed_through_a_new_version(stage: Stage, office: Client) -> None:
    event = stage.report()
    assert b"_save" not in office.get(f"/admin/events/eventtype/{stage.kind.pk}/change/").content
    office.post("/admin/events/eventtype/", {"action": "make_new_version", "_selected_action": [stage.kind.pk]})
    current = EventType.objects.get(code=stage.kind.code, is_current=True)
    assert (current.version, current.conditions.count()) == (2, 1)
    assert b"_save" in office.get(f"/admin/events/eventtype/{current.pk}/change/").content
    assert Event.objects.get(pk=event.pk).type_id == stage.kind.pk


def test_events_are_not_edited_here(stage: Stage, office: Client) -> None:
    event = stage.report()
    assert b"_save" not in office.get(f"/admin/events/event/{event.pk}/change/").content
    assert office.get("/admin/events/event/add/").status_code == 403
