"""An administrator sets the steps of escalation."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from events.actions import escalation_steps
from events.models import ClockLimit, EscalationStep
from events.rules.escalation import Step, in_order
from tests.events.stage import Stage

ADD = "/admin/events/escalationstep/add/"


class Sent(list[tuple[str, Any]]):
    """Takes the place of the broker."""

    def send_task(self, name: str, *, args: Any, **_: Any) -> None:
        self.append((name, args))


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> Sent:
    broker = Sent()
    monkeypatch.setattr(escalation_steps, "current_app", broker)
    return broker


@pytest.fixture
def office(stage: Stage) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("root", "correct horse", name="系统管理员"))
    return client


def step(**fields: Any) -> dict[str, Any]:
    return {"subject_kind": "event", "clock": "handling", "percent": 90, "step": "handler"} | fields


def test_a_step_is_added_and_running_clocks_are_told(
    office: Client, sent: Sent, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        assert office.post(ADD, step()).status_code == 302
    assert EscalationStep.objects.get().percent == 90
    assert sent == [("events.reschedule_clocks", ["event", "handling"])]


def test_a_step_that_moves_to_another_clock_tells_both(
    office: Client, sent: Sent, django_capture_on_commit_callbacks: Any
) -> None:
    office.post(ADD, step())
    made = EscalationStep.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        office.post(f"/admin/events/escalationstep/{made.pk}/change/", step(clock="close"))
    assert [args for _name, args in sent] == [["event", "handling"], ["event", "close"]]


def test_a_step_that_is_deleted_tells_too(office: Client, sent: Sent, django_capture_on_commit_callbacks: Any) -> None:
    office.post(ADD, step())
    made = EscalationStep.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        office.post(f"/admin/events/escalationstep/{made.pk}/delete/", {"post": "yes"})
    assert sent == [("events.reschedule_clocks", ["event", "handling"])]


@pytest.mark.parametrize(
    "fields",
    [
        {"percent": 0},
        {"percent": 1001},
        {"clock": "alert"},
        {"clock": "rating"},
        {"step": "mayor"},
        {"percent": 250, "step": "handler"},
    ],
)
def test_steps_that_mean_nothing_are_refused_in_the_form(office: Client, sent: Sent, fields: dict[str, Any]) -> None:
    EscalationStep.objects.create(subject_kind="event", clock="handling", percent=200, step="leader")
    answer = office.post(ADD, step(**fields))
    assert (answer.status_code, EscalationStep.objects.count()) == (200, 1)


def test_a_limit_of_zero_is_refused_in_the_form(office: Client) -> None:
    values = {"kind": "accept", "limit_type": "urgent_hours", "limit_amount": "0"}
    answer = office.post("/admin/events/clocklimit/add/", values)
    assert (answer.status_code, ClockLimit.objects.count()) == (200, 0)
    assert "大于零" in answer.content.decode()


def test_nobody_is_told_before_those_below() -> None:
    assert in_order([(80, Step.HANDLER), (120, Step.CHIEF), (200, Step.LEADER)])
    assert not in_order([(80, Step.LEADER), (120, Step.CHIEF)])
