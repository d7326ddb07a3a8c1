"""Automations over HTTP: the figures, the limits, the switch, the rehearsal; and what rules of routing then do."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.roles import Role
from core.clock import now
from events.actions import settle
from events.actions.perform import perform
from events.actions.settle import settle_automatically
from events.automation_shapes import AutomationList, AutomationPreview, AutomationShape
from events.models import Automation, Event, RoutingRule
from events.moves import Move
from events.queries import routing
from events.queries.settling import forget_routing_figures, measure_routing
from events.rules.automation import Figure
from tests.events.measured import (
    RULE,
    SOURCE,
    administrator,
    born_of,
    in_force,
    judged,
    open_alert,
    scenario_of,
)
from tests.events.stage import OTHER_STREET, Stage, browser
from tests.factories import OrgUnitFactory, person_with

LIST = "/api/v1/automation"
PAIR = f"{LIST}/{SOURCE}/{RULE}"
LIMITS = {
    "confirms": True,
    "files": True,
    "min_precision": 0.9,
    "min_sample": 20,
    "window_days": 90,
    "audit_percent": 5,
}
LIST_STATEMENTS = 9
PREVIEW_STATEMENTS = 8


def write(who: User, address: str = PAIR, **changed: Any) -> Any:
    return browser(who).put(address, {**LIMITS, "version": 0, **changed}, format="json")


def switch(who: User, version: int, *, on: bool) -> Any:
    return browser(who).post(f"{PAIR}/switch", {"version": version, "on": on}, format="json")


def row(stage: Stage) -> AutomationShape:
    listed = AutomationList.model_validate(browser(stage.chief).get(LIST).json())
    return next(item for item in listed.items if (item.source, item.rule) == (SOURCE, RULE))


def test_the_list_tells_the_figures_and_why_a_person_decides(stage: Stage) -> None:
    scenario_of(stage)
    judged(stage, confirmed=95, dismissed=5)
    answer = browser(stage.dispatcher).get(LIST).json()
    listed = AutomationList.model_validate(answer)
    assert (listed.may_edit, listed.days) == (False, 90)
    shown = row(stage)
    assert (shown.state, shown.version, shown.why_not, shown.why_not_filed) == ("none", 0, "off", "off")
    assert shown.lacks == "below"
    assert shown.figure.model_dump() == {
        "confirmed": 95, "dismissed": 5, "sample": 100, "ratio": 0.95, "lower": 0.8882,
    }  # fmt: skip
    assert shown.scenario is not None
    assert (shown.scenario.condition_text, shown.scenario.precision_above) == (stage.condition.text, 0.92)
    (whole,) = listed.scenarios
    assert (whole.name, whole.figure.sample, whole.filing_declared) == ("测得准的场景", 100, True)


def test_a_scenario_about_a_person_is_listed_with_its_reason(stage: Stage) -> None:
    scenario_of(stage, about_person=True, files=False)
    shown = row(stage)
    assert shown.scenario is not None
    assert (shown.why_not, shown.why_not_filed, shown.scenario.about_person) == ("about_person", "about_person", True)


def test_a_rule_of_no_scenario_is_listed_where_it_found_something(stage: Stage) -> None:
    open_alert(stage)
    assert (row(stage).why_not, row(stage).scenario) == ("no_scenario", None)


def test_an_administrator_writes_and_switches(stage: Stage) -> None:
    scenario_of(stage)
    judged(stage, confirmed=100)
    who = administrator(stage)
    written = AutomationShape.model_validate(write(who).json())
    assert (written.state, written.version, written.may_switch_on, written.needed) == ("off", 1, True, 35)
    assert written.lacks == ""
    on = AutomationShape.model_validate(switch(who, 1, on=True).json())
    assert (on.state, on.why_not, on.why_not_filed, on.may_switch_on) == ("on", "", "", False)
    open_alert(stage, 8)
    settle_automatically()
    counted = row(stage)
    assert counted.confirmed_by_platform + counted.sampled == 1
    off = switch(who, 2, on=False).json()
    assert (off["state"], off["why_not"]) == ("off", "off")
    again = write(who, version=3, min_precision=0.95).json()
    assert (again["min_precision"], again["version"]) == (0.95, 4)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"min_precision": 0}, "min_precision"),
        ({"min_precision": 1.2}, "min_precision"),
        ({"min_precision": 1}, "min_precision"),
        ({"min_precision": 0.5}, "min_precision"),
        ({"min_precision": "NaN"}, "min_precision"),
        ({"min_precision": "high"}, "min_precision"),
        ({"min_sample": 0}, "min_sample"),
        ({"min_sample": 10**9}, "min_sample"),
        ({"window_days": 0}, "window_days"),
        ({"window_days": 400}, "window_days"),
        ({"audit_percent": 0}, "audit_percent"),
        ({"audit_percent": 101}, "audit_percent"),
        ({"version": -1}, "version"),
        ({"confirms": "perhaps"}, "confirms"),
    ],
)
def test_limits_that_are_none_are_refused_with_their_field(stage: Stage, wrong: dict[str, Any], field: str) -> None:
    scenario_of(stage)
    refused = write(stage.chief, **wrong)
    assert refused.status_code == 422
    assert [error["field"] for error in refused.json()["errors"]] == [field]
    assert not Automation.objects.exists()


def test_refusals_are_told_by_code(stage: Stage) -> None:
    assert write(stage.chief).json()["code"] == "pair_of_no_scenario"
    scenario = scenario_of(stage)
    judged(stage, confirmed=12)
    assert write(stage.chief, confirms=False, files=False).json()["code"] == "automation_does_nothing"
    version = write(stage.chief).json()["version"]
    assert write(stage.chief).json()["code"] == "stale_version"
    refused = switch(stage.chief, version, on=True)
    assert (refused.status_code, refused.json()["code"]) == (409, "not_measured_enough")
    assert "12" in refused.json()["detail"]
    scenario.definition["auto_file"] |= {"decides_about_person": True, "allowed": False, "rules": []}
    scenario.save()
    refused = switch(stage.chief, version, on=True)
    assert (refused.status_code, refused.json()["code"]) == (422, "decides_about_person")


def test_the_second_of_two_clicks_is_told(stage: Stage) -> None:
    scenario_of(stage)
    judged(stage, confirmed=100)
    version = write(stage.chief).json()["version"]
    assert switch(stage.chief, version, on=True).status_code == 200
    assert switch(administrator(stage), version, on=True).json()["code"] == "already_taken"


@pytest.mark.parametrize("address", [f"{LIST}/video/nothing", f"{LIST}/rumour/{RULE}", f"{LIST}/video/nothing/preview"])
def test_a_pair_nobody_knows_is_not_found(stage: Stage, address: str) -> None:
    scenario_of(stage)
    assert browser(stage.chief).get(address).status_code == 404


def test_a_rumour_is_no_source(stage: Stage) -> None:
    scenario_of(stage)
    assert write(stage.chief, f"{LIST}/rumour/{RULE}").status_code == 404
    body = {"version": 1, "on": True}
    assert browser(stage.chief).post(f"{LIST}/video/nothing/switch", body, format="json").status_code == 404


def test_who_may_not_is_refused(stage: Stage) -> None:
    scenario_of(stage)
    version = in_force(stage).version
    street_chief = person_with(Role.DUTY_CHIEF, area=stage.town[OTHER_STREET])
    for who in (stage.operator, stage.desk, stage.worker.user):
        assert who is not None
        assert browser(who).get(LIST).status_code == 403
        assert browser(who).get(f"{PAIR}/preview").status_code == 403
    for who in (stage.dispatcher, street_chief, stage.operator):
        assert write(who, version=version).status_code == 403
        assert switch(who, version, on=False).status_code == 403
    assert browser(None).get(LIST).status_code in (401, 403)


def test_the_list_costs_the_same_however_much_was_found(stage: Stage) -> None:
    scenario_of(stage)
    in_force(stage)
    client = browser(stage.chief)
    client.get(LIST)
    with CaptureQueriesContext(connection) as few:
        client.get(LIST)
    judged(stage, confirmed=50, dismissed=3)
    open_alert(stage, 31, rule="dwell")
    with CaptureQueriesContext(connection) as many:
        client.get(LIST)
    assert len(many) == len(few) <= LIST_STATEMENTS


# --- the rehearsal


def rehearsed(who: User, **asked: Any) -> AutomationPreview:
    answer = browser(who).get(f"{PAIR}/preview", asked)
    assert answer.status_code == 200, answer.json()
    return AutomationPreview.model_validate(answer.json())


def test_the_rehearsal_tells_how_many_of_the_automatic_ones_people_dismissed(stage: Stage) -> None:
    scenario_of(stage)
    judged(stage, confirmed=100, days_ago=40)
    judged(stage, confirmed=9, dismissed=1, days_ago=4)
    alert = open_alert(stage)
    told = rehearsed(stage.dispatcher, days=30, min_precision=0.9, min_sample=20)
    assert (told.days, told.examined, told.automatic + told.sampled) == (30, 11, 11)
    assert told.automatic == told.confirmed + told.dismissed + told.undecided
    assert (told.dismissed, [one.title for one in told.wrong]) == (1, ["过去的告警"])
    assert rehearsed(stage.dispatcher, days=30, min_precision=0.99, min_sample=20).automatic == 0
    alert.refresh_from_db()
    assert (alert.state, Automation.objects.count()) == ("open", 0)


def test_the_rehearsal_names_only_what_the_reader_may_see(stage: Stage) -> None:
    scenario_of(stage)
    judged(stage, confirmed=100, days_ago=40)
    judged(stage, confirmed=0, dismissed=1, days_ago=4)
    elsewhere = person_with(Role.DISPATCHER, area=stage.town[OTHER_STREET])
    told = rehearsed(elsewhere, min_precision=0.9, min_sample=20)
    assert (told.dismissed + told.sampled, told.wrong) == (1, [])


def test_the_rehearsal_of_what_can_never_be_automatic_is_refused(stage: Stage) -> None:
    scenario_of(stage, about_person=True, files=False)
    assert browser(stage.chief).get(f"{PAIR}/preview").json()["code"] == "decides_about_person"
    open_alert(stage, rule="dwell")
    assert browser(stage.chief).get(f"{LIST}/video/dwell/preview").json()["code"] == "pair_of_no_scenario"


@pytest.mark.parametrize("asked", [{"days": 0}, {"days": 5000}, {"min_precision": 2}, {"min_sample": 1}])
def test_a_rehearsal_of_nonsense_is_refused(stage: Stage, asked: dict[str, Any]) -> None:
    scenario_of(stage)
    assert browser(stage.chief).get(f"{PAIR}/preview", asked).status_code == 422


def test_the_rehearsal_costs_the_same_however_much_was_found(stage: Stage) -> None:
    scenario_of(stage)
    judged(stage, confirmed=30, dismissed=2)
    client = browser(stage.chief)
    client.get(f"{PAIR}/preview")
    with CaptureQueriesContext(connection) as few:
        client.get(f"{PAIR}/preview")
    judged(stage, confirmed=100, dismissed=20)
    with CaptureQueriesContext(connection) as many:
        client.get(f"{PAIR}/preview")
    assert len(many) == len(few) <= PREVIEW_STATEMENTS


# --- what rules of routing then do


@pytest.fixture
def nothing_sampled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settle, "is_sampled", lambda *_args, **_named: False)


@pytest.fixture
def rule(stage: Stage) -> RoutingRule:
    """An automatic rule in force that sends everything to the stage's department."""
    at = now()
    made = RoutingRule.objects.create(
        name="都给城管", position=10, state="on", expression="true", lead_unit_code=stage.department.code,
        automatic=True, edited_at=at, switched_at=at, replayed_edition=1,
    )  # fmt: skip
    routing.forget()
    return made


