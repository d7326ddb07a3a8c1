from pathlib import Path

import pytest
from django.test import Client

from accounts.models import OrgUnit
from core.actor import Actor
from grids.actions.drafts import open_draft
from grids.models import BoundaryDraft
from tests.grids.town import DISTRICT, Town, build_town, person


@pytest.fixture
def town(db: None) -> Town:
    return build_town()


@pytest.fixture(autouse=True)
def own_tile_folder(tmp_path: Path, settings: object) -> None:
    settings.VAR_DIR = tmp_path  # type: ignore[attr-defined]


def client_of(username: str, role: str, town: Town, path: str) -> Client:
    client = Client()
    client.force_login(person(username, role, town[path]))
    return client


@pytest.fixture
def dispatcher(town: Town) -> Client:
    return client_of("dispatcher", "dispatcher", town, DISTRICT)


@pytest.fixture
def grid_worker(town: Town) -> Client:
    return client_of("worker", "grid_worker", town, f"{DISTRICT}.002.001.g001")


@pytest.fixture
def grid_admin(town: Town) -> Client:
    return client_of("gridadmin", "grid_admin", town, DISTRICT)


@pytest.fixture
def street_desk(town: Town) -> Client:
    """A department desk of an office that answers for one street."""
    street = town[f"{DISTRICT}.001"]
    unit = OrgUnit.objects.create(
        code="office-001", name="城建办", short_name="城建办", kind="office", area_path=street.path
    )
    client = Client()
    client.force_login(person("desk", "department_desk", unit=unit))
    return client


@pytest.fixture
def editor(town: Town) -> Actor:
    """A grid administrator of the district, who draws."""
    return person("editor", "grid_admin", town[DISTRICT]).as_actor()


@pytest.fixture
def reviewer(town: Town) -> Actor:
    """Another one, who looks at what was drawn."""
    return person("reviewer", "grid_admin", town[DISTRICT]).as_actor()


@pytest.fixture
def draft(town: Town, editor: Actor) -> BoundaryDraft:
    return open_draft(root=town[DISTRICT], title="年度调整", actor=editor)
