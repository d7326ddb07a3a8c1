"""The review queue: what is one card, who may judge, who was faster, and who looks at what."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from accounts.roles import Role
from core.clock import as_of, now
from core.models import HistoryRow
from core.redis import client as redis
from events.actions.alert_decisions import confirm_alert
from events.actions.alerts import AlertEvidence, raise_alert
from events.models import Alert
from tests.events.stage import GRID, HERE, OTHER_STREET, Stage, browser
from tests.factories import person_with
from tests.video import factories
from video.actions.review_holds import _key
from video.models import Zone

pytestmark = pytest.mark.django_db
ALGORITHM = "restricted_area_presence"


@pytest.fixture(autouse=True)
def nobody_looks() -> Iterator[None]:
    redis().delete(_key())
    yield
    redis().delete(_key())


def finding(stage: Stage, zone: Zone, *, ago: timedelta = timedelta(), **fields: Any) -> Alert:
    camera = zone.camera
    values: dict[str, Any] = {
        "source": "video",
        "rule": zone.algorithm,
        "subject_kind": "zone",
        "subject_id": zone.pk,
        "type_code": zone.type_code,
        "title": f"有人进入 {camera.name}",
        "lng": HERE[0],
        "lat": HERE[1],
        "level": 3,
        "confidence": 0.8,
        "evidence": AlertEvidence(
            boxes=[{"label": "person", "score": 0.8, "box": [0.1, 0.1, 0.2, 0.4]}],
            zone_polygon=zone.polygon,
            camera_id=camera.pk,
            camera_name=camera.name,
            detail={"zone": zone.name, "lasted_seconds": 4.0},
        ),
    }
    alert = raise_alert(**(values | fields))
    assert alert is not None
    Alert.objects.filter(pk=alert.pk).update(found_at=now() - ago, last_seen_at=now() - ago)
    return Alert.objects.get(pk=alert.pk)


def watched(stage: Stage, **fields: Any) -> Zone:
    zone = factories.zone(factories.camera(), stage.kind.code, **fields)
    return Zone.objects.select_related("camera").get(pk=zone.pk)


def queue(user: Any, **asked: Any) -> Any:
    answer = browser(user).get("/api/v1/review", asked)
    assert answer.status_code == 200, answer.content
    return answer.json()


def judge(user: Any, alerts: list[Alert], verdict: str, **more: Any) -> Any:
    items = [{"id": alert.pk, "version": alert.version} for alert in alerts]
    return browser(user).post("/api/v1/review/judgements", {"items": items, "verdict": verdict, **more}, format="json")


def test_a_card_tells_what_a_person_needs_to_judge_it(stage: Stage) -> None:
    zone = watched(stage, name="闸口")
    alert = finding(stage, zone)
    told = queue(stage.operator)
    (card,) = told["cards"]
    assert (told["left"], told["burst_seconds"]) == (1, 600)
    assert (card["camera_name"], card["zone"], card["algorithm"]) == (zone.camera.name, "闸口", ALGORITHM)
    assert (card["suspected"], card["may_judge"], card["held_by"]) == (False, True, [])
    assert "须由人核实" in card["limits"]
    (shown,) = card["alerts"]
    assert (shown["id"], shown["version"], shown["lasted_seconds"]) == (alert.pk, 1, 4.0)
    assert (shown["boxes"][0]["label"], shown["zone_polygon"]) == ("person", zone.polygon)
    assert [reason["code"] for reason in told["reasons"]][:2] == ["nothing_there", "allowed"]


def test_a_mere_suspicion_says_so_on_its_card(stage: Stage) -> None:
    finding(stage, watched(stage, algorithm="water_fishing"))
    (card,) = queue(stage.operator)["cards"]
    assert card["suspected"] is True


def test_findings_of_a_zone_that_was_drawn_anew_are_one_card(stage: Stage) -> None:
    zone = watched(stage, name="闸口")
    first = finding(stage, zone, ago=timedelta(minutes=8))
    second = finding(stage, zone, subject_id=zone.pk + 1000)
    (card,) = queue(stage.operator)["cards"]
    assert [alert["id"] for alert in card["alerts"]] == [first.pk, second.pk]


def test_what_is_further_apart_is_another_card_and_the_urgent_come_first(stage: Stage) -> None:
    zone = watched(stage, name="闸口")
    old = finding(stage, zone, ago=timedelta(minutes=30))
    new = finding(stage, zone, subject_id=zone.pk + 1000)
    urgent = finding(stage, watched(stage), level=1)
    cards = queue(stage.operator)["cards"]
    assert [card["alerts"][0]["id"] for card in cards] == [urgent.pk, old.pk, new.pk]


def test_shelved_and_judged_alerts_and_those_of_other_sources_are_not_in_the_queue(stage: Stage) -> None:
    zone = watched(stage)
    judged = finding(stage, zone)
    confirm_alert(alert_id=judged.pk, actor=stage.operator.as_actor())
    stage.alert(source="sensor", rule="water_level")
    assert queue(stage.operator)["cards"] == []


def test_a_card_is_confirmed_as_a_whole(stage: Stage) -> None:
    zone = watched(stage, name="闸口")
    alerts = [finding(stage, zone, ago=timedelta(minutes=3)), finding(stage, zone, subject_id=zone.pk + 1000)]
    answer = judge(stage.operator, alerts, "confirm").json()
    assert [row["state"] for row in answer["done"]] == ["confirmed", "confirmed"]
    assert answer["refused"] == []
    assert set(Alert.objects.values_list("state", flat=True)) == {"confirmed"}
    assert queue(stage.operator)["left"] == 0


def test_a_dismissal_keeps_its_reason_in_history(stage: Stage) -> None:
    alert = finding(stage, watched(stage))
    judge(stage.operator, [alert], "dismiss", reason="bad_picture")
    alert.refresh_from_db()
    assert (alert.state, alert.decision_reason) == ("dismissed", "bad_picture")
    assert HistoryRow.objects.filter(subject_kind="alert", subject_id=alert.pk, move="dismiss").exists()


@pytest.mark.parametrize(
    "body",
    [
        {"verdict": "dismiss"},
        {"verdict": "perhaps"},
        {"verdict": "dismiss", "reason": "because"},
        {"verdict": "confirm", "items": []},
    ],
)
def test_a_judgement_without_its_reason_or_its_alerts_is_refused(stage: Stage, body: dict[str, Any]) -> None:
    alert = finding(stage, watched(stage))
    whole = {"items": [{"id": alert.pk, "version": 1}]} | body
    answer = browser(stage.operator).post("/api/v1/review/judgements", whole, format="json")
    assert (answer.status_code, Alert.objects.get(pk=alert.pk).state) == (422, "open")


def test_the_second_to_judge_is_told_who_was_first(stage: Stage) -> None:
    alert = finding(stage, watched(stage))
    judge(stage.operator, [alert], "confirm")
    told = judge(stage.chief, [alert], "confirm").json()
    assert told["done"] == []
    assert (told["refused"][0]["id"], told["refused"][0]["code"]) == (alert.pk, "already_taken")
    assert stage.operator.name in told["refused"][0]["detail"]


def test_who_may_only_look_judges_nothing(stage: Stage) -> None:
    alert = finding(stage, watched(stage))
    onlooker = person_with(Role.LEADER, area=stage.district)
    assert queue(onlooker)["cards"][0]["may_judge"] is False
    told = judge(onlooker, [alert], "confirm").json()
    assert (told["refused"][0]["code"], Alert.objects.get(pk=alert.pk).state) == ("forbidden", "open")


def test_the_queue_of_another_street_is_empty_and_its_judgement_finds_nothing(stage: Stage) -> None:
    alert = finding(stage, watched(stage))
    elsewhere = person_with(Role.DISPATCHER, area=stage.town[OTHER_STREET])
    assert (queue(elsewhere)["cards"], queue(elsewhere)["left"]) == ([], 0)
    told = judge(elsewhere, [alert], "confirm").json()
    assert (told["refused"][0]["code"], Alert.objects.get(pk=alert.pk).state) == ("not_found", "open")
    assert browser(None).get("/api/v1/review").status_code == 401


def test_the_queue_is_narrowed_to_an_algorithm_and_an_area(stage: Stage) -> None:
    finding(stage, watched(stage))
    fishing = finding(stage, watched(stage, algorithm="water_fishing"))
    (card,) = queue(stage.operator, algorithm="water_fishing")["cards"]
    assert card["alerts"][0]["id"] == fishing.pk
    assert queue(stage.operator, area=GRID)["left"] == 2
    assert queue(stage.operator, area="9999")["left"] == 0


def test_who_looks_at_a_card_is_shown_to_others_until_they_leave(stage: Stage) -> None:
    alert = finding(stage, watched(stage))
    mine = browser(stage.operator).post("/api/v1/review/holds", {"alert_ids": [alert.pk]}, format="json")
    assert mine.json()["items"] == []
    assert queue(stage.operator)["cards"][0]["held_by"] == []
    assert queue(stage.chief)["cards"][0]["held_by"] == [stage.operator.name]
    theirs = browser(stage.chief).post("/api/v1/review/holds", {"alert_ids": [alert.pk]}, format="json")
    assert theirs.json()["items"] == [{"alert_id": alert.pk, "names": [stage.operator.name]}]
    assert browser(stage.operator).delete("/api/v1/review/holds").status_code == 204
    assert queue(stage.chief)["cards"][0]["held_by"] == []


def test_a_page_that_died_holds_nothing_for_long(stage: Stage) -> None:
    alert = finding(stage, watched(stage))
    browser(stage.operator).post("/api/v1/review/holds", {"alert_ids": [alert.pk]}, format="json")
    with as_of(now() + timedelta(seconds=13)):
        assert queue(stage.chief)["cards"][0]["held_by"] == []


def test_nobody_holds_or_learns_of_what_they_cannot_see(stage: Stage) -> None:
    alert = finding(stage, watched(stage))
    browser(stage.operator).post("/api/v1/review/holds", {"alert_ids": [alert.pk]}, format="json")
    elsewhere = person_with(Role.DISPATCHER, area=stage.town[OTHER_STREET])
    told = browser(elsewhere).post("/api/v1/review/holds", {"alert_ids": [alert.pk]}, format="json")
    assert (told.status_code, told.json()["items"]) == (200, [])
    assert queue(stage.operator)["cards"][0]["held_by"] == []


def test_the_queue_costs_the_same_however_long_it_is(stage: Stage, django_assert_max_num_queries: Any) -> None:
    for _ in range(4):
        finding(stage, watched(stage))
    client = browser(stage.operator)
    client.get("/api/v1/review")
    with django_assert_max_num_queries(6):
        assert len(client.get("/api/v1/review").json()["cards"]) == 4
