"""How often a source and its rule are right, and what may be switched on: never what is about a person."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from core.clock import now
from core.errors import Forbidden, StaleVersion
from core.history.record import of_subject
from events import suspicions
from events.actions import settle
from events.actions.alert_decisions import confirm_alert, dismiss_alert, restore_alert
from events.actions.automation import switch_automation
from events.actions.perform import perform
from events.actions.settle import settle_automatically
from events.errors import (
    AutomationDoesNothing,
    AutomationInForce,
    DecidesAboutPerson,
    FilingConditionMissing,
    FilingNotDeclared,
    NotMeasuredEnough,
    OnlySuspected,
    PairOfNoScenario,
)
from events.models import Alert, AutomaticVerdict, Automation
from events.models.automation import AUTOMATION_KIND
from events.moves import Move
from events.queries.automation import measure, measure_types
from events.queries.catalogue import forget
from events.rules.automation import Figure
from tests.events.measured import (
    RULE,
    SOURCE,
    administrator,
    automation,
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


# --- the measure


def test_a_dismissal_that_is_taken_back_counts_no_more(stage: Stage) -> None:
    alert = open_alert(stage)
    dismiss_alert(alert_id=alert.pk, actor=chief(stage), reason="误报")
    assert measured() == Figure(0, 1)
    restore_alert(alert_id=alert.pk, actor=chief(stage))
    assert measured() == Figure(0, 0)
    confirm_alert(alert_id=alert.pk, actor=chief(stage))
    assert measured() == Figure(1, 0)


def test_what_is_older_than_the_window_counts_no_more(stage: Stage) -> None:
    judged(stage, confirmed=3, dismissed=1, days_ago=89)
    judged(stage, confirmed=5, days_ago=91)
    assert measured() == Figure(3, 1)
    assert measure_types(now() - timedelta(days=90)) == {stage.kind.code: Figure(3, 1)}


def test_what_the_platform_confirmed_counts_by_what_people_made_of_it(stage: Stage, nothing_sampled: None) -> None:
    scenario_of(stage)
    in_force(stage)
    right, wrong = open_alert(stage, 7), open_alert(stage, 8)
    settle_automatically()
    assert measured() == Figure(100, 0)
    perform(born_of(wrong).pk, Move.REJECT, stage.acceptor.as_actor(), None, reason="画面中没有人")
    assert measured() == Figure(100, 1)
    event = born_of(right)
    for move, who, inputs in stage.way_to("closed"):
        event = perform(event.pk, move, who.as_actor(), None, **inputs)
    assert measured() == Figure(101, 1)


# --- writing and switching


def test_a_scenario_about_a_person_is_never_automatic(stage: Stage) -> None:
    scenario_of(stage, about_person=True, files=False)
    judged(stage, confirmed=500)
    with pytest.raises(DecidesAboutPerson):
        automation(stage)


def test_a_pair_that_no_scenario_names_is_never_automatic(stage: Stage) -> None:
    with pytest.raises(PairOfNoScenario):
        automation(stage)


def test_filing_takes_a_scenario_that_declares_it_and_a_condition_of_its_type(stage: Stage) -> None:
    scenario = scenario_of(stage, files=False)
    with pytest.raises(FilingNotDeclared):
        automation(stage, files=True)
    rule = {"source": SOURCE, "rule": RULE, "condition": "of_another_type", "precision_above": 0.92}
    scenario.definition["auto_file"] |= {"allowed": True, "rules": [rule]}
    scenario.save()
    with pytest.raises(FilingConditionMissing):
        automation(stage, files=True)


def test_an_automation_that_does_nothing_is_refused(stage: Stage) -> None:
    scenario_of(stage)
    with pytest.raises(AutomationDoesNothing):
        automation(stage, confirms=False, files=False)


@pytest.mark.parametrize(("confirmed", "dismissed", "why"), [(0, 0, "no_sample"), (19, 0, "too_few"), (95, 5, "below")])
def test_what_is_not_measured_enough_is_not_switched_on(stage: Stage, confirmed: int, dismissed: int, why: str) -> None:
    scenario_of(stage)
    judged(stage, confirmed=confirmed, dismissed=dismissed)
    written = automation(stage)
    with pytest.raises(NotMeasuredEnough) as refused:
        switch_automation(source=SOURCE, rule=RULE, actor=chief(stage), version=written.version, on=True)
    assert refused.value.extra["why"] == why
    assert Automation.objects.get().state == "off"


def test_only_who_answers_for_the_district_writes_and_switches(stage: Stage) -> None:
    scenario_of(stage)
    written = in_force(stage)
    with pytest.raises(Forbidden):
        switch_automation(
            source=SOURCE, rule=RULE, actor=stage.dispatcher.as_actor(), version=written.version, on=False
        )
    off = switch_automation(
        source=SOURCE, rule=RULE, actor=administrator(stage).as_actor(), version=written.version, on=False
    )
    assert off.state == "off"


def test_history_keeps_what_was_asked_and_what_was_measured(stage: Stage) -> None:
    scenario_of(stage)
    written = in_force(stage)
    wrote, switched = of_subject(AUTOMATION_KIND, written.pk)
    assert (wrote.move, wrote.facts["content"]["min_precision"]) == ("write", 0.9)
    assert (switched.move, switched.facts["figures"]) == (
        "switch_on",
        {"confirmed": 100, "dismissed": 0, "lower": 0.963},
    )


def test_what_is_in_force_is_not_edited_and_a_stale_click_is_told(stage: Stage) -> None:
    scenario_of(stage)
    written = in_force(stage)
    with pytest.raises(StaleVersion):
        automation(stage, version=0)
    with pytest.raises(AutomationInForce):
        automation(stage, version=written.version)


@pytest.mark.parametrize(
    "wrong", [{"min_precision": 0.0}, {"min_precision": 1.0}, {"min_sample": 0}, {"confirms": False}]
)
def test_the_database_refuses_limits_that_are_none(stage: Stage, wrong: dict[str, float]) -> None:
    scenario_of(stage)
    written = in_force(stage)
    with pytest.raises(IntegrityError), transaction.atomic():
        Automation.objects.filter(pk=written.pk).update(**wrong)


def test_the_pair_of_camera_and_rule_decides_not_the_rule_alone(stage: Stage, nothing_sampled: None) -> None:
    scenario_of(stage)
    in_force(stage)
    judged(stage, confirmed=60, subject=31)
    judged(stage, confirmed=50, dismissed=2, subject=32)
    Alert.objects.filter(subject_id=31).update(camera_id=1)
    Alert.objects.filter(subject_id=32).update(camera_id=2)
    known, unsure, new = open_alert(stage, 41), open_alert(stage, 42), open_alert(stage, 43)
    for alert, camera in ((known, 1), (unsure, 2), (new, 3)):
        Alert.objects.filter(pk=alert.pk).update(camera_id=camera)
    settle_automatically()
    states = dict(Alert.objects.filter(pk__in=(known.pk, unsure.pk, new.pk)).values_list("pk", "state"))
    assert states == {known.pk: "confirmed", unsure.pk: "open", new.pk: "open"}
    told = {row.alert_id: row.figures for row in AutomaticVerdict.objects.all()}
    assert told[known.pk]["camera"]["confirmed"] == 60
    assert (told[unsure.pk]["lacks"], told[new.pk]["lacks"]) == ("below", "no_sample")


def test_a_rule_that_only_suspects_is_neither_switched_on_nor_left_on(
    stage: Stage, nothing_sampled: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    scenario_of(stage)
    running = in_force(stage)
    monkeypatch.setattr(suspicions, "_only_suspected", {(SOURCE, RULE)})
    forget()
    waiting = open_alert(stage, 7)
    settle_automatically()
    running.refresh_from_db()
    assert (running.state, running.stopped_because) == ("stopped", "suspected")
    assert Alert.objects.get(pk=waiting.pk).state == "open"
    with pytest.raises(OnlySuspected):
        switch_automation(source=SOURCE, rule=RULE, actor=chief(stage), version=running.version, on=True)
