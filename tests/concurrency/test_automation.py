"""A person and the platform decide about one alert at the same moment, and workers sweep at once: wrong without the
locks, right with them.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from threading import Event as Signal
from typing import Any

import pytest
from django.db import connection, transaction

from core.actor import SYSTEM
from core.errors import DomainError
from core.history.record import of_subject
from events.actions import settle
from events.actions.alert_decisions import confirm_alert, dismiss_alert
from events.actions.automation import stop_automation, switch_automation
from events.actions.report import report_event
from events.actions.settle import settle_automatically
from events.models import Alert, AutomaticVerdict, Automation, Event
from events.queries.catalogue import forget
from events.rules.automation import Figure, Why
from tests.events.measured import RULE, SOURCE, chief, in_force, open_alert, scenario_of
from tests.events.stage import HERE, Stage, build_stage

pytestmark = pytest.mark.django_db(transaction=True)
RACES = 12


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    monkeypatch.setattr(settle, "is_sampled", lambda *_args, **_named: False)
    yield build_stage()
    forget()


def at_once(*acts: Callable[[Barrier], Any]) -> list[Any]:
    """What each answers; each runs on its own connection and waits at the barrier for the others."""
    barrier = Barrier(len(acts), timeout=20)

    def run(act: Callable[[Barrier], Any]) -> Any:
        try:
            return act(barrier)
        except DomainError as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result() for future in [pool.submit(run, act) for act in acts]]


def test_without_the_locks_one_alert_becomes_two_events(stage: Stage) -> None:
    alert = open_alert(stage)

    def decide_unlocked(barrier: Barrier) -> None:
        with transaction.atomic():
            seen = Alert.objects.get(pk=alert.pk)
            assert seen.state == "open"
            barrier.wait()
            report_event(actor=SYSTEM, type_code=seen.type_code, lng=HERE[0], lat=HERE[1], source=seen.source)

    at_once(decide_unlocked, decide_unlocked)
    assert Event.objects.count() == 2


def test_a_person_and_the_platform_confirm_an_alert_once(stage: Stage) -> None:
    scenario_of(stage)
    in_force(stage)
    before = Event.objects.count()
    answers = []
    for subject in range(RACES):
        alert = open_alert(stage, subject)

        def person(barrier: Barrier, alert: Alert = alert) -> str:
            barrier.wait()
            return confirm_alert(alert_id=alert.pk, actor=chief(stage), version=alert.version).state

        def platform(barrier: Barrier) -> int:
            barrier.wait()
            return settle_automatically()["confirmed"]

        said, done = at_once(person, platform)
        answers.append((said, done))
        moves = [row.move for row in of_subject("alert", alert.pk)]
        assert len(moves) == 2
    assert set(answers) <= {("confirmed", 0), ("stale_version", 1), ("move_not_allowed", 1)}
    assert Event.objects.count() == before + RACES
    assert AutomaticVerdict.objects.count() == sum(done for _, done in answers)


def test_a_person_who_is_deciding_is_not_overtaken(stage: Stage) -> None:
    scenario_of(stage)
    in_force(stage)
    alert = open_alert(stage)
    holding, swept = Signal(), Signal()

    def person(_barrier: Barrier) -> str:
        with transaction.atomic():
            dismissed = dismiss_alert(alert_id=alert.pk, actor=chief(stage), reason="误报")
            holding.set()
            assert swept.wait(timeout=20)
        return dismissed.state

    def platform(_barrier: Barrier) -> int:
        assert holding.wait(timeout=20)
        done = settle_automatically().total()
        swept.set()
        return done

    assert at_once(person, platform) == ["dismissed", 0]
    assert Alert.objects.get(pk=alert.pk).state == "dismissed"
    assert not AutomaticVerdict.objects.exists()


def test_many_workers_sweep_and_each_alert_is_confirmed_and_filed_once(stage: Stage) -> None:
    scenario_of(stage)
    in_force(stage, files=True)
    alerts = [open_alert(stage, subject) for subject in range(RACES)]

    def sweep(barrier: Barrier) -> tuple[int, int]:
        barrier.wait()
        done = settle_automatically()
        return done["confirmed"], done["filed"]

    answers = at_once(sweep, sweep, sweep)
    left = settle_automatically()
    assert sum(confirmed for confirmed, _ in answers) + left["confirmed"] == RACES
    assert sum(filed for _, filed in answers) + left["filed"] == RACES
    events = Event.objects.filter(alerts__in=alerts)
    assert (events.count(), {event.state for event in events}) == (RACES, {"filed"})
    assert all([row.move for row in of_subject("event", event.pk)] == ["report", "file"] for event in events)


def test_it_is_stopped_and_told_once(stage: Stage) -> None:
    scenario_of(stage)
    pk = in_force(stage).pk

    def stop(barrier: Barrier) -> bool:
        barrier.wait()
        return stop_automation(automation_id=pk, why=Why.BELOW, figure=Figure(1, 9))

    assert sorted(at_once(stop, stop)) == [False, True]
    assert [row.move for row in of_subject("automation", pk)] == ["write", "switch_on", "stop"]


def test_nothing_is_confirmed_after_it_was_switched_off(stage: Stage) -> None:
    scenario_of(stage)
    written = in_force(stage)
    alert = open_alert(stage)
    figure = Figure(100, 0)
    switch_automation(source=SOURCE, rule=RULE, actor=chief(stage), version=written.version, on=False)
    assert settle._settle(alert.pk, written.pk, settle.Measured(figure, None, None)) == ""
    assert (Alert.objects.get(pk=alert.pk).state, Automation.objects.get().state) == ("open", "off")
