"""/health: tells what runs and what does not, most of all while something is stopped."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import OperationalError, connections
from django.test import Client

from accounts.models import User
from core import health, redis
from core.clock import now

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clean(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    settings.EXPECTED_PROCESSES = ["web", "relay"]
    monkeypatch.setattr(health, "_providers", {})
    monkeypatch.setattr(health, "REPORT_KEPT_SECONDS", -1.0)
    redis.client().delete(redis.key("health", "processes"))
    working = redis.client()
    yield
    working.delete(redis.key("health", "processes"))
    health.forget_report()


def ask(client: Client | None = None) -> tuple[int, dict[str, Any]]:
    answer = (client or Client()).get("/api/v1/health")
    return answer.status_code, json.loads(answer.content)


def states(body: dict[str, Any]) -> dict[str, str]:
    return {row["name"]: row["state"] for row in body["processes"]}


def staff() -> Client:
    user = User.objects.create_user("admin", "river-lantern-42", name="管理员", is_staff=True)
    client = Client()
    client.force_login(user)
    return client


def test_all_is_well_when_every_expected_process_beats_and_both_stores_answer():
    health.beat("web")
    health.beat("relay", {"moved": 3})
    status, body = ask()
    assert (status, body["status"]) == (200, "ok")
    assert states(body) == {"web": "up", "relay": "up"}
    assert [store["state"] for store in body["stores"]] == ["up", "up"]


def test_the_same_report_is_served_for_balancers():
    assert Client().get("/health").status_code == 200


def test_an_expected_process_that_never_reported_is_down():
    health.beat("web")
    status, body = ask()
    assert (status, body["status"], states(body)) == (200, "degraded", {"web": "up", "relay": "down"})


@pytest.mark.parametrize(("seconds", "state"), [(5, "up"), (15, "late"), (60, "down")])
def test_a_process_that_falls_silent_is_late_and_then_down(seconds, state):
    health.beat("web")
    with time_machine.travel(now() + timedelta(seconds=seconds)):
        assert states(ask()[1])["web"] == state


def test_a_dead_process_beside_a_living_one_of_its_name_is_not_shown(monkeypatch):
    with time_machine.travel(now() - timedelta(seconds=60)):
        monkeypatch.setattr("os.getpid", lambda: 1)
        health.beat("web")
    monkeypatch.setattr("os.getpid", lambda: 2)
    health.beat("web")
    health.beat("relay")
    assert states(ask()[1]) == {"web": "up", "relay": "up"}


def test_hosts_process_numbers_and_errors_are_for_staff_only():
    health.beat("web")
    public, full = ask()[1], ask(staff())[1]
    assert not {"host", "pid"} & set(public["processes"][0])
    assert not [store for store in public["stores"] if "error" in store]
    assert full["processes"][0]["pid"] > 0


def test_a_stopped_redis_is_reported_with_503(settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    status, body = ask()
    assert (status, body["status"]) == (503, "down")
    assert {store["name"]: store["state"] for store in body["stores"]} == {"postgresql": "up", "redis": "down"}
    assert states(body) == {"web": "late", "relay": "late"}


def test_a_stopped_postgresql_is_reported_with_503_to_somebody_signed_in_too(monkeypatch):
    browser = staff()
    health.register_provider("cameras", lambda: pytest.fail("a provider must not be asked"))
    monkeypatch.setitem(connections["default"].settings_dict, "PORT", "1")

    def refuse(*_: Any, **__: Any) -> None:
        raise OperationalError("connection refused")

    with monkeypatch.context() as stopped:
        stopped.setattr("django.db.backends.utils.CursorWrapper.execute", refuse)
        status, body = ask(browser)
    assert (status, body["status"]) == (503, "down")
    assert {store["name"]: store["state"] for store in body["stores"]} == {"postgresql": "down", "redis": "up"}


def test_apps_add_sections_and_a_failing_one_is_left_out():
    health.beat("web")
    health.beat("relay")

    def broken() -> None:
        raise OperationalError("no such table")

    health.register_provider("cameras", lambda: {"online": 3, "failing": []})
    assert ask()[1]["cameras"] == {"online": 3, "failing": []}
    health.register_provider("models", broken)
    status, body = ask()
    assert (status, body["status"], "models" in body) == (200, "degraded", False)


def test_an_app_says_when_its_section_is_not_well():
    health.beat("web")
    health.beat("relay")
    health.register_provider("cameras", lambda: {"online": 0}, is_degraded=lambda found: found["online"] == 0)
    assert ask()[1]["status"] == "degraded"


def test_asking_often_looks_once_a_second(monkeypatch):
    monkeypatch.setattr(health, "REPORT_KEPT_SECONDS", 60.0)
    health.forget_report()
    looks: list[int] = []

    def look() -> dict[str, Any]:
        looks.append(1)
        return {"name": "postgresql", "state": "up"}

    monkeypatch.setattr(health, "_postgres", look)
    monkeypatch.setattr(health, "_redis", lambda: {"name": "redis", "state": "up"})
    for _ in range(5):
        ask()
    assert len(looks) == 1
