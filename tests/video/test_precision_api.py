"""Precision by algorithm, camera and hour: the figures are those of the alerts behind them."""

from datetime import timedelta
from typing import Any

import pytest

from accounts.roles import Role
from core.clock import local, now
from events.models import Alert
from events.rules.automation import Figure, wilson
from tests.events.measured import judged_like
from tests.events.stage import OTHER_STREET, Stage, browser
from tests.factories import person_with
from video.queries.precision_figures import GROUPS

pytestmark = pytest.mark.django_db
FISHING, LANE = "water_fishing", "fire_lane_blocked"


def past(stage: Stage, algorithm: str, camera: int, *, confirmed: int, dismissed: int, days_ago: float = 3) -> None:
    """Made of the camera at once; which subject they are of tells them apart."""
    event = stage.report(title="过去的案件")
    subject = 5000 + Alert.objects.count()
    judged_like(
        event, ("video", algorithm), confirmed=confirmed, dismissed=dismissed, subject=subject, days_ago=days_ago
    )
    Alert.objects.filter(subject_id=subject).update(camera_id=camera, camera_name=f"{camera}号")


def table(user: Any, **asked: Any) -> Any:
    answer = browser(user).get("/api/v1/precision", asked)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_each_pair_of_algorithm_and_camera_has_its_row(stage: Stage) -> None:
    past(stage, FISHING, 1, confirmed=8, dismissed=2)
    past(stage, FISHING, 2, confirmed=1, dismissed=4)
    past(stage, LANE, 1, confirmed=3, dismissed=0)
    told = table(stage.chief)
    rows = {(row["algorithm"], row["camera_id"]): (row["confirmed"], row["dismissed"]) for row in told["items"]}
    assert rows == {(FISHING, 1): (8, 2), (FISHING, 2): (1, 4), (LANE, 1): (3, 0)}
    assert (told["confirmed"], told["dismissed"], told["ratio"]) == (12, 6, 0.6667)
    assert told["items"][0]["algorithm_name"] == "水源地疑似钓鱼"


def test_the_bounds_are_those_of_wilson(stage: Stage) -> None:
    past(stage, FISHING, 1, confirmed=8, dismissed=2)
    (row,) = table(stage.chief, by="algorithm")["items"]
    lower, upper = wilson(Figure(8, 2))
    assert (row["lower"], row["upper"]) == (round(lower, 4), round(upper, 4))


def test_hours_are_those_of_the_citys_clocks(stage: Stage) -> None:
    past(stage, LANE, 1, confirmed=1, dismissed=0)
    expected = local(now() - timedelta(days=3)).hour
    (row,) = table(stage.chief, by="hour")["items"]
    assert row["hour"] == expected


@pytest.mark.parametrize("by", sorted(GROUPS))
def test_whatever_the_grouping_the_sum_is_the_same(stage: Stage, by: str) -> None:
    past(stage, FISHING, 1, confirmed=4, dismissed=2)
    past(stage, LANE, 2, confirmed=1, dismissed=3)
    told = table(stage.chief, by=by)
    assert (told["confirmed"], told["dismissed"]) == (5, 5)


def test_a_figure_opens_the_alerts_behind_it(stage: Stage) -> None:
    past(stage, FISHING, 1, confirmed=2, dismissed=3)
    past(stage, FISHING, 2, confirmed=1, dismissed=1)
    asked: dict[str, Any] = {"algorithm": FISHING, "camera": 1, "verdict": "dismissed"}
    rows = browser(stage.chief).get("/api/v1/precision/alerts", asked).json()["items"]
    assert [(row["camera_id"], row["state"]) for row in rows] == [(1, "dismissed")] * 3


def test_what_nobody_judged_counts_as_waiting_only(stage: Stage) -> None:
    past(stage, LANE, 1, confirmed=0, dismissed=1)
    Alert.objects.filter(rule=LANE).update(state="open", decided_at=None)
    (row,) = table(stage.chief)["items"]
    assert (row["alerts"], row["waiting"], row["sample"], row["ratio"], row["lower"]) == (1, 1, 0, None, None)


def test_older_than_asked_is_left_out(stage: Stage) -> None:
    past(stage, LANE, 1, confirmed=2, dismissed=0, days_ago=10)
    assert table(stage.chief, days=7)["items"] == []
    assert table(stage.chief, days=14)["sample"] == 2


def test_another_street_sees_none_of_it(stage: Stage) -> None:
    past(stage, LANE, 1, confirmed=2, dismissed=0)
    elsewhere = person_with(Role.DISPATCHER, area=stage.town[OTHER_STREET])
    assert table(elsewhere)["items"] == []
    assert browser(elsewhere).get("/api/v1/precision/alerts").json()["items"] == []


def test_who_neither_judges_nor_administers_is_refused(stage: Stage) -> None:
    worker = person_with(Role.GRID_WORKER, area=stage.district)
    assert browser(worker).get("/api/v1/precision").status_code == 403
    assert browser(worker).get("/api/v1/precision/alerts").status_code == 403
    assert browser(None).get("/api/v1/precision").status_code == 401


@pytest.mark.parametrize("asked", [{"days": 0}, {"days": 9999}, {"by": "mood"}, {"hour": 24}, {"camera": "x"}])
def test_a_wrong_question_is_refused(stage: Stage, asked: dict[str, Any]) -> None:
    assert browser(stage.chief).get("/api/v1/precision", asked).status_code == 422


def test_the_table_costs_one_statement_however_many_rows(stage: Stage, django_assert_max_num_queries: Any) -> None:
    for camera in range(1, 6):
        past(stage, LANE, camera, confirmed=1, dismissed=1)
    client = browser(stage.chief)
    client.get("/api/v1/precision")
    with django_assert_max_num_queries(5):
        client.get("/api/v1/precision")
