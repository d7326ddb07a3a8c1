"""What the platform confirms, samples, files and stops by itself: above the measure, within the locks, never twice."""

from datetime import timedelta
from time import monotonic

import pytest
import time_machine

from core.actor import SYSTEM
from core.clock import now
from core.errors import Forbidden
from core.history.record import of_subject
from events.actions import settle
from events.actions.alert_decisions import confirm_alert, dismiss_alert, restore_alert
from events.actions.automation import switch_automation
from events.actions.perform import perform
from events.actions.settle import settle_automatically
from events.models import Alert, AutomaticVerdict, Automation, Event, Scenario
from events.models.automation import AUTOMATION_KIND
from events.moves import Move
from events.queries import settling
from events.queries.automation import measure
from events.queries.catalogue import forget
from events.rules.automation import Figure
from notify.actions.expand import expand_notices
from notify.models import Message
from tests.events.measured import (
    RULE,
    SOURCE,
    administrator,
    born_of,
    chief,
    in_force,
    judged,
    open_alert,
    scenario_of,
)
from tests.events.stage import Stage


@pytest.fixture
def nothing_sampled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settle, "is_sampled", lambda *_args, **_named: False)


def measured() -> Figure:
    return measure({(SOURCE, RULE): now() - timedelta(days=90)})[SOURCE, RULE]


# --- confirming


def test_the_platform_confirms_what_stands_above_its_measure_and_says_by_which_figures(
    stage: Stage, nothing_sampled: None
) -> None:
    scenario_of(stage)
    in_force(stage)
    alert = open_alert(stage)
    assert settle_automatically() == {"confirmed": 1}
    alert.refresh_from_db()
    event = born_of(alert)
    assert (alert.state, event.state, event.source, event.reporter) == ("confirmed", "reported", "video", None)
    row = of_subject("alert", alert.pk)[-1]
    assert (row.move, row.role, row.actor_id) == ("auto_confirm", "system", None)
    assert row.facts["automatic"] == {
        "automation": Automation.objects.get().pk,
        "confirmed": 100,
        "dismissed": 0,
        "lower": 0.963,
        "asked": 0.9,
        "days": 90,
    }
    assert "由人判定 100 条，属实 100 条，属实率下限 96.3%（要求 90.0%）" in (row.personal or {})["note"]


def test_a_second_sweep_finds_nothing_more(stage: Stage, nothing_sampled: None) -> None:
    scenario_of(stage)
    in_force(stage)
    open_alert(stage)
    settle_automatically()
    assert settle_automatically().total() == 0
    assert AutomaticVerdict.objects.count() == 1


def test_nothing_happens_while_it_is_off_or_the_sample_is_too_small(stage: Stage) -> None:
    scenario_of(stage)
    written = in_force(stage)
    alert = open_alert(stage)
    Automation.objects.update(min_sample=500)
    assert settle_automatically().total() == 0
    assert Automation.objects.get().state == "on"
    switch_automation(source=SOURCE, rule=RULE, actor=chief(stage), version=written.version, on=False)
    assert settle_automatically().total() == 0
    alert.refresh_from_db()
    assert alert.state == "open"


def test_another_rule_or_type_waits_for_a_person(stage: Stage) -> None:
    scenario_of(stage)
    in_force(stage)
    other = open_alert(stage, rule="dwell")
    Scenario.objects.update(definition=Scenario.objects.get().definition | {"event_type": "another", "also_types": []})
    forget()
    alert = open_alert(stage)
    assert settle_automatically().total() == 0
    assert {Alert.objects.get(pk=one.pk).state for one in (alert, other)} == {"open"}


def test_a_shelved_alert_and_one_that_is_over_are_left_alone(stage: Stage) -> None:
    scenario_of(stage)
    in_force(stage)
    shelved, over = open_alert(stage, 7), open_alert(stage, 8)
    Alert.objects.filter(pk=shelved.pk).update(shelved_at=now(), shelved_until=now() + timedelta(hours=1))
    Alert.objects.filter(pk=over.pk).update(recovered_at=now())
    assert settle_automatically().total() == 0


def test_what_a_person_took_up_again_is_left_to_people(stage: Stage) -> None:
    scenario_of(stage)
    in_force(stage)
    alert = open_alert(stage)
    dismiss_alert(alert_id=alert.pk, actor=chief(stage), reason="误报")
    restore_alert(alert_id=alert.pk, actor=chief(stage))
    assert settle_automatically() == {"left": 1}
    assert settle_automatically().total() == 0
    assert Alert.objects.get(pk=alert.pk).state == "open"


