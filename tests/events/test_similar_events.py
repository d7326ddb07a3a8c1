"""Is it reported already? Before a report, in its answer, and at acceptance."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.roles import Role
from events.models import SimilarityLimit
from events.queries.similar import forget
from events.shapes import SimilarEventList
from tests.events.stage import HERE, OTHER_STREET, Stage, browser
from tests.factories import EventTypeFactory, person_with

SIXTY_METRES = 60 / 94_000
SIMILAR_STATEMENTS = 3


def near(stage: Stage, who: User, **asked: Any) -> Any:
    values: dict[str, Any] = {"type_code": stage.kind.code, "lng": HERE[0], "lat": HERE[1]} | asked
    return browser(who).get("/api/v1/events/similar", values)


def test_before_the_report_a_neighbour_is_shown_with_picture_distance_and_age(stage: Stage) -> None:
    photo = stage.photo(stage.acceptor)
    earlier = stage.report(attachment_ids=[photo])
    found = SimilarEventList.model_validate(near(stage, stage.acceptor).json()).items
    assert [(row.id, row.distance_m, row.thumb_url) for row in found] == [
        (earlier.pk, 0, f"/media/attachments/{photo}/thumb")
    ]
    assert found[0].age_seconds < 60


def test_another_type_another_place_and_another_persons_area_are_not_shown(stage: Stage) -> None:
    stage.report()
    other = EventTypeFactory.create()
    stranger = person_with(Role.ACCEPTOR, area=stage.town[OTHER_STREET], unit=stage.centre)
    assert near(stage, stage.acceptor, type_code=other.code).json() == {"items": []}
    assert near(stage, stage.acceptor, lng=HERE[0] + SIXTY_METRES).json() == {"items": []}
    assert near(stage, stranger).json() == {"items": []}


def test_how_near_and_how_recent_is_data(stage: Stage) -> None:
    earlier = stage.report()
    SimilarityLimit.objects.create(type_code="", metres=10, hours=1)
    SimilarityLimit.objects.create(type_code=stage.kind.code, metres=80, hours=24)
    forget()
    wider = near(stage, stage.acceptor, lng=HERE[0] + SIXTY_METRES).json()["items"]
    assert [row["id"] for row in wider] == [earlier.pk]
    SimilarityLimit.objects.all().delete()
    assert near(stage, stage.acceptor, lng=HERE[0] + SIXTY_METRES).json()["items"] == []


def test_the_detail_shows_neighbours_until_the_event_is_dispatched(stage: Stage) -> None:
    earlier = stage.report()
    for state in ("reported", "verifying", "filed"):
        event = stage.event_in(state)
        shown = browser(stage.acceptor).get(f"/api/v1/events/{event.pk}").json()["similar"]
        assert earlier.pk in [row["id"] for row in shown]
        assert event.pk not in [row["id"] for row in shown]
    sent = stage.event_in("dispatched")
    assert browser(stage.acceptor).get(f"/api/v1/events/{sent.pk}").json()["similar"] == []


def test_many_neighbours_cost_the_same_statements_as_one(stage: Stage) -> None:
    client, counts = browser(stage.acceptor), []
    asked: dict[str, Any] = {"type_code": stage.kind.code, "lng": HERE[0], "lat": HERE[1]}
    for reports in (1, 3):
        for _ in range(reports):
            stage.report()
        client.get("/api/v1/events/similar", asked)
        with CaptureQueriesContext(connection) as queries:
            client.get("/api/v1/events/similar", asked)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= SIMILAR_STATEMENTS


@pytest.mark.parametrize("asked", [{"type_code": "no_such_type"}, {"lng": "east"}, {"lat": 91}])
def test_a_question_that_cannot_be_answered_is_refused(stage: Stage, asked: dict[str, Any]) -> None:
    assert near(stage, stage.acceptor, **asked).status_code == 422


def test_only_who_is_signed_in_is_told(stage: Stage) -> None:
    values: dict[str, Any] = {"type_code": stage.kind.code, "lng": HERE[0], "lat": HERE[1]}
    assert browser(None).get("/api/v1/events/similar", values).status_code == 401
