"""The whole table of the event, row by row and state by state: made by who may, refused to everybody else."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.db import transaction

from accounts.calendars import forget_versions
from accounts.roles import Role
from core.actor import SYSTEM, SYSTEM_ROLE, Actor
from core.deadlines.verify import differences
from core.errors import Forbidden, NotFound
from core.history.record import of_subject
from core.history.verify import broken_chains
from core.models import Deadline
from dispatch.models import FieldTask
from events.actions.moving import begin
from events.actions.perform import ACTIONS
from events.lifecycle import EVENT, EVENT_STATES, OPEN_STATES
from events.models import ClockLimit, Condition, Event, EventType, Reminder, Request, WorkOrder
from events.moves import BY_REQUEST, BY_TASK, Move
from events.queries.catalogue import forget
from tests.events.plays import PLAYS, World, build_world
from tests.events.stage import build_stage
from tests.factories import OrgUnitFactory, person_with

STATES = [state for state in EVENT_STATES if state]
TO = {("unmerge", "merged"): "reported", ("reopen", "rejected"): "reported", "reopen": "filed"}
"""Where the table leaves the target to the action and the event does not stay where it is."""
RUNNING = {
    "reported": {"accept"},
    "verifying": {"verify"},
    "filed": {"dispatch"},
    "dispatched": {"sign", "handling"},
    "returned": {"dispatch"},
    "handling": {"handling"},
    "handled": {"check"},
    "checking": {"check"},
    "checked": {"close"},
    "closed": {"rating"},
}
PAUSED = {"verifying": {"accept"}, "returned": {"handling"}, "suspended": {"handling"}}
ASKED_OF_PEOPLE = sorted(set(ACTIONS) - BY_TASK - BY_REQUEST)


@pytest.fixture
def world(db: None) -> Iterator[World]:
    """A type that may be settled on the spot, its handling counted in working hours; every sample is looked at."""
    ClockLimit.objects.create(kind="self_handling_audit", limit_type="percent", limit_amount=100)
    forget_versions()
    stage = build_stage()
    EventType.objects.filter(pk=stage.kind.pk).update(allows_self_handling=True)
    Condition.objects.update(limit_type="working_hours", limit_amount=Decimal(80))
    forget()
    yield build_world(stage)
    forget()
    forget_versions()


def expected(move: str, state: str, target: str | None) -> str:
    return target or TO.get((move, state)) or TO.get(move, state)


def made_rows(event: Event, move: str) -> list[tuple[str, str]]:
    return [(row.from_state, row.to_state) for row in of_subject("event", event.pk) if row.move == move]


def clocks(event: Event, state: str) -> set[str]:
    kinds = Deadline.objects.filter(subject_kind="event", subject_id=event.pk, state=state)
    return set(kinds.values_list("kind", flat=True))


@pytest.mark.parametrize("state", STATES)
def test_every_row_of_the_state_is_made_and_leaves_everything_in_step(world: World, state: str) -> None:
    for row in EVENT.rows_from(state):
        with transaction.atomic():
            event = PLAYS[row.move](world, world.bring(state, followed=row.move == Move.LOSE_FOLLOWER))
            assert (row.move, (state, expected(row.move, state, row.target))) in [
                (row.move, made) for made in made_rows(event, row.move)
            ]
            in_step(Event.objects.get(pk=event.pk), row.move)
            transaction.set_rollback(True)


def in_step(event: Event, move: str) -> None:
    """What must hold after any move, whichever it was."""
    history = of_subject("event", event.pk)
    assert (move, len(history), history[-1].to_state) == (move, event.version, event.state)
    assert all(step.role for step in history)
    assert (move, clocks(event, "running")) == (move, RUNNING.get(event.state, set()))
    assert event.state == "merged" or clocks(event, "paused") == PAUSED.get(event.state, set())
    assert list(differences()) == []
    assert list(broken_chains()) == []
    if event.state not in OPEN_STATES:
        nothing_is_left_open(event, move)


def nothing_is_left_open(event: Event, move: str) -> None:
    tasks = FieldTask.objects.open().filter(subject_id=event.pk, payload__audit=None)
    reminders = Reminder.objects.waiting().filter(event=event)
    requests = Request.objects.open().filter(event=event).exclude(kind="appeal")
    legs = WorkOrder.objects.open().filter(event=event)
    assert (move, [list(rows) for rows in (tasks, reminders, requests, legs)]) == (move, [[], [], [], []])


@pytest.mark.parametrize("state", STATES)
def test_every_row_of_the_state_is_refused_to_every_role_it_does_not_name(world: World, state: str) -> None:
    event = world.bring(state)
    stage = world.stage
    everybody: list[tuple[str, Actor]] = [
        (role, person_with(role, area=stage.district, unit=stage.centre).as_actor()) for role in Role.values
    ]
    everybody += [
        (SYSTEM_ROLE, SYSTEM),
        ("stranger", person_with(Role.HANDLER, unit=OrgUnitFactory.create()).as_actor()),
    ]
    rows = EVENT.rows_from(state)
    for row, actor in ((row, actor) for row in rows for role, actor in everybody if role not in row.roles):
        with pytest.raises((Forbidden, NotFound)), transaction.atomic():
            begin(event.pk, row.move, actor, None)


@pytest.mark.parametrize("state", STATES)
def test_a_seat_of_another_centre_moves_nothing(world: World, state: str) -> None:
    """Exactly one owner: who sits at a centre below or beside does not act on what is not theirs."""
    event = world.bring(state)
    area = world.stage.district
    seats = [
        person_with(role, area=area, unit=world.street).as_actor() for role in ("acceptor", "dispatcher", "duty_chief")
    ]
    for row in EVENT.rows_from(state):
        for actor in seats:
            with pytest.raises(Forbidden), transaction.atomic():
                begin(event.pk, row.move, actor, None)


def test_every_declared_move_has_a_play() -> None:
    assert set(PLAYS) == {row.move for row in EVENT.transitions} - {Move.REPORT}


@pytest.mark.parametrize("state", STATES)
def test_what_the_state_has_no_row_for_is_refused_to_those_who_make_it_elsewhere(world: World, state: str) -> None:
    possible = {row.move for row in EVENT.rows_from(state)}
    event = world.bring(state)
    for move in (move for move in ASKED_OF_PEOPLE if move not in possible):
        with pytest.raises(Exception) as refusal, transaction.atomic():
            begin(event.pk, move, SYSTEM, None)
        assert (move, getattr(refusal.value, "code", refusal.value)) == (move, "move_not_allowed")
