"""Who has an event open: shown to who may see the event, for some seconds, and written down nowhere."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, cast

import pytest
import time_machine

from accounts.models import Session
from accounts.roles import Role
from core.actor import Actor
from core.clock import now
from core.errors import NotFound
from core.history.record import of_subject
from core.live.latest import latest_stream_key, values_key
from core.models import OutboxMessage
from core.redis import client, key
from events.actions.presence import LASTS, leave, look_at
from events.models import Event
from events.shapes import Presence
from tests.events.stage import OTHER_STREET, STREET, Stage, browser
from tests.factories import person_with

TAB, OTHER_TAB = "tab-00000001", "tab-00000002"


@pytest.fixture
def event(stage: Stage) -> Iterator[Event]:
    made = stage.report()
    client().delete(key("presence", made.pk))
    yield made
    client().delete(key("presence", made.pk))


def names(presence: Presence) -> list[str]:
    return [one.name for one in presence.people]


def actor(who: Any) -> Actor:
    found: Actor = who.as_actor()
    return found


def test_two_people_see_each_other_once_each_however_many_tabs(stage: Stage, event: Event) -> None:
    look_at(event.pk, actor(stage.acceptor), tab=TAB)
    look_at(event.pk, actor(stage.acceptor), tab=OTHER_TAB)
    assert names(look_at(event.pk, actor(stage.dispatcher), tab=TAB)) == ["李受理", "张派遣"]


def test_a_tab_that_died_is_forgotten_within_fifteen_seconds(stage: Stage, event: Event) -> None:
    assert timedelta(seconds=15) >= LASTS
    begun = now()
    with time_machine.travel(begun, tick=False) as machine:
        look_at(event.pk, actor(stage.acceptor), tab=TAB)
        machine.move_to(begun + LASTS)
        assert names(look_at(event.pk, actor(stage.dispatcher), tab=TAB)) == ["张派遣"]
    assert 0 < client().ttl(key("presence", event.pk)) <= 15


def test_who_turns_to_something_else_is_gone_at_once(stage: Stage, event: Event) -> None:
    look_at(event.pk, actor(stage.acceptor), tab=TAB)
    leave(event.pk, actor(stage.acceptor), tab=TAB)
    assert names(look_at(event.pk, actor(stage.dispatcher), tab=TAB)) == ["张派遣"]


def test_nothing_of_it_is_written_down(stage: Stage, event: Event) -> None:
    rows, messages = len(of_subject("event", event.pk)), OutboxMessage.objects.count()
    look_at(event.pk, actor(stage.acceptor), tab=TAB)
    assert len(of_subject("event", event.pk)) == rows
    assert OutboxMessage.objects.count() == messages
    assert f"presence|{event.pk}" not in client().hgetall(values_key())


def test_only_who_may_see_the_event_is_told(stage: Stage, event: Event, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Any] = []
    monkeypatch.setattr("events.actions.presence.publish_latest", lambda *values, **_: told.append(values))
    look_at(event.pk, actor(stage.acceptor), tab=TAB)
    [(_, _, payload, audience)] = told
    assert f"area:{STREET}" in audience
    assert f"area:{OTHER_STREET}" not in audience
    assert set(payload) == {"event_id", "people"}


def test_it_goes_by_the_stream_of_latest_values(stage: Stage, event: Event) -> None:
    look_at(event.pk, actor(stage.acceptor), tab=TAB)
    [(_, fields)] = cast(list[tuple[str, dict[str, str]]], client().xrevrange(latest_stream_key(), count=1))
    assert fields["s"] == f"presence|{event.pk}"


def test_a_stranger_neither_looks_nor_leaves(stage: Stage, event: Event) -> None:
    stranger = person_with(Role.DISPATCHER, area=stage.town[OTHER_STREET], unit=stage.centre)
    with pytest.raises(NotFound):
        look_at(event.pk, actor(stranger), tab=TAB)
    answer = browser(stranger).post(f"/api/v1/events/{event.pk}/presence", {"tab": TAB}, format="json")
    assert answer.status_code == 404
    assert browser(stranger).delete(f"/api/v1/events/{event.pk}/presence?tab={TAB}").status_code == 404


def test_over_http_one_sees_oneself_and_leaves(stage: Stage, event: Event) -> None:
    desk = browser(stage.dispatcher)
    seen = desk.post(f"/api/v1/events/{event.pk}/presence", {"tab": TAB}, format="json")
    assert names(Presence.model_validate(seen.json())) == ["张派遣"]
    assert desk.delete(f"/api/v1/events/{event.pk}/presence?tab={TAB}").status_code == 204
    assert client().hgetall(key("presence", event.pk)) == {}


def test_a_tab_needs_a_word_of_its_own(stage: Stage, event: Event) -> None:
    answer = browser(stage.dispatcher).post(f"/api/v1/events/{event.pk}/presence", {"tab": "x"}, format="json")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "tab")


def test_a_forgotten_screen_that_says_it_again_and_again_ends_its_session_all_the_same(
    stage: Stage, event: Event
) -> None:
    desk = browser(stage.dispatcher)
    before = now() - timedelta(minutes=5)
    Session.objects.update(last_input_at=before)
    desk.post(f"/api/v1/events/{event.pk}/presence", {"tab": TAB}, format="json", HTTP_X_USER_INPUT="0")
    assert Session.objects.get().last_input_at == before


def test_looking_costs_few_statements(stage: Stage, event: Event, django_assert_max_num_queries: Any) -> None:
    desk = browser(stage.dispatcher)
    with django_assert_max_num_queries(6):
        desk.post(f"/api/v1/events/{event.pk}/presence", {"tab": TAB}, format="json")
