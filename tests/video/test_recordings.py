"""What cameras recorded that is nobody's evidence goes by its kind too, by the days that an administrator sets."""

from datetime import timedelta
from pathlib import Path

import pytest

from accounts.roles import Role
from core.clock import as_of, now
from events.actions.retention import erase_past_their_time, load_retention, set_retention
from events.models import Attachment, RetentionRule
from tests.events.stage import Stage
from tests.video.test_shadow_zones import Trial
from video.actions.watching import write_finding
from video.models import OwnModel, ShadowFinding

pytestmark = pytest.mark.django_db


@pytest.fixture
def media(settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def set_days(stage: Stage, code: str, days: int) -> None:
    load_retention()
    row = RetentionRule.objects.get(code=code)
    actor = stage.seat(Role.SYSTEM_ADMIN).as_actor()
    set_retention(rule_id=row.pk, days=days, version=row.version, actor=actor)


def erased_after(**length: float) -> int:
    with as_of(now() + timedelta(**length)):
        return erase_past_their_time()


def sampled(media: Path) -> OwnModel:
    """A model that was tried on a picture, which lies where trials leave them."""
    folder = media / "model-trials" / "1-abc-1"
    folder.mkdir(parents=True)
    (folder / "0.jpg").write_bytes(b"picture")
    report = {"pictures": [{"path": "model-trials/1-abc-1/0.jpg", "boxes": []}], "milliseconds": 12}
    return OwnModel.objects.create(name="site", licence="MIT", state="tried", tried_at=now(), report=report)


def test_stills_of_trials_stay_as_long_as_an_administrator_says(stage, media):
    trial = Trial(stage, media)
    write_finding(trial.finds(), holder="a")
    set_days(stage, "still_on_trial", 20)
    assert (erased_after(days=19), ShadowFinding.objects.count()) == (0, 1)
    assert erased_after(days=21) == 2, "the finding and its still"
    assert (ShadowFinding.objects.count(), Attachment.objects.count()) == (0, 0)
    assert list(media.glob("evidence/*.jpg")) == []


def test_new_stills_of_trials_follow_the_days_that_are_in_force(stage, media):
    set_days(stage, "still_on_trial", 3)
    trial = Trial(stage, media)
    write_finding(trial.finds(), holder="a")
    assert (erased_after(days=2), erased_after(days=4)) == (0, 2)


def test_pictures_of_a_models_trial_go_and_its_figures_stay(stage, media):
    model = sampled(media)
    assert (erased_after(days=29), erased_after(days=31)) == (0, 1)
    model.refresh_from_db()
    assert model.report == {"pictures": [], "milliseconds": 12}
    assert list((media / "model-trials").iterdir()) == []


def test_pictures_whose_model_is_gone_go_too(stage, media):
    sampled(media).delete()
    assert (erased_after(days=29), erased_after(days=31)) == (0, 1)
    assert list((media / "model-trials").iterdir()) == []
