"""What the screens of a department and of a centre are told of the moves beside the main path equals a fresh fetch."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from accounts.audience import keys_of
from accounts.models import OrgUnit, User
from accounts.roles import Role
from core.clock import now
from core.models import OutboxMessage
from events.actions.perform import perform
from events.models import Event, WorkOrder
from events.moves import Move
from tests.events.stage import STREET, Stage, browser
from tests.factories import OrgUnitFactory, person_with

Rows = dict[tuple[str, int], dict[str, Any]]
LISTS = {"event": "events", "order": "orders"}


@pytest.fixture(autouse=True)
def one_moment() -> Iterator[None]:
    with time_machine.travel(now(), tick=False):
        yield


@pytest.fixture
def helper(stage: Stage) -> OrgUnit:
    return OrgUnitFactory.create(name="公安分局")


@pytest.fixture
def helper_desk(helper: OrgUnit) -> User:
    return person_with(Role.DEPARTMENT_DESK, unit=helper)


def fetched(who: User) -> Rows:
    client = browser(who)
    return {
        (kind, row["id"]): row
        for kind, path in LISTS.items()
        for row in client.get(f"/api/v1/{path}?limit=100").json()["items"]
    }


def told(who: User, held: Rows) -> Rows:
    """The rule of the hub and of the page: to whom it is addressed, the newer version wins, and gone is gone."""
    keys = keys_of(who.as_actor())
    for message in OutboxMessage.objects.filter(subject_kind__in=LISTS).order_by("id"):
        key = (message.subject_kind, message.subject_id)
        if keys & set(message.after):
            if key not in held or held[key]["version"] <= message.payload["version"]:
                held[key] = message.payload["row"]
        elif keys & set(message.before):
            held.pop(key, None)
    OutboxMessage.objects.all().delete()
    return held


def do(event: Event, move: str, who: User, **inputs: Any) -> Event:
    return perform(event.pk, move, who.as_actor(), None, **inputs)


def sent(stage: Stage, helper: OrgUnit) -> Event:
    named = [{"unit_id": helper.pk}]
    return do(stage.event_in("filed"), Move.DISPATCH, stage.dispatcher, unit_id=stage.department.pk, co_units=named)


@pytest.mark.parametrize(
    "steps",
    [
        [("helper", Move.SIGN_LEG, {}), ("helper", Move.FINISH_LEG, {"note": "已配合"})],
        [("helper", Move.RETURN_LEG, {"reason": "非职责"})],
        [("lead", Move.SIGN, {}), ("lead", Move.WAIVE_LEG, {"reason": "无需"})],
        [("lead", Move.SIGN, {}), ("lead", Move.RETURN, {"reason": "非职责", "basis": "三定"})],
        [("centre", Move.RECALL, {"reason": "派错"})],
        [("centre", Move.TAKE, {})],
    ],
    ids=["finish", "return", "waive", "lead_returns", "recall", "take"],
)
def test_the_screens_of_lead_helper_and_centre_keep_up(
    stage: Stage, helper: OrgUnit, helper_desk: User, steps: list[tuple[str, str, dict[str, Any]]]
) -> None:
    event = sent(stage, helper)
    people = {"lead": stage.desk, "helper": helper_desk, "centre": stage.dispatcher}
    held = {name: fetched(user) for name, user in people.items()}
    OutboxMessage.objects.all().delete()
    for who, move, inputs in steps:
        named = {"order_id": WorkOrder.objects.get(role="co").pk} if move == Move.WAIVE_LEG else {}
        do(event, move, people[who], **inputs, **named)
    messages = list(OutboxMessage.objects.all())
    for name, user in people.items():
        OutboxMessage.objects.bulk_create(messages, ignore_conflicts=True)
        assert told(user, held[name]) == fetched(user), name


@pytest.mark.parametrize("state", ["verifying", "dispatched"])
def test_merging_and_coming_back_reach_the_department_and_the_centre(stage: Stage, state: str) -> None:
    main, event = stage.report(), stage.event_in(state)
    people = [stage.desk, stage.acceptor]
    for move, inputs in ((Move.MERGE, {"main_event_id": main.pk}), (Move.UNMERGE, {})):
        held = [fetched(user) for user in people]
        OutboxMessage.objects.all().delete()
        do(event, move, stage.acceptor, reason="同一事项", **inputs)
        messages = list(OutboxMessage.objects.all())
        for user, before in zip(people, held, strict=True):
            OutboxMessage.objects.bulk_create(messages, ignore_conflicts=True)
            assert told(user, before) == fetched(user)


def test_a_change_of_owner_and_a_second_run_reach_both_centres(stage: Stage) -> None:
    area = stage.town[STREET]
    place = {"area_path": area.path, "area_level": area.level, "area_key": area.pk}
    street = OrgUnitFactory.create(kind="centre", parent=stage.centre, **place)
    seat = person_with(Role.ACCEPTOR, area=area, unit=street)
    event = stage.report()
    people = [seat, stage.acceptor]
    held = [fetched(user) for user in people]
    OutboxMessage.objects.all().delete()
    do(event, Move.ASSIGN_DOWN, stage.acceptor, unit_id=street.pk, reason="就近")
    do(event, Move.REJECT, seat, reason="不属实")
    do(event, Move.REOPEN, person_with(Role.DUTY_CHIEF, area=area, unit=street), reason="复发")
    messages = list(OutboxMessage.objects.all())
    for user, before in zip(people, held, strict=True):
        OutboxMessage.objects.bulk_create(messages, ignore_conflicts=True)
        assert told(user, before) == fetched(user)
