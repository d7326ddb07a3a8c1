"""Shadow mode: a zone on trial raises nothing, is compared with the one in force, and is switched on by one click."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from core.clock import as_of, now
from core.history.record import of_subject
from events.actions.alert_decisions import dismiss_alert
from events.actions.retention import erase_past_their_time
from events.models import Alert, Attachment
from tests.events.stage import OTHER_STREET, Stage, browser
from tests.video import factories
from tests.video.factories import admin_of
from tests.video.test_leases import finding as found_of
from tests.video.test_review_api import finding
from video.actions.cameras import SUBJECT_KIND
from video.actions.leases import claim
from video.actions.trials import KEPT_FOR, erase_old_findings
from video.actions.watching import write_finding, write_over
from video.models import ShadowFinding, Zone
from video.pipeline.plans import Evidence, Finding, FindingOver
from video.queries.plans import plans_of

pytestmark = pytest.mark.django_db


class Trial:
    """A zone in force, and one like it on trial that wants to be surer."""

    def __init__(self, stage: Stage, media: Path) -> None:
        self.stage, self.media = stage, media
        self.camera = factories.camera()
        zone = factories.zone(self.camera, stage.kind.code, name="闸口")
        self.active = Zone.objects.select_related("camera").get(pk=zone.pk)
        self.admin = admin_of(stage.town)
        told = self.start({"parameters": {"confidence": 0.8}})
        assert told.status_code == 201, told.content
        self.row = told.json()
        self.zone = Zone.objects.get(pk=self.row["id"])
        self.generation = claim(holder="a", room=5)[self.camera.pk]

    def start(self, zone: dict[str, Any], *, user: Any = None, **more: Any) -> Any:
        body = {"compares_with": self.active.pk, "zone": zone} | more
        address = f"/api/v1/cameras/{self.camera.pk}/trials"
        return browser(user or self.admin).post(address, body, format="json")

    def finds(self, *, again: bool = False, ago: timedelta = timedelta()) -> Finding:
        path = self.media / "evidence" / f"{np.random.default_rng().integers(1 << 60)}.jpg"
        path.parent.mkdir(exist_ok=True)
        cv2.imwrite(str(path), np.full((36, 64, 3), 90, np.uint8))
        found = found_of(self.zone, self.generation)
        plan = replace(found.zone, is_shadow=True)
        evidence = Evidence(path.relative_to(self.media).as_posix(), ("heads",))
        return replace(found, zone=plan, evidence=evidence, again=again, found_at=now() - ago)

    def report(self) -> Any:
        return browser(self.admin).get(f"/api/v1/trials/{self.zone.pk}").json()


@pytest.fixture
def trial(stage: Stage, tmp_path: Path, settings: Any) -> Trial:
    settings.MEDIA_ROOT = tmp_path
    return Trial(stage, tmp_path)


def test_a_trial_begins_as_the_zone_in_force_but_for_what_differs(trial: Trial) -> None:
    assert (trial.zone.is_shadow, trial.zone.compares_with_id) == (True, trial.active.pk)
    assert (trial.zone.name, trial.zone.polygon) == ("闸口 试运行", trial.active.polygon)
    assert trial.zone.parameters == {"confidence": 0.8}
    assert [row.move for row in of_subject(SUBJECT_KIND, trial.camera.pk)][-1] == "start_trial"
    again = trial.start({})
    assert again.json()["name"] == "闸口 试运行 2"


def test_a_worker_watches_a_trial_without_a_clip(trial: Trial) -> None:
    _, plan = plans_of({trial.camera.pk: 1})[trial.camera.pk]
    assert {zone.id: zone.is_shadow for zone in plan.zones} == {trial.active.pk: False, trial.zone.pk: True}


def test_what_a_trial_finds_raises_no_alert_and_has_a_still_for_a_week(trial: Trial) -> None:
    assert write_finding(trial.finds(), holder="a") is None
    assert not Alert.objects.exists()
    found = ShadowFinding.objects.get(zone=trial.zone)
    still = Attachment.objects.get()
    assert (found.still_id, found.boxes[0]["label"]) == (still.pk, "person")
    assert still.erase_after == found.found_at + KEPT_FOR
    row = trial.report()["findings"][0]
    shown = browser(trial.admin).get(row["still_url"])
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/jpeg")


def test_a_repetition_counts_up_and_its_picture_goes(trial: Trial) -> None:
    write_finding(trial.finds(), holder="a")
    write_finding(trial.finds(again=True), holder="a")
    assert ShadowFinding.objects.get().seen_count == 2
    assert len(list((trial.media / "evidence").iterdir())) == 1
    over = FindingOver(trial.camera.pk, trial.generation, trial.finds().zone, now())
    write_over(over, holder="a")
    assert ShadowFinding.objects.get().over_at == over.at
    write_finding(trial.finds(), holder="a")
    assert ShadowFinding.objects.count() == 2


def test_a_worker_that_lost_the_camera_records_nothing(trial: Trial) -> None:
    write_finding(replace(trial.finds(), generation=trial.generation + 1), holder="a")
    assert not ShadowFinding.objects.exists()


def test_the_report_tells_what_both_and_what_only_one_of_them_found(trial: Trial) -> None:
    write_finding(trial.finds(ago=timedelta(hours=3)), holder="a")
    write_finding(trial.finds(ago=timedelta(hours=1)), holder="a")
    with_both = finding(trial.stage, trial.active, ago=timedelta(hours=1))
    dismiss_alert(alert_id=with_both.pk, actor=trial.stage.operator.as_actor(), reason="nothing_there")
    missed = finding(trial.stage, trial.active, subject_id=trial.active.pk + 9000)
    early = now() - timedelta(hours=2)
    Alert.objects.filter(pk=missed.pk).update(subject_id=trial.active.pk, found_at=early, last_seen_at=early)
    told = trial.report()
    assert (told["trial_findings"], told["active_alerts"]["total"]) == (2, 2)
    assert (told["both"], told["only_trial"]) == ({"total": 1, "confirmed": 0, "dismissed": 1}, 1)
    assert told["only_active"]["total"] == 1
    assert [item["alert_id"] for item in told["missed"]] == [missed.pk]
    assert [row["alert_id"] for row in told["findings"]] == [with_both.pk, None]


def test_switching_on_is_one_click_with_history_and_replaces_the_other(trial: Trial) -> None:
    answer = browser(trial.admin).post(f"/api/v1/trials/{trial.zone.pk}/switch-on", {}, format="json")
    trial.zone.refresh_from_db()
    trial.active.refresh_from_db()
    assert (answer.status_code, trial.zone.is_shadow, trial.active.enabled) == (200, False, False)
    row = [row for row in of_subject(SUBJECT_KIND, trial.camera.pk) if row.move == "switch_on_zone"][0]
    assert (row.facts["zone"], row.facts["replaces"]) == (trial.zone.pk, trial.active.pk)
    assert write_finding(replace(trial.finds(), zone=replace(trial.finds().zone, is_shadow=False)), holder="a")
    again = browser(trial.admin).post(f"/api/v1/trials/{trial.zone.pk}/switch-on", {}, format="json")
    assert again.status_code == 404


def test_both_may_stay(trial: Trial) -> None:
    body = {"replaces": False}
    browser(trial.admin).post(f"/api/v1/trials/{trial.zone.pk}/switch-on", body, format="json")
    assert Zone.objects.filter(is_shadow=False, enabled=True).count() == 2


def test_a_new_algorithm_is_put_on_trial_by_itself(trial: Trial) -> None:
    zone = {"name": "岸线", "polygon": factories.SQUARE, "algorithm": "water_fishing"}
    told = trial.start(zone | {"type_code": trial.stage.kind.code}, compares_with=None)
    assert (told.status_code, told.json()["algorithm"]) == (201, "water_fishing")
    rows = browser(trial.admin).get("/api/v1/trials").json()["items"]
    assert [(row["zone"]["name"], row["compares_with"] is None) for row in rows] == [
        ("闸口 试运行", False),
        ("岸线", True),
    ]


def test_a_trial_is_compared_with_a_zone_of_its_own_camera_only(trial: Trial) -> None:
    other = factories.zone(factories.camera(), trial.stage.kind.code)
    assert trial.start({}, compares_with=other.pk).status_code == 404
    assert trial.start({}, compares_with=trial.zone.pk).status_code == 404
    assert trial.start({"parameters": {"confidence": 9}}).status_code == 422


def test_trials_are_for_those_who_set_cameras_up(trial: Trial) -> None:
    write_finding(trial.finds(), holder="a")
    still = f"/api/v1/trial-findings/{ShadowFinding.objects.get().pk}/still.jpg"
    operator, elsewhere = browser(trial.stage.operator), browser(admin_of(trial.stage.town, OTHER_STREET))
    assert trial.start({}, user=trial.stage.operator).status_code == 403
    assert operator.get("/api/v1/trials").json()["items"] == []
    assert operator.get(f"/api/v1/trials/{trial.zone.pk}").status_code == 403
    assert operator.get(still).status_code == 403
    assert elsewhere.get(f"/api/v1/trials/{trial.zone.pk}").status_code == 404
    assert elsewhere.get(still).status_code == 404
    assert elsewhere.post(f"/api/v1/trials/{trial.zone.pk}/switch-on", {}, format="json").status_code == 404
    assert browser(None).get(still).status_code == 401


def test_findings_and_stills_go_after_a_week(trial: Trial) -> None:
    write_finding(trial.finds(), holder="a")
    assert (erase_old_findings(), erase_past_their_time()) == (0, 0)
    with as_of(now() + KEPT_FOR + timedelta(minutes=1)):
        assert (erase_old_findings(), erase_past_their_time()) == (1, 1)
    assert list((trial.media / "evidence").iterdir()) == []


def test_the_report_costs_the_same_however_much_was_found(trial: Trial, django_assert_max_num_queries: Any) -> None:
    for hours in range(1, 6):
        write_finding(trial.finds(ago=timedelta(hours=hours)), holder="a")
    client = browser(trial.admin)
    client.get(f"/api/v1/trials/{trial.zone.pk}")
    with django_assert_max_num_queries(12):
        client.get(f"/api/v1/trials/{trial.zone.pk}")
