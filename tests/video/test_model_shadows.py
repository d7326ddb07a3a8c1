"""A model on trial beside the one in use: begun on a camera, told of by its worker, compared, ended."""

from datetime import timedelta
from typing import Any

import pytest

from core.clock import now
from core.history.record import of_subject
from events.models import Alert
from tests.events.stage import OTHER_STREET, Stage, browser
from tests.video import factories
from tests.video.factories import admin_of
from video.actions.cameras import SUBJECT_KIND
from video.actions.leases import claim
from video.actions.model_shadows import KEPT_FOR, erase_old_model_shadows, write_comparison
from video.models import ModelShadow, ModelShadowFinding
from video.pipeline.plans import ModelClaim, ModelsCompared
from video.queries.plans import plans_of

pytestmark = pytest.mark.django_db
CANDIDATE = "ssdlite-mobilenetv2-300"
ADDRESS = "/api/v1/model-shadows"


class Trial:
    """A camera with a zone, and a model on trial there."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.camera = factories.camera()
        self.zone = factories.zone(self.camera, stage.kind.code, name="闸口")
        self.admin = admin_of(stage.town)
        self.answer = self.start()
        self.row = self.answer.json()
        self.generation = claim(holder="a", room=5)[self.camera.pk]

    def start(self, user: Any = None, **more: Any) -> Any:
        body = {"camera": self.camera.pk, "model": CANDIDATE, "every": 4} | more
        return browser(user or self.admin).post(ADDRESS, body, format="json")

    def stop(self, user: Any = None) -> Any:
        return browser(user or self.admin).post(f"{ADDRESS}/{self.row['id']}/stop")

    def report(self, user: Any = None) -> Any:
        return browser(user or self.admin).get(f"{ADDRESS}/{self.row['id']}")

    def hears(self, *claims: ModelClaim, generation: int | None = None, **more: Any) -> None:
        told: dict[str, Any] = {
            "looks": 10, "dropped": 2, "seconds": 0.5, "counted": {"person": (8, 6, 5), "vehicle": (2, 4, 2)},
        }  # fmt: skip
        message = ModelsCompared(
            self.camera.pk, generation or self.generation, self.row["id"], claims=claims, **(told | more)
        )
        write_comparison(message, holder="a")

    def claims(self, *, by_candidate: bool, ago: float = 0, told: str = "begins") -> ModelClaim:
        return ModelClaim(self.zone.pk, by_candidate, now() - timedelta(minutes=ago), 0.7, told)  # type: ignore[arg-type]


@pytest.fixture
def trial(stage: Stage) -> Trial:
    return Trial(stage)


def test_a_model_goes_on_trial_and_its_worker_hears_of_it(trial: Trial) -> None:
    assert trial.answer.status_code == 201
    assert (trial.row["model"], trial.row["every"], trial.row["looks"]) == (CANDIDATE, 4, 0)
    assert [row.move for row in of_subject(SUBJECT_KIND, trial.camera.pk)][-1] == "start_model_trial"
    version, plan = plans_of({trial.camera.pk: 1})[trial.camera.pk]
    assert plan.model_shadow is not None
    assert (plan.model_shadow.model, plan.model_shadow.every, version > 1) == (CANDIDATE, 4, True)


def test_what_both_saw_is_counted_up_and_shown_with_how_often_they_agree(trial: Trial) -> None:
    trial.hears()
    trial.hears()
    told = trial.report().json()
    assert (told["shadow"]["looks"], told["shadow"]["dropped"], told["shadow"]["milliseconds"]) == (20, 4, 50.0)
    assert told["counted"][0] == {"kind": "person", "by_now": 16, "by_candidate": 12, "both": 10, "share": 0.556}
    assert told["all"] == {"kind": "", "by_now": 20, "by_candidate": 20, "both": 14, "share": 0.538}


def test_what_each_would_have_raised_is_compared_and_no_alert_is_raised(trial: Trial) -> None:
    ModelShadow.objects.update(started_at=now() - timedelta(hours=8))
    trial.hears(trial.claims(by_candidate=False, ago=300), trial.claims(by_candidate=True, ago=300))
    trial.hears(
        trial.claims(by_candidate=False, ago=280, told="over"), trial.claims(by_candidate=True, ago=280, told="over")
    )
    trial.hears(trial.claims(by_candidate=False, ago=200), trial.claims(by_candidate=False, ago=190, told="over"))
    trial.hears(trial.claims(by_candidate=True, ago=100), trial.claims(by_candidate=True, ago=99, told="again"))
    (zone,) = trial.report().json()["zones"]
    assert {name: zone[name] for name in ("by_now", "by_candidate", "both", "only_now", "only_candidate")} == {
        "by_now": 2, "by_candidate": 2, "both": 1, "only_now": 1, "only_candidate": 1,
    }  # fmt: skip
    assert not Alert.objects.exists()


def test_a_zone_that_is_gone_and_a_worker_that_lost_the_camera_leave_nothing(trial: Trial) -> None:
    trial.hears(generation=trial.generation + 1)
    gone = ModelClaim(trial.zone.pk + 900, True, now(), 0.7, "begins")
    trial.hears(gone)
    assert (ModelShadow.objects.get().looks, ModelShadowFinding.objects.count()) == (10, 0)


def test_an_ended_trial_keeps_its_report_and_takes_nothing_more(trial: Trial) -> None:
    trial.hears(trial.claims(by_candidate=True))
    assert (trial.stop().status_code, trial.stop().status_code) == (200, 200)
    trial.hears()
    told = trial.report().json()
    assert (told["shadow"]["ended_at"] is not None, told["shadow"]["looks"]) == (True, 10)
    assert plans_of({trial.camera.pk: 1})[trial.camera.pk][1].model_shadow is None
    assert trial.start().status_code == 201


def test_who_does_not_set_cameras_up_may_not_start_stop_or_read(trial: Trial) -> None:
    operator = trial.stage.operator
    asked = [trial.start(operator), trial.stop(operator), trial.report(operator), browser(operator).get(ADDRESS)]
    assert [answer.status_code for answer in asked] == [403, 403, 403, 403]


def test_a_trial_of_another_street_is_hidden(trial: Trial) -> None:
    stranger = admin_of(trial.stage.town, OTHER_STREET)
    asked = [trial.start(stranger), trial.stop(stranger), trial.report(stranger)]
    assert [answer.status_code for answer in asked] == [404, 404, 404]
    assert browser(stranger).get(ADDRESS).json()["items"] == []


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("model", "no-such-model", "unknown_choice"),
        ("model", "nanodet-g-416x256", "in_use"),
        ("every", 0, "min_value"),
    ],
)
def test_a_trial_that_makes_no_sense_is_refused(trial: Trial, field: str, value: Any, code: str) -> None:
    trial.stop()
    answer = trial.start(**{field: value})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)
    assert answer.json()["errors"][0]["code"] == code


def test_one_model_at_a_time_is_on_trial_on_a_camera(trial: Trial) -> None:
    answer = trial.start()
    assert (answer.status_code, answer.json()["code"]) == (409, "model_on_trial")


def test_the_list_costs_the_same_however_many_trials_there_are(trial: Trial, django_assert_num_queries: Any) -> None:
    user = browser(trial.admin)
    with django_assert_num_queries(3):
        assert len(user.get(ADDRESS).json()["items"]) == 1
    for _ in range(5):
        trial.start(camera=factories.camera().pk)
    with django_assert_num_queries(3):
        assert len(user.get(ADDRESS).json()["items"]) == 6


def test_the_report_costs_the_same_however_much_was_found(trial: Trial, django_assert_num_queries: Any) -> None:
    user, address = browser(trial.admin), f"{ADDRESS}/{trial.row['id']}"
    with django_assert_num_queries(5):
        user.get(address)
    trial.hears(*(trial.claims(by_candidate=bool(n % 2), ago=500 - 10 * n) for n in range(20)))
    with django_assert_num_queries(5):
        user.get(address)


def test_reports_go_after_their_time(trial: Trial) -> None:
    trial.hears(trial.claims(by_candidate=True))
    trial.stop()
    ModelShadow.objects.update(ended_at=now() - KEPT_FOR - timedelta(days=1))
    erase_old_model_shadows()
    assert (ModelShadow.objects.count(), ModelShadowFinding.objects.count()) == (0, 0)