def handled_elsewhere(stage: Stage, event: Event) -> None:
    """The dispatcher knew better than the rule."""
    other = OrgUnitFactory.create()
    desk = person_with(Role.DEPARTMENT_DESK, unit=other)
    perform(event.pk, Move.RECALL, stage.dispatcher.as_actor(), None, reason="不归该部门")
    perform(event.pk, Move.DISPATCH, stage.dispatcher.as_actor(), None, unit_id=other.pk)
    perform(event.pk, Move.SIGN, desk.as_actor(), None)


def test_a_rule_is_measured_by_the_departments_that_took_its_events_on(stage: Stage, rule: RoutingRule) -> None:
    filed = {"condition_id": stage.condition.pk}
    right, wrong, waiting = (stage.report() for _ in range(3))
    for event in (right, wrong, waiting):
        perform(event.pk, Move.FILE, stage.acceptor.as_actor(), None, **filed)
    perform(right.pk, Move.SIGN, stage.desk.as_actor(), None)
    handled_elsewhere(stage, wrong)
    assert measure_routing([rule.pk], now() - timedelta(days=1)) == {rule.pk: Figure(1, 1)}
    (shown,) = AutomationList.model_validate(browser(stage.chief).get(LIST).json()).routing
    assert (shown.name, shown.figure.confirmed, shown.figure.dismissed) == ("都给城管", 1, 1)


