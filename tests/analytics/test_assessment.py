"""The assessment counts what history says: against a recomputation that goes through every row by hand."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from psycopg2.extras import DateTimeTZRange
from rest_framework.test import APIClient

from accounts.models import User
from accounts.roles import Role
from analytics.actions.indicators import load_indicators
from analytics.actions.lives import derive_all
from analytics.models import EventLife, Indicator
from analytics.queries.indicators import Asked, Period, assessment, events_behind, measured
from analytics.queries.measures import MEASURES
from core.history.record import of_subject
from core.models import HistoryRow
from events.models import Event
from events.queries.catalogue import forget
from grids.models import AreaBoundary
from tests.analytics.city_weeks import Weeks, clocks_of
from tests.events.stage import OTHER_STREET, Stage, browser, build_stage
from tests.factories import person_with

BEGINS = datetime(2026, 10, 12, 1, tzinfo=UTC)
WEEKS = 14
PERIOD = Period(date(2026, 10, 12), date(2026, 11, 8))


@pytest.fixture
def stage(db: None) -> Iterator[Stage]:
    yield build_stage()
    forget()


@pytest.fixture
def assessor(stage: Stage) -> User:
    return stage.seat(Role.ASSESSOR, name="考核员")


@pytest.fixture
def weeks(stage: Stage) -> list[Event]:
    load_indicators()
    AreaBoundary.objects.update(validity=DateTimeTZRange(BEGINS - timedelta(days=1), None))
    events = Weeks(stage, BEGINS, seed=11).play(WEEKS)
    derive_all()
    return events


def runs_of(event: Event) -> list[list[HistoryRow]]:
    """The rows of each run, by hand."""
    runs: list[list[HistoryRow]] = [[]]
    for row in of_subject("event", event.pk):
        if row.move == "reopen":
            runs.append([])
        runs[-1].append(row)
    return runs


def first(rows: list[HistoryRow], *moves: str) -> HistoryRow | None:
    return next((row for row in rows if row.move in moves), None)


def last(rows: list[HistoryRow], *moves: str) -> HistoryRow | None:
    return first(rows[::-1], *moves)


def inside(row: HistoryRow | None) -> bool:
    return row is not None and PERIOD.begins <= row.at < PERIOD.ends


def late(row: HistoryRow, kind: str) -> bool:
    """Did the clock stop late with this row? Read from the ledger of clocks, not from the reading in history."""
    stopped = [clock for clock in clocks_of(row.subject_id, kind) if clock.stopped_at == row.at]
    return any(clock.overdue_seconds > 0 for clock in stopped)


def late_within(rows: list[HistoryRow], kind: str) -> bool:
    until = rows[-1].at
    stopped = [c for c in clocks_of(rows[0].subject_id, kind) if c.stopped_at and rows[0].at <= c.stopped_at <= until]
    return any(clock.overdue_seconds > 0 and clock.state == "stopped" for clock in stopped)


def counted_by_hand(events: list[Event]) -> Counter[str]:
    found: Counter[str] = Counter()
    for event in events:
        for number, rows in enumerate(runs_of(event)):
            filed, closed = first(rows, "file"), first(rows, "close")
            accepted = last(rows, "file", "reject")
            verdict, finished = last(rows, "check_pass", "check_fail"), last(rows, "finish")
            failed = [row for row in rows if row.move == "check_fail"]
            found["reported"] += inside(rows[0])
            found["filed"] += inside(filed) or (number > 0 and inside(rows[0]))
            found["valid_reports"] += inside(rows[0]) and (filed is not None or number > 0)
            found["closed"] += inside(closed)
            found["accepted"] += inside(accepted)
            found["accepted_on_time"] += inside(accepted) and not late(accepted, "accept")  # type: ignore[arg-type]
            found["verdicts"] += inside(verdict)
            found["first_passes"] += inside(verdict) and first(rows, "check_pass", "check_fail").move == "check_pass"  # type: ignore[union-attr]
            found["reworked"] += inside(verdict) and bool(failed)
            found["closed_on_time"] += inside(closed) and not late_within(rows, "handling")
            found["verdicts_on_time"] += inside(verdict) and not late_within(rows, "check")
            found["dispatches"] += inside(first(rows, "dispatch"))
            found["citizens"] += inside(rows[0]) and event.has_citizen
            after = rows[rows.index(finished) :] if finished is not None else []
            sent_back = any(row.move in ("check_fail", "reject_feedback") for row in after)
            found["handled"] += inside(finished) and not sent_back
            found["sent_back"] += inside(finished) and not sent_back and bool(failed)
            found["sent"] += sum(inside(row) for row in rows if row.move == "dispatch")
            found["extended"] += first(rows, "grant_extension") is not None and inside(last(rows, "dispatch"))
    return found


def test_every_count_is_what_a_walk_through_history_finds(weeks: list[Event], assessor: User) -> None:
    by_hand = counted_by_hand(weeks)
    area = measured(Asked("area", PERIOD), assessor.as_actor(), list(by_hand), PERIOD)[None]
    assert {name: area[name] for name in by_hand} == {name: float(count) for name, count in by_hand.items()}


def test_returns_are_counted_for_the_department_that_made_them(weeks: list[Event], assessor: User) -> None:
    by_hand: dict[int, Counter[str]] = {}
    for event in weeks:
        for rows in runs_of(event):
            unit, returned, refused, shirked = 0, False, False, False
            for row in rows:
                if row.move == "dispatch":
                    unit, returned, refused, shirked = row.facts["unit"], False, False, False
                    by_hand.setdefault(unit, Counter())["sent"] += 1
                if row.move == "return":
                    by_hand[unit]["returned"] += not returned
                    by_hand[unit]["shirked"] += refused and not shirked
                    shirked = refused
                    returned = True
                if row.move == "refuse_return":
                    refused = True
    names = ["sent", "returned", "shirked"]
    found = measured(Asked("department", PERIOD), assessor.as_actor(), names, PERIOD)
    for unit, counts in by_hand.items():
        assert {name: found[unit][name] for name in names} == {name: counts[name] for name in names}
    assert sum(counts["returned"] for counts in by_hand.values()) == found[None]["returned"] > 0


def test_the_table_is_the_formulas_over_the_measures(weeks: list[Event], assessor: User) -> None:
    table = assessment(Asked("area", PERIOD), assessor.as_actor())
    rate = table["whole"]["closing_rate"]
    counts = rate["measures"]
    assert rate["value"] == round(counts["closed"] / (counts["should_close"] - counts["suspended"]), 4)
    assert 0 < rate["value"] <= 1
    assert table["read_until"] is not None


def test_every_number_opens_the_events_it_counts(weeks: list[Event], assessor: User) -> None:
    actor = assessor.as_actor()
    for subject in ("area", "department"):
        asked = Asked(subject, PERIOD)
        for row in assessment(asked, actor)["rows"]:
            for cell in row["cells"].values():
                for name, number in cell["measures"].items():
                    behind = events_behind(asked, actor, name, row["key"]).count()
                    assert MEASURES[name].between or behind <= number
                    assert (behind == 0) == (number == 0)


def test_an_upheld_appeal_takes_the_event_out_of_what_is_judged(weeks: list[Event], assessor: User) -> None:
    before = measured(Asked("area", PERIOD), assessor.as_actor(), ["closed", "reported"], PERIOD)[None]
    EventLife.objects.filter(pk=EventLife.objects.filter(ended_as="closed").earliest("id").pk).update(is_exempt=True)
    after = measured(Asked("area", PERIOD), assessor.as_actor(), ["closed", "reported"], PERIOD)[None]
    assert (before["closed"] - after["closed"], before["reported"] - after["reported"]) == (1, 0)


def test_reading_history_again_changes_nothing(weeks: list[Event]) -> None:
    fields = [field.attname for field in EventLife._meta.fields if field.attname != "id"]
    once = list(EventLife.objects.order_by("event_id", "run").values_list(*fields))
    derive_all()
    assert list(EventLife.objects.order_by("event_id", "run").values_list(*fields)) == once


def test_a_period_is_compared_with_the_one_before_and_a_year_before() -> None:
    assert PERIOD.before() == Period(date(2026, 9, 14), date(2026, 10, 11))
    assert Period(date(2028, 2, 29), date(2028, 3, 1)).year_before() == Period(date(2027, 2, 28), date(2027, 3, 1))
    assert PERIOD.ends - PERIOD.begins == timedelta(days=28)


def ask(user: User, address: str = "assessment", **query: Any) -> Any:
    asked = {"subject": "area", "first": "2026-10-12", "last": "2026-11-08"} | query
    return browser(user).get(f"/api/v1/{address}", asked)


def test_the_table_and_its_events_over_http(weeks: list[Event], assessor: User) -> None:
    table = ask(assessor, compare="before").json()
    assert [row["name"] for row in table["rows"]]
    assert table["whole"]["closing_rate"]["before"] is None
    behind = ask(assessor, "assessment/events", measure="closed").json()["items"]
    assert len(behind) <= table["whole"]["closing_rate"]["measures"]["closed"]


def test_a_department_sees_its_own_figures_only(weeks: list[Event], stage: Stage) -> None:
    rows = ask(stage.desk, subject="department").json()["rows"]
    assert {row["key"] for row in rows} <= {stage.department.pk}


def test_how_people_did_is_for_those_who_judge_them(stage: Stage) -> None:
    assert ask(stage.acceptor, subject="acceptor").status_code == 403
    assert ask(stage.worker.user).status_code == 403  # type: ignore[arg-type]


def test_another_area_is_not_told_of(weeks: list[Event], stage: Stage) -> None:
    stranger = person_with(Role.ASSESSOR, area=stage.town[OTHER_STREET])
    assert ask(stranger).json()["rows"] == []
    assert ask(stranger, area=stage.district.path).status_code == 404


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"first": "2026-11-09"}, 422),
        ({"first": "2020-01-01"}, 422),
        ({"subject": "mayor"}, 422),
        ({"first": "yesterday"}, 422),
    ],
)
def test_an_impossible_question_is_answered_so(assessor: User, query: dict[str, str], status: int) -> None:
    assert ask(assessor, **query).status_code == status


def test_a_formula_is_changed_by_the_assessor_and_kept_when_loaded_again(assessor: User) -> None:
    load_indicators()
    client: APIClient = browser(assessor)
    answer = client.patch("/api/v1/indicators/closing_rate", {"formula": "closed / should_close"}, format="json")
    assert answer.json()["measures"][0]["name"] == "closed"
    load_indicators()
    assert Indicator.objects.get(code="closing_rate").formula == "closed / should_close"
    assert of_subject("indicator", Indicator.objects.get(code="closing_rate").pk)[0].facts["before"]


@pytest.mark.parametrize(
    "formula", ["closed /", "__import__('os')", "closed / nonsense", "closed / sent", "1 + 1", "closed ** 9"]
)
def test_a_formula_that_cannot_be_computed_is_refused_in_words(assessor: User, formula: str) -> None:
    load_indicators()
    answer = browser(assessor).patch("/api/v1/indicators/closing_rate", {"formula": formula}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (422, "formula_invalid")
