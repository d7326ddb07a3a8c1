"""Patrols are made from the lists of duties: once for each round, to somebody of the grid who is on duty."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from core.actor import SYSTEM
from core.clock import CITY_ZONE
from dispatch.actions import task_moves
from dispatch.actions.duty_rounds import make_due_rounds
from dispatch.actions.grid_teams import name_member
from dispatch.actions.task_moves import Outcome
from dispatch.models import DutyEntry, DutyRound, FieldTask, Responder
from dispatch.queries.rounds import rounds_of
from dispatch.rules.geofence import Fix
from dispatch.rules.rounds import period_of, round_at
from tests.dispatch import factories
from tests.grids.conftest import client_of
from tests.grids.town import DISTRICT, Town, build_town

COMMUNITY = f"{DISTRICT}.001.001"
GRID, BESIDE = f"{COMMUNITY}.g001", f"{COMMUNITY}.g002"
MORNING = datetime(2026, 3, 4, 9, 30, tzinfo=CITY_ZONE)
"""A Wednesday."""


@pytest.fixture
def town(db: None, time_machine: Any) -> Town:
    time_machine.move_to(MORNING, tick=False)
    return build_town()


@pytest.fixture
def grid_admin(town: Town) -> Client:
    return client_of("gridadmin", "grid_admin", town, DISTRICT)


def line(**fields: Any) -> DutyEntry:
    values = {"area_path": COMMUNITY, "level": "grid", "kind": "task", "title": "沿街巡查", "post": "full_time"}
    return DutyEntry.objects.create(**{**values, "times": 2, "per": "week", "makes_tasks": True, **fields})


def worker(path: str = GRID, **fields: Any) -> Responder:
    return factories.responder(area_path=path, **fields)


def write(client: Client, **fields: Any) -> Any:
    body = {"area_path": GRID, "level": "grid", "kind": "task", "title": "沿街巡查", "post": "full_time", "per": "day"}
    return client.post("/api/v1/duty-lists", {**body, **fields}, content_type="application/json")


def edit(client: Client, made: dict[str, Any], **fields: Any) -> Any:
    body = {name: value for name, value in made.items() if name not in ("id", "rounds")} | fields
    return client.put(f"/api/v1/duty-lists/{made['id']}", body, content_type="application/json")


def test_when_a_line_is_due_somebody_of_each_grid_is_sent_once(town: Town) -> None:
    own, other = worker(), worker(BESIDE)
    line()
    assert [make_due_rounds(at=MORNING), make_due_rounds(at=MORNING + timedelta(hours=1))] == [2, 0]
    tasks = FieldTask.objects.order_by("area_path")
    assert [(task.assignee_id, task.kind, task.title, task.area_path) for task in tasks] == [
        (own.pk, "patrol", "沿街巡查", GRID),
        (other.pk, "patrol", "沿街巡查", BESIDE),
    ]
    assert {task.due_at for task in tasks} == {datetime(2026, 3, 5, 12, tzinfo=CITY_ZONE)}


def test_the_next_round_of_the_period_is_one_of_its_own(town: Town) -> None:
    entry = line(times=7)
    factories.shift(worker(), hours=200)
    make_due_rounds(at=MORNING)
    make_due_rounds(at=MORNING + timedelta(days=1))
    rounds = DutyRound.objects.filter(entry=entry).order_by("nth")
    assert [(one.starts_on, one.nth) for one in rounds] == [(date(2026, 3, 2), 3), (date(2026, 3, 2), 4)]


def test_nobody_is_sent_who_is_off_duty_and_it_is_tried_again(town: Town) -> None:
    off = worker(on_duty=False)
    line()
    assert make_due_rounds(at=MORNING) == 0
    factories.shift(off)
    assert make_due_rounds(at=MORNING) == 1


def test_nobody_is_sent_at_night_nor_for_what_is_done_when_needed(town: Town) -> None:
    worker()
    line(per="need")
    line(makes_tasks=False)
    assert make_due_rounds(at=MORNING) == 0
    line()
    assert make_due_rounds(at=MORNING.replace(hour=3)) == 0


def test_a_post_is_asked_of_who_holds_it_and_of_the_one_with_least_to_do(town: Town) -> None:
    worker()
    busy, idle = worker(BESIDE), worker(BESIDE)
    factories.task(assignee=busy, kind="handle")
    for one in (busy, idle):
        name_member(grid_path=GRID, post="volunteer", name=one.name, responder_id=one.pk, actor=SYSTEM)
    line(area_path=GRID, post="volunteer")
    make_due_rounds(at=MORNING)
    assert FieldTask.objects.get(kind="patrol").assignee_id == idle.pk


def test_the_team_of_a_grid_tells_how_its_rounds_stand(town: Town, grid_admin: Client) -> None:
    own = worker()
    line(times=7)
    make_due_rounds(at=MORNING)
    task = FieldTask.objects.get()
    asked = {"grid_path": GRID}
    assert grid_admin.get("/api/v1/grid-teams", asked).json()["duties"][0]["rounds"] == {
        "done": 0,
        "open": 1,
        "so_far": 3,
    }
    actor = factories.actor_of(own)
    there = Fix(task.point.x, task.point.y)
    task = task_moves.accept(task_id=task.pk, version=task.version, actor=actor)
    task = task_moves.arrive(task_id=task.pk, version=task.version, actor=actor, fix=there)
    task_moves.done(task_id=task.pk, version=task.version, actor=actor, outcome=Outcome(passed=True))
    assert grid_admin.get("/api/v1/grid-teams", asked).json()["duties"][0]["rounds"] == {
        "done": 1,
        "open": 0,
        "so_far": 3,
    }


def test_rounds_of_earlier_periods_are_not_read(town: Town) -> None:
    entry = line()
    for day in (date(2026, 3, 2), date(2026, 2, 23)):
        task = factories.task(kind="patrol")
        DutyRound.objects.create(entry=entry, grid_path=GRID, starts_on=day, nth=1, task=task)
    FieldTask.objects.update(state="done", ended_at=MORNING, result={"passed": True})
    with CaptureQueriesContext(connection) as statements:
        assert rounds_of(GRID, [entry], MORNING)[entry.pk].done == 1
    assert [one["sql"].count("\"starts_on\" IN ('2026-03-02'") for one in statements] == [1]


def test_a_line_that_is_removed_calls_its_people_back(town: Town, grid_admin: Client) -> None:
    worker()
    made = write(grid_admin, makes_tasks=True).json()
    make_due_rounds(at=MORNING)
    grid_admin.delete(f"/api/v1/duty-lists/{made['id']}?version=1")
    assert FieldTask.objects.get().state == "withdrawn"
    assert DutyRound.objects.get().entry is None


def test_people_on_the_spot_stay_when_only_the_words_of_a_line_change(town: Town, grid_admin: Client) -> None:
    worker()
    made = write(grid_admin, makes_tasks=True).json()
    make_due_rounds(at=MORNING)
    FieldTask.objects.update(state="arrived")
    assert edit(grid_admin, made, title="沿街巡查和劝导", group="巡查", rank=3).status_code == 200
    assert make_due_rounds(at=MORNING) == 0
    assert FieldTask.objects.get().state == "arrived"


@pytest.mark.parametrize(
    "change", [{"post": "part_time"}, {"times": 2}, {"per": "week"}, {"area_path": COMMUNITY}, {"level": "micro_grid"}]
)
def test_people_are_called_back_when_it_changes_who_goes_where_or_how_often(
    town: Town, grid_admin: Client, change: dict[str, Any]
) -> None:
    worker()
    made = write(grid_admin, makes_tasks=True).json()
    make_due_rounds(at=MORNING)
    assert edit(grid_admin, made, **change).status_code == 200
    assert (FieldTask.objects.get().state, DutyRound.objects.count()) == ("withdrawn", 0)


def test_a_round_that_was_called_off_is_asked_anew_of_the_post_that_the_line_names_now(
    town: Town, grid_admin: Client
) -> None:
    worker()
    other = worker(BESIDE)
    name_member(grid_path=GRID, post="part_time", name=other.name, responder_id=other.pk, actor=SYSTEM)
    made = write(grid_admin, makes_tasks=True).json()
    make_due_rounds(at=MORNING)
    edit(grid_admin, made, post="part_time")
    assert make_due_rounds(at=MORNING) == 1
    assert FieldTask.objects.get(state="issued").assignee_id == other.pk


def test_a_round_that_was_done_is_not_asked_anew(town: Town, grid_admin: Client) -> None:
    worker()
    made = write(grid_admin, makes_tasks=True, times=2).json()
    make_due_rounds(at=MORNING)
    FieldTask.objects.update(state="done", ended_at=MORNING)
    edit(grid_admin, made, times=1)
    assert make_due_rounds(at=MORNING) == 0
    assert DutyRound.objects.count() == 1


def test_nobody_is_sent_minutes_before_the_round_ends(town: Town) -> None:
    worker()
    line(per="day", times=2)
    assert [make_due_rounds(at=MORNING.replace(hour=11, minute=minute)) for minute in (31, 30)] == [0, 1]


def test_a_line_that_sends_people_leaves_an_hour_for_each_round(town: Town, grid_admin: Client) -> None:
    answer = write(grid_admin, makes_tasks=True, times=25)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "times")
    assert [write(grid_admin, makes_tasks=True, times=24).status_code, write(grid_admin, times=99).status_code] == [
        201
    ] * 2
    made = write(grid_admin, times=99).json()
    assert edit(grid_admin, made, makes_tasks=True).status_code == 422


def test_what_is_done_when_needed_cannot_make_tasks(grid_admin: Client) -> None:
    answer = write(grid_admin, per="need", makes_tasks=True)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "makes_tasks")


def test_the_number_of_statements_does_not_grow_with_grids_nobody_works_in(town: Town) -> None:
    counts = []
    for area in (GRID, DISTRICT):
        DutyEntry.objects.all().delete()
        line(area_path=area)
        with CaptureQueriesContext(connection) as statements:
            make_due_rounds(at=MORNING)
        counts.append(len(statements))
    assert counts[0] == counts[1]


@given(
    st.sampled_from(["day", "week", "month", "quarter", "year"]),
    st.integers(1, 99),
    st.dates(date(2024, 1, 1), date(2030, 12, 31)),
    st.times(),
)
def test_every_moment_lies_in_one_round_that_ends_after_it_and_within_its_period(
    per: str, times: int, day: date, clock: time
) -> None:
    at = datetime.combine(day, clock, CITY_ZONE)
    due, period = round_at(per, times, at), period_of(per, at.date())
    assert due is not None
    assert period is not None
    assert due.starts_on == period[0] <= at.date() < period[1]
    assert 1 <= due.nth <= times
    assert at <= due.ends + timedelta(seconds=1)
    assert due.ends.date() <= period[1]
