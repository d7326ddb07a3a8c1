"""Debian is left as it was: no daemon started, no setting changed."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from deploy.local import preflight
from deploy.local.failures import StepFailed
from deploy.local.packages import best_match
from deploy.local.packages_as_root import MARK, guards, tidy_up
from deploy.local.place import Place


@pytest.fixture
def system(tmp_path: Path) -> Path:
    (tmp_path / "usr/sbin").mkdir(parents=True)
    (tmp_path / "etc/postgresql-common").mkdir(parents=True)
    return tmp_path


def contents(system: Path) -> dict[str, tuple[str, int]]:
    return {str(p): (p.read_text(), p.stat().st_mode) for p in sorted(system.rglob("*")) if p.is_file()}


def test_settings_that_did_not_exist_are_gone_afterwards(system: Path) -> None:
    held = guards(system)
    for guard in held:
        guard.put()
    assert (system / "usr/sbin/policy-rc.d").stat().st_mode & 0o111
    for guard in held:
        guard.restore()
    assert contents(system) == {}


def test_existing_settings_come_back_exactly(system: Path) -> None:
    (system / "usr/sbin/policy-rc.d").write_text("#!/bin/sh\nexit 0\n")
    (system / "usr/sbin/policy-rc.d").chmod(0o750)
    (system / "etc/postgresql-common/createcluster.conf").write_text("create_main_cluster = true\nssl = on\n")
    before = contents(system)
    held = guards(system)
    for guard in held:
        guard.put()
    during = (system / "etc/postgresql-common/createcluster.conf").read_text()
    for guard in held:
        guard.restore()
    assert "create_main_cluster = false" in during
    assert "create_main_cluster = true" not in during
    assert "ssl = on" in during
    assert contents(system) == before


def test_a_killed_installation_is_tidied_up_by_the_next(system: Path) -> None:
    (system / "etc/postgresql-common/createcluster.conf").write_text("ssl = on\n")
    before = contents(system)
    for guard in guards(system):
        guard.put()
    tidy_up(system)
    assert contents(system) == before


def test_a_policy_of_somebody_else_is_not_removed(system: Path) -> None:
    (system / "usr/sbin/policy-rc.d").write_text("#!/bin/sh\nexit 101\n")
    tidy_up(system)
    assert MARK not in (system / "usr/sbin/policy-rc.d").read_text()


@pytest.mark.parametrize(
    ("names", "match"),
    [
        ({"postgresql-15-postgis-3", "postgresql-17-postgis-3"}, "postgresql-15-postgis-3"),
        ({"postgresql-16-postgis-3", "postgresql-17-postgis-3"}, "postgresql-17-postgis-3"),
        ({"postgresql-13-postgis-3"}, None),
        ({"postgresql-15-postgis-3-scripts"}, None),
    ],
)
def test_postgresql_15_is_preferred_and_newer_ones_serve(names: set[str], match: str | None) -> None:
    assert best_match(r"postgresql-(\d+)-postgis-3", names) == match


def test_a_full_disk_is_told_before_anything_is_fetched(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=1e9))
    with pytest.raises(StepFailed) as failure:
        preflight.require_disk(place)
    assert "1.0 GB are free" in failure.value.what
    assert "Free some space" in failure.value.remedy
