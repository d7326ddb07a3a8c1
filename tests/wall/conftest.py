"""A town with a centre, the scenes that ship, and screens."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from accounts.roles import Role
from tests.events.stage import Stage, browser, build_stage
from wall.actions.scenes import load_scenes
from wall.api.public import PairingThrottle, WaitingThrottle
from wall.models import WallDevice

Screen = APIClient


@pytest.fixture
def stage(db: None, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """All screens of the tests stand behind one address."""
    monkeypatch.setattr(PairingThrottle, "most", 10**6)
    monkeypatch.setattr(WaitingThrottle, "most", 10**6)
    load_scenes()
    return build_stage()


@pytest.fixture
def operator(stage: Stage) -> User:
    return stage.operator


@pytest.fixture
def admin(stage: Stage) -> User:
    return stage.seat(Role.SYSTEM_ADMIN, name="余管理")


def screen() -> Screen:
    """A browser on a wall: nobody signs in to it, and it keeps the CSRF rule as every page does."""
    client = APIClient(enforce_csrf_checks=True)
    client.get("/api/v1/session")
    client.credentials(HTTP_X_CSRFTOKEN=client.cookies["csrftoken"].value)
    return client


def ask(client: Screen, path: str) -> Any:
    answer = client.post(f"/api/v1/public/walls/{path}", {}, format="json")
    client.credentials(HTTP_X_CSRFTOKEN=client.cookies["csrftoken"].value)
    return answer


@pytest.fixture
def pair(stage: Stage, operator: User) -> Callable[..., tuple[Screen, WallDevice]]:
    """A screen that was paired, with its browser."""

    def paired(area_path: str = "", name: str = "大厅主屏") -> tuple[Screen, WallDevice]:
        client = screen()
        code = ask(client, "pairings").json()["code"]
        values = {"code": code, "name": name, "area_path": area_path or stage.district.path}
        done = browser(operator).post("/api/v1/walls/pair", values, format="json")
        assert done.status_code == 200, done.json()
        assert ask(client, "session").json()["state"] == "open"
        return client, WallDevice.objects.get(pk=done.json()["wall"]["id"])

    return paired
