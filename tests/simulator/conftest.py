from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from events.queries.catalogue import forget
from simulator.district import DistrictPlan, generate
from simulator.management.commands import generate_district


@pytest.fixture(scope="session")
def plan() -> DistrictPlan:
    return generate(2026)


@pytest.fixture
def site_folder(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch, plan: DistrictPlan) -> Path:
    """A site without a district, and a plan drawn once for all tests, with fewer buildings and roads to write."""
    settings.VAR_DIR = tmp_path
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    sparse = replace(plan, buildings=plan.buildings[::40], features=plan.features[:60])
    monkeypatch.setattr(generate_district, "generate", lambda seed: sparse)
    return tmp_path


@pytest.fixture
def town(site_folder: Path, settings: Any, db: None) -> Path:
    """The sample district with the catalogue."""
    settings.MEDIA_ROOT = site_folder / "media"
    # Nobody signs in with a password here, and hashing thirty as a site does takes longer than drawing the district.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    call_command("load_catalogue", stdout=StringIO())
    call_command("generate_district", stdout=StringIO())
    forget()
    return site_folder
