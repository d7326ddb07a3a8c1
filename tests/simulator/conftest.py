import pytest

from simulator.district import DistrictPlan, generate


@pytest.fixture(scope="session")
def plan() -> DistrictPlan:
    return generate(2026)
