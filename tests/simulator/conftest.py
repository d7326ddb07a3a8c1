from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

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