def test_a_camera_that_is_measurably_worse_is_left_to_people(stage: Stage, nothing_sampled: None) -> None:
    scenario_of(stage)
    in_force(stage)
    judged(stage, confirmed=300, subject=901)
    judged(stage, confirmed=2, dismissed=8, subject=7)
    weak, good = open_alert(stage, 7), open_alert(stage, 8)
    assert settle_automatically() == {"confirmed": 1, "left": 1}
    assert [Alert.objects.get(pk=one.pk).state for one in (weak, good)] == ["open", "confirmed"]
    assert AutomaticVerdict.objects.get(alert=weak).figures["subject"]["dismissed"] == 8


def test_what_cannot_become_an_event_is_left_to_people_and_holds_up_nobody(stage: Stage, nothing_sampled: None) -> None:
    scenario_of(stage)
    in_force(stage)
    odd, good = open_alert(stage, 7), open_alert(stage, 8)
    Alert.objects.filter(pk=odd.pk).update(point="POINT(0 0)")
    assert settle_automatically() == {"confirmed": 1, "left": 1}
    assert [Alert.objects.get(pk=one.pk).state for one in (odd, good)] == ["open", "confirmed"]


def test_a_crash_in_the_middle_leaves_nothing_half_done(
    stage: Stage, nothing_sampled: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    scenario_of(stage)
    in_force(stage)
    alert = open_alert(stage)

    def crash(*_args: object, **_named: object) -> None:
        raise RuntimeError("the worker was killed")

    with monkeypatch.context() as broken:
        broken.setattr(settle, "confirm_alert", crash)
        assert settle_automatically().total() == 0
    assert not AutomaticVerdict.objects.exists()
    assert settle_automatically() == {"confirmed": 1}
    assert Event.objects.filter(alerts=alert).count() == 1


# --- the sample


def test_a_share_of_it_is_put_before_a_person_all_the_same(stage: Stage) -> None:
    scenario_of(stage)
    in_force(stage, audit_percent=100)
    alert = open_alert(stage)
    assert settle_automatically() == {"sampled": 1}
    assert settle_automatically().total() == 0
    row = of_subject("alert", alert.pk)[-1]
    assert (row.move, row.from_state, row.to_state) == ("sample", "open", "open")
    confirm_alert(alert_id=alert.pk, actor=chief(stage), version=alert.version)
    assert measured() == Figure(101, 0)


def test_the_share_is_kept(stage: Stage) -> None:
    scenario_of(stage)
    in_force(stage, audit_percent=30)
    for subject in range(60):
        open_alert(stage, subject)
    done = settle_automatically()
    assert done["confirmed"] + done["sampled"] == 60
    assert 6 <= done["sampled"] <= 32


# --- stopping


def test_it_switches_itself_off_when_the_precision_falls_and_tells_the_administrators(stage: Stage) -> None:
    scenario_of(stage)
    administrator(stage, name="吴管理")
    in_force(stage)
    alert = open_alert(stage)
    judged(stage, confirmed=0, dismissed=10)
    assert settle_automatically() == {"stopped": 1}
    assert settle_automatically().total() == 0
    stopped = Automation.objects.get()
    assert (stopped.state, stopped.stopped_because) == ("stopped", "below")
    assert stopped.stopped_figures == {"confirmed": 100, "dismissed": 10, "lower": 0.8407}
    assert Alert.objects.get(pk=alert.pk).state == "open"
    last = of_subject(AUTOMATION_KIND, stopped.pk)[-1]
    assert (last.move, last.role, last.facts["why"]) == ("stop", "system", "below")
    expand_notices()
    told = Message.objects.filter(kind="automation_stopped")
    assert sorted(message.user.name for message in told if message.user) == ["吴管理", "陈值班"]


def test_what_nothing_waits_for_is_measured_once_a_minute(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    scenario_of(stage)
    in_force(stage)
    settle_automatically()
    judged(stage, confirmed=0, dismissed=10)
    assert settle_automatically().total() == 0
    later = monotonic() + settling.MEASURED_EVERY + 1
    monkeypatch.setattr(settling, "monotonic", lambda: later)
    assert settle_automatically() == {"stopped": 1}


def test_a_scenario_that_comes_to_be_about_a_person_stops_it(stage: Stage) -> None:
    scenario = scenario_of(stage)
    in_force(stage)
    alert = open_alert(stage)
    scenario.definition["auto_file"] |= {"decides_about_person": True, "allowed": False, "rules": []}
    scenario.save()
    assert settle_automatically() == {"stopped": 1}
    assert Automation.objects.get().stopped_because == "about_person"
    assert Alert.objects.get(pk=alert.pk).state == "open"


# --- filing


def filed_by_platform(stage: Stage, alert: Alert) -> Event:
    event = born_of(alert)
    row = of_subject("event", event.pk)[-1]
    assert (row.move, row.role) == ("file", "system")
    return event


def test_an_event_of_a_confirmed_alert_is_filed_under_the_condition_of_the_scenario(
    stage: Stage, nothing_sampled: None
) -> None:
    scenario_of(stage)
    in_force(stage, files=True)
    alert = open_alert(stage)
    assert settle_automatically() == {"confirmed": 1, "filed": 1}
    event = filed_by_platform(stage, alert)
    assert (event.state, event.condition, event.was_filed) == ("filed", stage.condition, True)
    facts = of_subject("event", event.pk)[-1].facts["automatic"]
    assert (facts["confirmed"], facts["asked"]) == (100, 0.92)


def test_what_a_person_confirmed_is_filed_too(stage: Stage, nothing_sampled: None) -> None:
    scenario_of(stage)
    in_force(stage, confirms=False, files=True)
    alert = open_alert(stage)
    assert settle_automatically().total() == 0
    confirm_alert(alert_id=alert.pk, actor=stage.operator.as_actor())
    assert settle_automatically() == {"filed": 1}
    assert filed_by_platform(stage, alert).state == "filed"


def test_filing_asks_for_the_higher_of_both_precisions(stage: Stage, nothing_sampled: None) -> None:
    scenario = scenario_of(stage)
    scenario.definition["auto_file"]["rules"][0]["precision_above"] = 0.97
    scenario.save()
    in_force(stage, files=True)
    alert = open_alert(stage)
    assert settle_automatically() == {"confirmed": 1}
    assert born_of(alert).state == "reported"


def test_an_event_that_somebody_has_taken_on_is_theirs(stage: Stage, nothing_sampled: None) -> None:
    scenario_of(stage)
    in_force(stage, confirms=False, files=True)
    taken, asked = open_alert(stage, 7), open_alert(stage, 8)
    for alert in (taken, asked):
        confirm_alert(alert_id=alert.pk, actor=stage.operator.as_actor())
    perform(born_of(taken).pk, Move.TAKE, stage.acceptor.as_actor(), None)
    verify = {"assignee_id": stage.worker.pk}
    perform(born_of(asked).pk, Move.ASK_VERIFICATION, stage.acceptor.as_actor(), None, **verify)
    assert settle_automatically().total() == 0


def test_an_event_whose_type_a_person_changed_is_theirs(stage: Stage, nothing_sampled: None) -> None:
    scenario_of(stage)
    in_force(stage, confirms=False, files=True)
    alert = open_alert(stage)
    confirm_alert(alert_id=alert.pk, actor=stage.operator.as_actor())
    Event.objects.filter(alerts=alert).update(type_code="another")
    assert settle_automatically().total() == 0


def test_what_waited_for_an_hour_is_left_to_people(stage: Stage, nothing_sampled: None) -> None:
    scenario_of(stage)
    in_force(stage, confirms=False, files=True)
    confirm_alert(alert_id=open_alert(stage).pk, actor=stage.operator.as_actor())
    with time_machine.travel(now() + timedelta(minutes=61)):
        assert settle_automatically().total() == 0


def test_a_share_of_the_filings_is_put_before_a_person_too(stage: Stage) -> None:
    scenario_of(stage)
    in_force(stage, confirms=False, files=True, audit_percent=100)
    confirm_alert(alert_id=open_alert(stage).pk, actor=stage.operator.as_actor())
    assert settle_automatically().total() == 0


def test_only_the_platform_confirms_and_files_by_itself(stage: Stage) -> None:
    alert = open_alert(stage)
    with pytest.raises(Forbidden):
        confirm_alert(alert_id=alert.pk, actor=stage.operator.as_actor(), figures={})
    with pytest.raises(Forbidden):
        confirm_alert(alert_id=alert.pk, actor=SYSTEM)
