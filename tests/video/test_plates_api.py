"""A plate is told to who asks for enforcement, with a purpose; it is written down who asked, and the plate nowhere."""

import shutil
from pathlib import Path

import pytest

from accounts.roles import Role
from core.models import HistoryRow
from events.actions.alerts import AlertEvidence
from events.models import Alert
from events.models.catalogue import ReportGroup, Scenario
from events.queries.catalogue import forget
from tests.events.stage import OTHER_STREET, browser
from tests.factories import EventTypeFactory, person_with

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("video")]

PLATE = Path(__file__).parent / "pictures" / "composed-plate.png"
VAN = {"label": "car", "score": 0.8, "box": [0.0, 0.2, 0.55, 0.75]}
PASSER = {"label": "person", "score": 0.8, "box": [0.0, 0.2, 0.55, 0.75]}
PURPOSE = {"purpose": "占用消防通道，需联系车主挪车"}


@pytest.fixture
def enforcement(stage, model_dir, settings, tmp_path):
    """An alert about a van in a fire lane, with its picture."""
    settings.MODEL_DIR, settings.MEDIA_ROOT = model_dir, tmp_path
    (tmp_path / "evidence").mkdir()
    shutil.copy(PLATE, tmp_path / "evidence" / "still.png")
    Scenario.objects.create(
        code="fire_lane_blocked", number=8, name="生命通道占用", definition={}, digest="0" * 64, is_current=True
    )
    EventTypeFactory.create(
        code="fire_lane_blocked", report_group=ReportGroup.ENFORCEMENT, scenario_code="fire_lane_blocked"
    )
    forget()
    return stage


def alert_of(stage, boxes, type_code: str = "fire_lane_blocked") -> Alert:
    evidence = AlertEvidence(still_path="evidence/still.png", boxes=boxes, camera_id=3, camera_name="东门")
    alert: Alert = stage.alert(type_code=type_code, evidence=evidence)
    return alert


def ask(user, alert, body=PURPOSE):
    return browser(user).post(f"/api/v1/alerts/{alert.pk}/plate", body, format="json")


def test_a_dispatcher_learns_the_plate_for_a_purpose(enforcement):
    alert = alert_of(enforcement, [VAN])
    answer = ask(enforcement.dispatcher, alert)
    assert (answer.status_code, answer.json()["plate"], answer["Cache-Control"]) == (200, "苏A6E8F2", "no-store")


def test_who_asked_is_written_down_and_the_plate_is_not(enforcement):
    alert = alert_of(enforcement, [VAN])
    ask(enforcement.dispatcher, alert)
    row = HistoryRow.objects.get(subject_kind="alert", subject_id=alert.pk, move="ask_plate")
    alert.refresh_from_db()
    kept = f"{row.facts} {row.personal} {alert.boxes} {alert.detail} {alert.title}"
    assert (row.actor_id, PURPOSE["purpose"] in kept, "6E8F2" in kept) == (enforcement.dispatcher.pk, True, False)


def test_only_vehicles_are_looked_at(enforcement):
    answer = ask(enforcement.dispatcher, alert_of(enforcement, [PASSER]))
    assert (answer.json()["plate"], answer.json()["why"]) == ("", "no_vehicle")


def test_a_type_that_is_not_declared_gets_no_plate_whoever_asks(enforcement):
    answer = ask(enforcement.chief, alert_of(enforcement, [VAN], enforcement.kind.code))
    assert (answer.status_code, answer.json()["code"]) == (403, "plates_not_asked")


def test_without_a_purpose_nothing_is_read(enforcement):
    alert = alert_of(enforcement, [VAN])
    answer = ask(enforcement.dispatcher, alert, {"purpose": "看"})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "purpose")
    assert not HistoryRow.objects.filter(subject_kind="alert", subject_id=alert.pk, move="ask_plate").exists()


def test_posts_that_do_not_send_out_are_refused(enforcement):
    answer = ask(enforcement.operator, alert_of(enforcement, [VAN]))
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


def test_an_alert_of_another_street_is_not_there(enforcement):
    elsewhere = person_with(Role.DISPATCHER, area=enforcement.town[OTHER_STREET])
    assert ask(elsewhere, alert_of(enforcement, [VAN])).status_code == 404


def test_a_missing_model_is_said_with_the_remedy(enforcement, settings, tmp_path):
    settings.MODEL_DIR = tmp_path / "none"
    answer = ask(enforcement.dispatcher, alert_of(enforcement, [VAN]))
    assert (answer.status_code, "fetch_models pp-ocr-text-boxes" in answer.json()["detail"]) == (409, True)


def test_a_page_learns_where_to_offer_it(enforcement, django_assert_max_num_queries):
    client = browser(enforcement.dispatcher)
    client.get("/api/v1/plates/types")
    with django_assert_max_num_queries(4):
        answer = client.get("/api/v1/plates/types")
    assert (answer.status_code, answer.json()["types"]) == (200, ["fire_lane_blocked"])


def test_a_page_of_somebody_who_may_not_ask_offers_it_nowhere(enforcement):
    assert browser(enforcement.operator).get("/api/v1/plates/types").json()["types"] == []
