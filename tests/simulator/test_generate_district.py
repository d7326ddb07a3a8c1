import json
import stat
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import Grant, OrgUnit, User
from accounts.roles import Role
from core.actor import SYSTEM
from dispatch.actions.tasks import issue_task
from dispatch.models import DutyShift, Position, Responder
from grids.models import Area, AreaBoundary, MapDataset, MapFeature
from grids.queries.locate import locate
from registry.models import Building
from sensors.models import Sensor
from simulator.district import DistrictPlan
from video.models import Camera

SITE = (Area, AreaBoundary, MapFeature, Building, Camera, Sensor)
TABLES = (*SITE, OrgUnit, User, Grant, Responder, Position, DutyShift)


def run(*words: str) -> str:
    out = StringIO()
    call_command("generate_district", *words, stdout=out)
    return out.getvalue()


def counts() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in TABLES}


def accounts(folder: Path) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = json.loads((folder / "sample-accounts.json").read_text())["accounts"]
    return rows


@pytest.mark.django_db
def test_one_command_makes_a_district_that_can_be_worked_in(site_folder: Path, plan: DistrictPlan) -> None:
    run()
    assert Building.objects.count() == len(plan.buildings[::40])
    assert Area.objects.filter(level="grid").count() == 600
    rows = accounts(site_folder)
    assert {row["role"] for row in rows} == set(Role.values) - {Role.WALL_DEVICE}  # walls pair by a code
    assert stat.S_IMODE((site_folder / "sample-accounts.json").stat().st_mode) == 0o600
    assert locate(118.7178, 32.0168).grid is not None
    workers = Grant.objects.filter(role=Role.GRID_WORKER).values_list("area_path", flat=True)
    assert set(workers) == set(Area.objects.filter(level="grid").values_list("path", flat=True))
    assert Responder.objects.filter(kind="grid_worker", grid_id__isnull=False).count() == 600
    assert OrgUnit.objects.filter(kind="department").count() >= 10
    gauges = Sensor.objects.filter(kind="water_level")
    assert (gauges.count() >= 3, Sensor.objects.count() >= 20, gauges.filter(grid_id=None).count()) == (True, True, 0)
    for row in rows[:3]:
        assert User.objects.get(username=row["username"]).check_password(row["password"])


@pytest.mark.django_db
def test_cameras_watch_where_a_clip_is_and_are_off_elsewhere(site_folder: Path) -> None:
    assert "load_catalogue" in run()
    assert Camera.objects.count() == 40
    watching = Camera.objects.filter(enabled=True)
    assert {camera.area_label.rsplit(" ", 1)[0] for camera in watching} == {"望江街道 荷花社区"}
    assert all(camera.source.startswith("rtsp://camera.invalid/") for camera in Camera.objects.filter(enabled=False))


@pytest.mark.django_db
def test_running_it_again_changes_nothing(site_folder: Path) -> None:
    run()
    before, passwords = counts(), accounts(site_folder)
    stamps = list(MapDataset.objects.values_list("name", "stamp"))
    assert "unchanged" in run()
    assert counts() == before
    assert accounts(site_folder) == passwords
    assert list(MapDataset.objects.values_list("name", "stamp")) == stamps


@pytest.mark.django_db
def test_a_lost_password_file_means_new_passwords(site_folder: Path) -> None:
    run()
    old = {row["username"]: row["password"] for row in accounts(site_folder)}
    (site_folder / "sample-accounts.json").unlink()
    run()
    new = {row["username"]: row["password"] for row in accounts(site_folder)}
    assert not set(old.values()) & set(new.values())
    assert User.objects.get(username="chief").check_password(new["chief"])


@pytest.mark.django_db
def test_only_sample_posts_can_sign_in(site_folder: Path, client: Client) -> None:
    run()
    named = {row["username"] for row in accounts(site_folder)}
    assert {user.username for user in User.objects.all() if user.has_usable_password()} == named
    assert 40 <= len(named) <= 60


@pytest.mark.django_db
def test_another_district_is_never_overwritten(site_folder: Path) -> None:
    run()
    with pytest.raises(CommandError, match="another district"):
        run("--seed", "7")
    with pytest.raises(CommandError, match="--yes"):
        run("--reset")


@pytest.mark.django_db
def test_a_district_with_a_past_is_not_removed(site_folder: Path) -> None:
    run()
    worker = Responder.objects.filter(kind="grid_worker").select_related("user").first()
    assert worker is not None
    issue_task(
        kind="patrol",
        subject_kind="patrol",
        subject_id=1,
        assignee_id=worker.pk,
        title="巡查",
        area_path=worker.area_path,
        lng=118.7178,
        lat=32.0168,
        actor=SYSTEM,
    )
    before = counts()
    with pytest.raises(CommandError, match="nothing was removed"):
        run("--reset", "--yes")
    assert counts() == before


@pytest.mark.django_db
def test_a_reset_that_is_confirmed_draws_the_district_anew(site_folder: Path) -> None:
    run()
    before = counts()
    run("--reset", "--yes")
    assert counts() == before