def signed_by_rule(stage: Stage, rule: RoutingRule, count: int) -> None:
    """Events of the past that the rule's own department took on."""
    event = perform(stage.report().pk, Move.FILE, stage.acceptor.as_actor(), None, condition_id=stage.condition.pk)
    event = perform(event.pk, Move.SIGN, stage.desk.as_actor(), None)
    for _ in range(count - 1):
        event.pk, event.number = None, ""
        event.save(force_insert=True)
    forget_routing_figures()


def test_a_rule_that_is_not_measured_leaves_the_filed_event_to_a_dispatcher(
    stage: Stage, rule: RoutingRule, nothing_sampled: None
) -> None:
    scenario_of(stage)
    in_force(stage, files=True)
    alert = open_alert(stage)
    assert settle_automatically() == {"confirmed": 1, "filed": 1}
    assert born_of(alert).state == "filed"


def test_a_measured_rule_dispatches_what_the_platform_filed(
    stage: Stage, rule: RoutingRule, nothing_sampled: None
) -> None:
    scenario_of(stage)
    in_force(stage, files=True)
    signed_by_rule(stage, rule, 60)
    alert = open_alert(stage)
    assert settle_automatically() == {"confirmed": 1, "filed": 1}
    event = born_of(alert)
    assert (event.state, event.lead_unit) == ("dispatched", stage.department)


def test_a_person_who_files_has_looked_and_the_rule_dispatches_as_ever(stage: Stage, rule: RoutingRule) -> None:
    filed = {"condition_id": stage.condition.pk}
    event = perform(stage.report().pk, Move.FILE, stage.acceptor.as_actor(), None, **filed)
    assert event.state == "dispatched"
