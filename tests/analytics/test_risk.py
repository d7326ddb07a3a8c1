"""Risk is judged by rules over what history says, with its reasons and the events behind each finding."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from psycopg2.extras import DateTimeTZRange

from accounts.models import User
from accounts.roles import Role
from analytics.actions.lives import read_new_history
from analytics.actions.risk import judge_risk, load_risk_rules
from analytics.errors import RiskRulesInvalid
from analytics.models import EventLife, RiskFinding, RiskRule
from analytics.rules.risk import Counted, rank_of, value_of
from core.clock import as_of, now
from events.actions.perform import perform
from events.models import Event
from events.moves import Move
from events.queries.catalogue import forget
from grids.models import AreaBoundary
from tests.events.stage import GRID, OTHER_STREET, STREET, Stage, browser, build_stage
from tests.factories import person_with

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
def leader(stage: Stage) -> User:
    return stage.seat(Role.LEADER, name="分管领导")


def reported(stage: Stage, days_ago: float, count: int = 1, source: str = "hotline_12345") -> list[Event]:
    with as_of(now() - timedelta(days=days_ago)):
        return [stage.report(source=source) for _ in range(count)]


def judge() -> dict[str, list[RiskFinding]]:
    read_new_history()
    judge_risk(not_sooner=NEVER)
    found: dict[str, list[RiskFinding]] = {}
    for row in RiskFinding.objects.select_related("rule").order_by("id"):
        found.setdefault(row.rule.code, []).append(row)
    return found


def test_four_kinds_are_judged_at_four_levels(stage: Stage) -> None:
    rules = RiskRule.objects.filter(is_on=True)
    of_kinds: dict[str, set[str]] = {}
    for rule in rules:
        of_kinds.setdefault(rule.kind, set()).update(rule.levels)
    assert of_kinds == dict.fromkeys(RiskRule.Kind.values, {"district", "street", "community", "grid"})


def test_a_surge_of_one_kind_is_an_outbreak_at_every_level(stage: Stage) -> None:
    for week in range(1, 5):
        reported(stage, 7 * week + 3)
    reported(stage, 2, 6)
    found = judge()["outbreak_week"]
    assert {(row.level, row.rank, row.value, row.current, tuple(row.past)) for row in found} == {
        (level, 3, 6.0, 6, (1, 1, 1, 1)) for level in ("district", "street", "community", "grid")
    }


def test_where_history_has_only_begun_nothing_is_unusual_yet(stage: Stage) -> None:
    reported(stage, 2, 6)
    read_new_history()
    EventLife.objects.filter(reported_at__lt=now() - timedelta(days=50)).delete()
    judge_risk(not_sooner=NEVER)
    assert not RiskFinding.objects.filter(rule__kind="outbreak").exists()


def test_what_is_usual_is_no_outbreak(stage: Stage) -> None:
    for week in range(5):
        reported(stage, 7 * week + 3, 5)
    assert "outbreak_week" not in judge()


def test_what_comes_back_every_week_is_a_cycle(stage: Stage) -> None:
    for week in range(4):
        for event in reported(stage, 7 * week + 3, 3):
            with as_of(event.reported_at + timedelta(minutes=5)):
                perform(event.pk, Move.FILE, stage.acceptor.as_actor(), condition_id=stage.condition.pk)
    row = next(row for row in judge()["cycle_week"] if row.level == "grid")
    assert (row.value, row.rank, row.current) == (4.0, 2, 3)


def test_complaints_in_one_grid_spread_to_households(stage: Stage) -> None:
    reported(stage, 3, 4)
    rows = judge()["spread_week"]
    assert [(row.level, row.value) for row in rows] == [("grid", 4.0)]


def test_what_stands_open_for_a_month_sinks(stage: Stage) -> None:
    old = reported(stage, 45, 2, source="inspection")
    reported(stage, 10, 1, source="inspection")
    with as_of(now() - timedelta(days=1)):
        perform(old[0].pk, Move.REJECT, stage.acceptor.as_actor(), reason="不属于受理范围")
    rows = judge()["backlog_month"]
    assert {(row.level, row.current, row.rank) for row in rows} == {
        (level, 1, 1) for level in ("district", "street", "community", "grid")
    }


def ask(user: User, address: str = "risks", **query: Any) -> Any:
    return browser(user).get(f"/api/v1/{address}", query)


def test_every_finding_opens_as_many_events_as_it_counts(stage: Stage, leader: User) -> None:
    reported(stage, 45, 2)
    reported(stage, 2, 6)
    judge()
    items = ask(leader, limit=200).json()["items"]
    assert items
    for one in items:
        behind = ask(leader, f"risks/{one['id']}/events", limit=200).json()["items"]
        assert (len(behind), {row["event"]["type_code"] for row in behind}) == (one["current"], {one["type_code"]})


def test_a_finding_says_why(stage: Stage, leader: User) -> None:
    reported(stage, 2, 6)
    judge()
    one = ask(leader, kind="outbreak", level="street").json()["items"][0]
    reasons = ("rule", "statistic", "value", "threshold", "current", "past", "window_days")
    assert {name: one[name] for name in reasons} == {
        "rule": "同类案件一周激增", "statistic": "surge", "value": 6.0, "threshold": 5.0, "current": 6,
        "past": [0, 0, 0, 0], "window_days": 7,
    }  # fmt: skip


def test_risks_are_shown_to_those_who_answer_for_the_area(stage: Stage, leader: User) -> None:
    reported(stage, 2, 6)
    judge()
    here = person_with(Role.LEADER, area=stage.town[STREET])
    elsewhere = person_with(Role.LEADER, area=stage.town[OTHER_STREET])
    finding = RiskFinding.objects.filter(level="street").first()
    assert finding is not None
    assert Counter(one["level"] for one in ask(here).json()["items"])["district"] == 0
    assert ask(elsewhere).json()["items"] == []
    assert ask(elsewhere, f"risks/{finding.pk}/events").status_code == 404
    assert ask(stage.worker.user).status_code == 403  # type: ignore[arg-type]
    assert ask(leader, area=GRID).json()["items"][0]["level"] == "grid"
    assert ask(leader, level="nation").status_code == 422


def test_judging_on_demand_is_for_judges_and_not_twice_a_minute(stage: Stage, leader: User) -> None:
    reported(stage, 2, 6)
    read_new_history()
    first = browser(leader).post("/api/v1/risks/judge").json()
    again = browser(leader).post("/api/v1/risks/judge").json()
    assert first == again and first["found"] > 0
    assert browser(stage.acceptor).post("/api/v1/risks/judge").status_code == 403


def test_judging_costs_three_statements_a_rule_and_level(stage: Stage, django_assert_max_num_queries: Any) -> None:
    reported(stage, 2, 6)
    read_new_history()
    looks = sum(len(rule.levels) for rule in RiskRule.objects.filter(is_on=True))
    with django_assert_max_num_queries(3 * looks + 10):
        judge_risk(not_sooner=NEVER)


def test_an_administrators_thresholds_are_kept(stage: Stage) -> None:
    RiskRule.objects.filter(code="outbreak_week").update(alarm=9)
    assert (load_risk_rules(), RiskRule.objects.get(code="outbreak_week").alarm) == (0, 9)


@pytest.mark.parametrize("measure", ["signed", "whole_minutes", "nonsense"])
def test_a_rule_over_something_else_than_events_is_refused(stage: Stage, tmp_path: Path, measure: str) -> None:
    wrong = tmp_path / "rules.yaml"
    wrong.write_text(
        f"rules: [{{code: a, kind: outbreak, name: a, name_en: a, statistic: surge, measure: {measure}, "
        "levels: [grid], window_days: 7, minimum: 1, attention: 1, warning: 2, alarm: 3}]"
    )
    with pytest.raises(RiskRulesInvalid):
        load_risk_rules(wrong)


numbers = st.integers(0, 50)


@given(current=numbers, past=st.lists(numbers, max_size=6), places=numbers, minimum=st.integers(1, 5))
def test_more_events_are_never_less_risk(current: int, past: list[int], places: int, minimum: int) -> None:
    for statistic in ("surge", "recurrence", "spread", "number"):
        less = value_of(statistic, Counted(current, tuple(past), places), minimum)
        more = value_of(statistic, Counted(current + 1, tuple(past), places), minimum)
        assert 0 <= less <= more


def test_ranks_count_the_thresholds_reached() -> None:
    assert [rank_of(value, (2, 3, 5)) for value in (1.9, 2, 3, 4.9, 5)] == [0, 1, 2, 2, 3]


def test_a_judgement_is_dated(stage: Stage, leader: User) -> None:
    assert ask(leader).json()["judged_at"] is None
    judge()
    assert datetime.fromisoformat(ask(leader).json()["judged_at"]) <= now()
