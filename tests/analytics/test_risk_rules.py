"""Rules of risk are written on a page: within bounds, tried on the last weeks, by one administrator after the other."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from psycopg2.extras import DateTimeTZRange

from accounts.models import User
from accounts.roles import Role
from analytics.actions.lives import read_new_history
from analytics.actions.risk import judge_risk, load_risk_rules
from analytics.models import RiskFinding, RiskRule
from analytics.queries.risk_rules import plain_rule
from core.clock import as_of, now
from events.actions.perform import perform
from events.moves import Move
from events.queries.catalogue import forget
from grids.models import AreaBoundary
from tests.events.stage import Stage, browser, build_stage

RULES = "/api/v1/risk-rules"
CODE = "outbreak_week"
NEVER = timedelta()


@pytest.fixture
def stage(db: None) -> Iterator[Stage]:
    found = build_stage()
    AreaBoundary.objects.update(validity=DateTimeTZRange(now() - timedelta(days=400), None))
    load_risk_rules()
    with as_of(now() - timedelta(days=100)):
        begun = found.report(source="inspection")
        perform(begun.pk, Move.REJECT, found.acceptor.as_actor(), reason="试运行")
    yield found
    forget()


@pytest.fixture
def admin(stage: Stage) -> User:
    return stage.seat(Role.SYSTEM_ADMIN, name="许管理")


def content(**fields: Any) -> dict[str, Any]:
    return plain_rule(RiskRule.objects.get(code=CODE)) | fields


def put(user: User, *, code: str = CODE, version: int = 1, **fields: Any) -> Any:
    return browser(user).put(f"{RULES}/{code}", content(version=version, **fields), format="json")


def try_(user: User, *, code: str = CODE, **fields: Any) -> Any:
    return browser(user).post(f"{RULES}/{code}/trial", content(**fields), format="json")


def faults(answer: Any) -> tuple[int, list[tuple[str, str]]]:
    return answer.status_code, [(one["field"], one["code"]) for one in answer.json().get("errors", [])]


def reported(stage: Stage, days_ago: float, count: int) -> None:
    with as_of(now() - timedelta(days=days_ago)):
        for _ in range(count):
            stage.report(source="hotline_12345")


def test_every_rule_is_told_with_what_it_may_count(admin: User) -> None:
    told = browser(admin).get(RULES).json()
    assert {one["code"] for one in told["items"]} == set(RiskRule.objects.values_list("code", flat=True))
    names = {one["name"] for one in told["measures"]}
    assert {"reported", "standing"} <= names
    assert not {"sent", "accept_minutes"} & names


def test_a_rule_that_is_changed_judges_otherwise_and_loading_leaves_it(admin: User, stage: Stage) -> None:
    reported(stage, 1, 3)
    read_new_history()
    judge_risk(not_sooner=NEVER)
    assert not RiskFinding.objects.filter(rule__code=CODE).exists()
    assert put(admin, minimum=3, attention=1.5).status_code == 200
    judge_risk(not_sooner=NEVER)
    assert RiskFinding.objects.filter(rule__code=CODE, rank=2).exists()
    assert load_risk_rules() == 0
    assert RiskRule.objects.get(code=CODE).minimum == 3


def test_history_says_who_changed_which_field(admin: User) -> None:
    put(admin, warning=4, levels=["street"])
    (told,) = browser(admin).get(f"{RULES}/history").json()["items"]
    assert (told["by"], told["name"]) == ("许管理", "同类案件一周激增")
    assert {one["field"]: (one["before"], one["after"]) for one in told["fields"]} == {
        "warning": (3, 4),
        "levels": (["district", "street", "community", "grid"], ["street"]),
    }


def test_the_second_of_two_administrators_is_told(admin: User) -> None:
    put(admin, warning=4)
    late = put(admin, warning=3.5)
    assert (late.status_code, late.json()["code"], late.json()["current_version"]) == (409, "stale_version", 2)


def test_another_rule_may_be_written(admin: User, stage: Stage) -> None:
    answer = put(admin, code="stalls_week", version=0, name="占道一周激增", type_codes=[stage.kind.code])
    assert answer.status_code == 200
    made = RiskRule.objects.get(code="stalls_week")
    assert (made.version, made.set_by, RiskRule.objects.last()) == (1, admin, made)
    assert faults(put(admin, code="Stalls-Week", version=0)) == (422, [("code", "code")])
    assert put(admin, code="nowhere", version=3).status_code == 404
    assert put(admin, version=0).status_code == 409


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"attention": 0}, [("attention", "out_of_range")]),
        ({"alarm": 20_000}, [("alarm", "out_of_range")]),
        ({"warning": 1}, [("warning", "falls")]),
        ({"window_days": 0}, [("window_days", "out_of_range")]),
        ({"window_days": 366}, [("window_days", "too_long")]),
        ({"compared": 13}, [("compared", "out_of_range")]),
        ({"compared": 0}, [("compared", "needed")]),
        ({"minimum": 0}, [("minimum", "out_of_range")]),
        ({"statistic": "recurrence", "alarm": 6}, [("alarm", "unreachable")]),
        ({"levels": []}, [("levels", "required")]),
        ({"measure": "sent"}, [("measure", "unknown")]),
        ({"type_codes": ["no_such_type"]}, [("type_codes", "unknown")]),
        ({"name": " "}, [("name", "required")]),
    ],
)
def test_what_cannot_be_judged_by_is_refused_at_its_field(
    admin: User, fields: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    assert faults(put(admin, **fields)) == (422, expected)
    assert faults(try_(admin, **fields)) == (422, expected)
    assert RiskRule.objects.get(code=CODE).version == 1


def test_a_draft_is_tried_on_the_last_four_weeks(admin: User, stage: Stage) -> None:
    reported(stage, 8, 3)
    reported(stage, 1, 6)
    read_new_history()
    told = try_(admin, minimum=3).json()
    assert len(told["weeks"]) == 4
    newest, week_before = told["weeks"][:2]
    assert (newest["now"]["places"], newest["now"]["events"]) == ([0, 0, 1], [0, 0, 6])
    assert week_before["now"]["places"] == [0, 0, 0]
    assert (week_before["then"]["places"], week_before["then"]["events"]) == ([0, 1, 0], [0, 3, 0])
    assert {one["level"]: one["then"]["places"] for one in told["levels"]} == dict.fromkeys(
        ("district", "street", "community", "grid"), [0, 0, 1]
    )
    assert not RiskFinding.objects.exists()


def test_a_rule_that_is_switched_off_finds_nothing(admin: User, stage: Stage) -> None:
    reported(stage, 1, 6)
    read_new_history()
    told = try_(admin, is_on=False).json()["weeks"][0]
    assert (told["now"]["places"], told["then"]["places"]) == ([0, 0, 1], [0, 0, 0])


@pytest.mark.parametrize("role", [Role.GRID_ADMIN, Role.DUTY_CHIEF, Role.LEADER])
def test_who_answers_for_cases_reads_and_does_not_set(stage: Stage, role: str) -> None:
    reader = stage.seat(role)
    assert browser(reader).get(RULES).json()["may_edit"] is False
    assert browser(reader).get(f"{RULES}/history").status_code == 200
    assert put(reader).status_code == 403
    assert try_(reader).status_code == 403


@pytest.mark.parametrize("path", [RULES, f"{RULES}/history"])
def test_others_do_not_read_them(stage: Stage, path: str) -> None:
    assert browser(stage.acceptor).get(path).status_code == 403


def test_a_trial_costs_a_statement_for_each_week_and_level(admin: User, django_assert_max_num_queries: Any) -> None:
    client, body = browser(admin), content()
    client.get(RULES)
    with django_assert_max_num_queries(4):
        client.get(RULES)
    with django_assert_max_num_queries(24):
        client.post(f"{RULES}/{CODE}/trial", body, format="json")
