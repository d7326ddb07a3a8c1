"""An alert is confirmed into an open event while that event ends."""

from collections.abc import Iterator
from threading import Event as Flag

import pytest

from events.actions import alert_decisions
from events.actions.alert_decisions import confirm_alert
from events.actions.moving import lock_event
from events.actions.perform import perform
from events.models import Alert, Event
from events.moves import Move
from events.queries.catalogue import forget
from tests.concurrency.test_merging import together
from tests.events.stage import Stage, build_stage

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def stage() -> Iterator[Stage]:
    yield build_stage()
    forget()


def test_who_confirms_while_the_event_ends_is_not_refused_but_begins_another(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    operator, acceptor = stage.operator.as_actor(), stage.acceptor.as_actor()
    first = stage.alert()
    assert first is not None
    event = confirm_alert(alert_id=first.pk, actor=operator).event
    assert event is not None
    again = Alert.objects.get(pk=first.pk)
    again.pk, again.state, again.version = None, "open", 1
    again.event = again.decided_at = None
    again.save(force_insert=True)
    found, ended = Flag(), Flag()

    def lock_late(event_id: int) -> Event:
        found.set()
        ended.wait(60)
        return lock_event(event_id)

    def end() -> str:
        found.wait(60)
        state = perform(event.pk, Move.REJECT, acceptor, None, reason="不属实").state
        ended.set()
        return state

    def confirm() -> str:
        alert = confirm_alert(alert_id=again.pk, actor=operator)
        return alert.event.state if alert.event is not None else ""

    monkeypatch.setattr(alert_decisions, "lock_event", lock_late)
    assert together(confirm, end) == ["reported", "rejected"]
    assert Event.objects.count() == 2
