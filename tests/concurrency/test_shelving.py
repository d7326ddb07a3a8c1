"""Two people put the same alert aside, two workers take it back, and two take its source out, at the same moment."""

from collections.abc import Callable, Iterator
from threading import Barrier
from typing import Any

import pytest

from accounts.models import User
from accounts.roles import Role
from core.clock import now
from core.errors import AlreadyTaken, DomainError
from core.models import HistoryRow
from events.actions.alert_shelving import return_shelved, shelve_alert
from events.actions.alerts import AlertEvidence
from events.actions.out_of_service import take_out_of_service
from events.errors import AlreadyOutOfService
from events.models import Alert, OutOfService
from events.queries.catalogue import forget
from tests.concurrency.test_reminders_and_thresholds import at_once
from tests.events.stage import Stage, build_stage

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def stage(transactional_db: None) -> Iterator[Stage]:
    yield build_stage()
    forget()


def alert_of(stage: Stage, **fields: Any) -> Alert:
    alert = stage.alert(**fields)
    assert alert is not None
    return alert


def moves(move: str) -> int:
    return HistoryRow.objects.filter(move=move).count()


def refusal(act: Callable[[], object]) -> str:
    try:
        act()
    except DomainError as refused:
        return refused.code
    return "done"


def test_without_the_lock_both_believe_that_they_have_shelved_it(stage: Stage) -> None:
    alert_of(stage)

    def shelve_unlocked(barrier: Barrier) -> str:
        alert = Alert.objects.get()
        barrier.wait()
        alert.shelved_at = alert.shelved_until = now()
        alert.save()
        return "done"

    assert at_once(shelve_unlocked, shelve_unlocked) == ["done", "done"]


def test_with_the_lock_the_second_is_told_of_the_first(stage: Stage) -> None:
    alert = alert_of(stage)

    def shelve_as(person: User) -> Callable[[Barrier], str]:
        actor = person.as_actor()

        def act(barrier: Barrier) -> str:
            barrier.wait()
            return refusal(
                lambda: shelve_alert(alert_id=alert.pk, actor=actor, minutes=5, reason="已知", version=alert.version)
            )

        return act

    assert at_once(shelve_as(stage.operator), shelve_as(stage.dispatcher)) == [AlreadyTaken.code, "done"]
    assert moves("shelve") == 1


def test_however_many_workers_look_it_comes_back_once(stage: Stage) -> None:
    alerts = [alert_of(stage, subject_id=number) for number in range(5)]
    for alert in alerts:
        shelve_alert(alert_id=alert.pk, actor=stage.operator.as_actor(), minutes=5, reason="已知")
    Alert.objects.update(shelved_until=now())

    def look(barrier: Barrier) -> int:
        barrier.wait()
        return return_shelved()

    assert sum(at_once(look, look, look)) == 5
    assert moves("unshelve") == 5


def test_a_source_is_taken_out_once(stage: Stage) -> None:
    seen = AlertEvidence(camera_id=3, camera_name="江滩 1 号")
    alerts = [alert_of(stage, subject_id=number, evidence=seen) for number in range(2)]
    admin = stage.seat(Role.SYSTEM_ADMIN).as_actor()

    def take_out(alert: Alert) -> Callable[[Barrier], str]:
        def act(barrier: Barrier) -> str:
            barrier.wait()
            return refusal(lambda: take_out_of_service(alert_id=alert.pk, actor=admin, reason="起雾"))

        return act

    codes = at_once(take_out(alerts[0]), take_out(alerts[1]))
    assert (codes[-1], codes[0] in (AlreadyOutOfService.code, "move_not_allowed")) == ("done", True)
    assert OutOfService.objects.count() == 1
