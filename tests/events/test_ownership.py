"""Who answers for an event, and how it goes up and down between centres. One case is played through."""

from dataclasses import dataclass
from typing import Any

import pytest

from accounts.models import OrgUnit, User
from accounts.roles import Role
from core.clock import now
from core.errors import Forbidden, MoveNotAllowed
from core.history.record import of_subject
from core.models import Deadline
from dispatch.actions import task_moves
from dispatch.models import FieldTask
from dispatch.rules.geofence import Fix
from events.actions.perform import perform
from events.actions.report import report_event
from events.errors import HandedBackBefore, NoOwningCentre, NotALowerCentre, NoUpperCentre
from events.models import Event, EventType, WorkOrder
from events.moves import Move
from events.queries.centres import upper_centre
from events.shapes import EventDetail
from tests.events.stage import GRID, HERE, OTHER_STREET, STREET, Stage, browser
from tests.factories import OrgUnitFactory, person_with
from tests.grids.town import at


@dataclass(frozen=True)
class Centres:
    """The stage's district centre with a city above it, and street, community and grid centres below."""

    stage: Stage
    city: OrgUnit
    street: OrgUnit
    community: OrgUnit
    grid: OrgUnit
    neighbour: OrgUnit

    def seat(self, centre: OrgUnit, role: str, **fields: Any) -> User:
        return person_with(role, area=self.stage.town[centre.area_path], unit=centre, **fields)


@pytest.fixture
def centres(stage: Stage) -> Centres:
    def centre(path: str, parent: OrgUnit | None, name: str) -> OrgUnit:
        area = stage.town[path]
        place = {"area_path": area.path, "area_level": area.level, "area_key": area.pk}
        return OrgUnitFactory.create(kind="centre", parent=parent, name=name, **place)

    district = stage.centre
    city = centre("3299", None, "市指挥中心")
    OrgUnit.objects.filter(pk=district.pk).update(parent=city)
    district.refresh_from_db()
    street = centre(STREET, district, "望江街道分中心")
    community = centre(f"{STREET}.001", street, "荷花社区工作站")
    return Centres(
        stage=stage,
        city=city,
        street=street,
        community=community,
        grid=centre(GRID, community, "1号网格驿站"),
        neighbour=centre(OTHER_STREET, district, "莫澜湖街道分中心"),
    )


def owned(stage: Stage, owner: OrgUnit) -> Event:
    place: dict[str, Any] = {"type_code": stage.kind.code, "lng": HERE[0], "lat": HERE[1]}
    return report_event(actor=stage.operator.as_actor(), owner=owner, **place).event


def clocks(event: Event) -> list[tuple[str, str]]:
    rows = Deadline.objects.filter(subject_kind="event", subject_id=event.pk).order_by("id")
    return [(row.kind, row.state) for row in rows]


def test_a_report_may_name_the_centre_that_answers(stage: Stage, centres: Centres) -> None:
    assert owned(stage, centres.street).owner_unit == centres.street
    with pytest.raises(NoOwningCentre):
        owned(stage, centres.neighbour)


def test_an_event_goes_up_from_grid_to_city_one_centre_at_a_time(stage: Stage, centres: Centres) -> None:
    event = owned(stage, centres.grid)
    way = []
    for centre in (centres.grid, centres.community, centres.street, stage.centre):
        seat = centres.seat(centre, Role.ACCEPTOR)
        event = perform(event.pk, Move.ESCALATE_UP, seat.as_actor(), event.version, reason="超出职责")
        way.append(event.owner_unit)
    assert way == [centres.community, centres.street, stage.centre, centres.city]
    changes = [row.facts["to_unit"] for row in of_subject("event", event.pk) if row.move == "escalate_up"]
    assert changes == [unit.pk for unit in way]


def test_the_former_owner_may_look_but_not_act_any_more(stage: Stage, centres: Centres) -> None:
    seat = centres.seat(centres.street, Role.ACCEPTOR)
    event = perform(owned(stage, centres.street).pk, Move.ESCALATE_UP, seat.as_actor(), None, reason="超出职责")
    assert Event.objects.visible_to(seat.as_actor()).filter(pk=event.pk).exists()
    with pytest.raises(Forbidden):
        perform(event.pk, Move.REJECT, seat.as_actor(), None, reason="不属实")
    perform(event.pk, Move.FILE, stage.acceptor.as_actor(), None, condition_id=stage.condition.pk)


def test_going_up_calls_off_what_was_sent_out_and_keeps_the_readings(stage: Stage, centres: Centres) -> None:
    event = stage.event_in("handling", owner=stage.centre)
    perform(event.pk, Move.TAKE, stage.dispatcher.as_actor(), None)
    event = perform(event.pk, Move.ESCALATE_UP, stage.dispatcher.as_actor(), None, reason="需市级协调")
    assert (event.state, event.owner_unit, event.lead_unit, event.taken_by) == ("reported", centres.city, None, None)
    assert WorkOrder.objects.get().state == "withdrawn"
    assert clocks(event) == [
        ("accept", "stopped"),
        ("dispatch", "stopped"),
        ("sign", "stopped"),
        ("handling", "stopped"),
        ("accept", "running"),
    ]
    assert not Event.objects.visible_to(stage.desk.as_actor()).exists()


def test_a_returned_event_goes_up_with_its_clocks_stopped(stage: Stage, centres: Centres) -> None:
    event = stage.event_in("handling", owner=stage.centre)
    perform(event.pk, Move.RETURN, stage.desk.as_actor(), None, reason="非职责", basis="三定")
    event = perform(event.pk, Move.ESCALATE_UP, stage.chief.as_actor(), None, reason="需市级协调")
    assert {state for _, state in clocks(event)[:-1]} == {"stopped"}
    assert (event.state, event.due_kind) == ("reported", "accept")


def test_the_duty_chief_may_skip_a_level_and_nobody_else(stage: Stage, centres: Centres) -> None:
    event = owned(stage, centres.street)
    with pytest.raises(Forbidden):
        acceptor = centres.seat(centres.street, Role.ACCEPTOR).as_actor()
        perform(event.pk, Move.SKIP_LEVEL, acceptor, None, reason="紧急")
    chief = centres.seat(centres.street, Role.DUTY_CHIEF)
    event = perform(event.pk, Move.SKIP_LEVEL, chief.as_actor(), None, reason="紧急")
    assert event.owner_unit == centres.city


def test_there_is_nothing_above_the_top(stage: Stage, centres: Centres) -> None:
    event = owned(stage, centres.city)
    seat = centres.seat(centres.city, Role.DUTY_CHIEF)
    with pytest.raises(NoUpperCentre) as refusal:
        perform(event.pk, Move.ESCALATE_UP, seat.as_actor(), None, reason="紧急")
    assert "市指挥中心" in refusal.value.detail("zh")
    with pytest.raises(NoUpperCentre):
        upper_centre(stage.centre, above=2)


def test_the_button_says_why_an_event_cannot_go_up(stage: Stage, centres: Centres) -> None:
    def refusals(centre: OrgUnit) -> dict[str, str | None]:
        event = owned(stage, centre)
        client = browser(centres.seat(centre, Role.DUTY_CHIEF))
        shown = client.get(f"/api/v1/events/{event.pk}").json()["allowed_moves"]
        return {row["move"]: row["refusal_code"] for row in shown if row["move"] in ("escalate_up", "skip_level")}

    assert refusals(centres.city) == {"escalate_up": "no_upper_centre", "skip_level": "no_upper_centre"}
    assert refusals(stage.centre) == {"escalate_up": None, "skip_level": "no_upper_centre"}
    assert refusals(centres.street) == {"escalate_up": None, "skip_level": None}


def test_an_event_goes_down_to_a_centre_that_answers_for_the_place(stage: Stage, centres: Centres) -> None:
    event = stage.report(owner=stage.centre)
    event = perform(
        event.pk, Move.ASSIGN_DOWN, stage.acceptor.as_actor(), None, unit_id=centres.community.pk, reason="就近处理"
    )
    assert (event.state, event.owner_unit, event.assigned_from) == ("reported", centres.community, stage.centre)


@pytest.mark.parametrize("wrong", ["neighbour", "city", "department"])
def test_it_does_not_go_down_to_a_centre_elsewhere_or_above_or_to_a_department(
    stage: Stage, centres: Centres, wrong: str
) -> None:
    targets = {"neighbour": centres.neighbour, "city": centres.city, "department": stage.department}
    with pytest.raises(NotALowerCentre):
        perform(
            stage.report(owner=stage.centre).pk,
            Move.ASSIGN_DOWN,
            stage.acceptor.as_actor(),
            None,
            unit_id=targets[wrong].pk,
            reason="就近处理",
        )


def test_what_was_assigned_down_is_handed_back_once(stage: Stage, centres: Centres) -> None:
    event, seat = stage.report(owner=stage.centre), centres.seat(centres.community, Role.ACCEPTOR)
    down = {"unit_id": centres.community.pk, "reason": "就近处理"}
    event = perform(event.pk, Move.ASSIGN_DOWN, stage.acceptor.as_actor(), None, **down)
    event = perform(event.pk, Move.ESCALATE_UP, seat.as_actor(), None, reason="力量不足")
    assert (event.owner_unit, event.assigned_from, event.hand_back_count) == (stage.centre, None, 1)
    perform(event.pk, Move.ASSIGN_DOWN, stage.acceptor.as_actor(), None, **down)
    with pytest.raises(HandedBackBefore):
        perform(event.pk, Move.ESCALATE_UP, seat.as_actor(), None, reason="力量不足")


def test_what_a_closed_centre_assigned_down_goes_back_to_the_next_one_above_it(stage: Stage, centres: Centres) -> None:
    event = owned(stage, centres.street)
    down = {"unit_id": centres.grid.pk, "reason": "就近处理"}
    perform(event.pk, Move.ASSIGN_DOWN, centres.seat(centres.street, Role.ACCEPTOR).as_actor(), None, **down)
    OrgUnit.objects.filter(pk=centres.street.pk).update(is_active=False)
    seat = centres.seat(centres.grid, Role.ACCEPTOR)
    event = perform(event.pk, Move.ESCALATE_UP, seat.as_actor(), None, reason="力量不足")
    assert (event.owner_unit, event.assigned_from, event.hand_back_count) == (stage.centre, None, 1)


def test_what_no_active_centre_is_above_of_stays_and_says_what_to_do(stage: Stage, centres: Centres) -> None:
    event = stage.report(owner=stage.centre)
    down = {"unit_id": centres.community.pk, "reason": "就近处理"}
    perform(event.pk, Move.ASSIGN_DOWN, stage.acceptor.as_actor(), None, **down)
    OrgUnit.objects.filter(pk__in=[stage.centre.pk, centres.city.pk]).update(is_active=False)
    seat = centres.seat(centres.community, Role.ACCEPTOR)
    shown = browser(seat).get(f"/api/v1/events/{event.pk}").json()["allowed_moves"]
    assert {row["move"]: row["refusal_code"] for row in shown}["escalate_up"] == "no_upper_centre"
    with pytest.raises(NoUpperCentre) as refusal:
        perform(event.pk, Move.ESCALATE_UP, seat.as_actor(), None, reason="力量不足")
    assert "荷花社区工作站" in refusal.value.detail("zh")


def test_nothing_is_assigned_down_to_a_centre_that_is_closed(stage: Stage, centres: Centres) -> None:
    OrgUnit.objects.filter(pk=centres.community.pk).update(is_active=False)
    down = {"unit_id": centres.community.pk, "reason": "就近处理"}
    with pytest.raises(NotALowerCentre) as refusal:
        perform(stage.report(owner=stage.centre).pk, Move.ASSIGN_DOWN, stage.acceptor.as_actor(), None, **down)
    assert "停用" in refusal.value.detail("zh")


def test_what_is_being_verified_does_not_change_hands(stage: Stage, centres: Centres) -> None:
    event = stage.event_in("verifying", owner=stage.centre)
    with pytest.raises(MoveNotAllowed):
        perform(event.pk, Move.ESCALATE_UP, stage.acceptor.as_actor(), None, reason="超出职责")


def test_going_up_over_http(stage: Stage, centres: Centres) -> None:
    event = owned(stage, centres.street)
    client = browser(centres.seat(centres.street, Role.ACCEPTOR))
    path = f"/api/v1/events/{event.pk}/moves/escalate_up"
    assert client.post(path, {"version": event.version}, format="json").json()["code"] == "invalid"
    answer = client.post(path, {"version": event.version, "reason": "超出职责"}, format="json")
    shown = EventDetail.model_validate(answer.json())
    assert (shown.state, shown.owner_unit.name, shown.allowed_moves) == ("reported", "区指挥中心", [])
    down = {"version": shown.version, "unit_id": centres.neighbour.pk, "reason": "就近"}
    answer = browser(stage.acceptor).post(f"/api/v1/events/{event.pk}/moves/assign_down", down, format="json")
    assert (answer.status_code, answer.json()["code"]) == (422, "not_a_lower_centre")


def test_a_road_sign_with_its_cover_torn_off_goes_from_street_to_district_and_is_repaired(
    stage: Stage, centres: Centres
) -> None:
    """A worker reports it, the street has its construction office verify it and hands it up, the traffic police repair
    it, a collector checks it; it is closed and evaluated.
    """
    sign = EventType.objects.get(pk=stage.kind.pk)
    EventType.objects.filter(pk=sign.pk).update(name="交通标志牌缺损", check_mode="on_site", needs_after_photo=True)
    worker, collector = stage.worker.user, stage.collector.user
    office = OrgUnitFactory.create(kind="office", parent=centres.street, name="望江街道城市建设管理办公室")
    police = OrgUnitFactory.create(parent=stage.centre, name="公安分局交警大队")
    street_acceptor = centres.seat(centres.street, Role.ACCEPTOR).as_actor()
    clerk = person_with(Role.DEPARTMENT_DESK, unit=office).as_actor()
    officer = person_with(Role.DEPARTMENT_DESK, unit=police)
    assert worker is not None
    assert collector is not None

    reported = report_event(
        actor=worker.as_actor(),
        type_code=sign.code,
        lng=HERE[0],
        lat=HERE[1],
        description="路口指示牌外罩被扯掉",
        owner=centres.street,
        attachment_ids=[stage.photo(worker)],
    )
    event = reported.event
    event = perform(event.pk, Move.ASK_VERIFICATION, street_acceptor, event.version, unit_id=office.pk)
    event = perform(event.pk, Move.REPORT_VERIFICATION, clerk, event.version, finding=True, note="属实，外罩脱落")
    event = perform(event.pk, Move.ESCALATE_UP, street_acceptor, event.version, reason="交通标志由交警维护")
    district = stage.acceptor.as_actor(), stage.dispatcher.as_actor()
    event = perform(event.pk, Move.FILE, district[0], event.version, condition_id=stage.condition.pk)
    event = perform(event.pk, Move.DISPATCH, district[1], event.version, unit_id=police.pk)
    event = perform(event.pk, Move.SIGN, officer.as_actor(), event.version)
    photo = stage.photo(officer)
    event = perform(event.pk, Move.FINISH, officer.as_actor(), event.version, note="已更换", attachment_ids=[photo])
    event = perform(event.pk, Move.ASK_CHECK, district[1], event.version)
    task = FieldTask.objects.open().get(subject_id=event.pk)
    checker, here = collector.as_actor(), Fix(HERE[0], HERE[1], 5)
    task = task_moves.accept(task_id=task.pk, version=task.version, actor=checker)
    task = task_moves.arrive(task_id=task.pk, version=task.version, actor=checker, fix=here)
    outcome = task_moves.Outcome(passed=True, note="已恢复", attachment_ids=[stage.photo(collector)], fix=here)
    task_moves.done(task_id=task.pk, version=task.version, actor=checker, outcome=outcome)
    event = perform(event.pk, Move.CLOSE, district[0], None, reply="标志牌已修复")

    assert (event.state, event.owner_unit, event.lead_unit) == ("evaluated", stage.centre, police)
    assert [row.to_state for row in of_subject("event", event.pk)] == [
        "reported", "verifying", "reported", "reported", "filed", "dispatched", "handling", "handled", "checking",
        "checked", "closed", "evaluated",
    ]  # fmt: skip
    owners = [row.facts["to_unit"] for row in of_subject("event", event.pk) if "to_unit" in row.facts]
    assert owners == [stage.centre.pk]
    assert [kind for kind, _ in clocks(event)] == [
        "accept", "verify", "accept", "dispatch", "sign", "handling", "check", "close",
    ]  # fmt: skip
    assert {state for _, state in clocks(event)} == {"stopped"}
    assert event.evaluations.get().timeliness == 100
    assert at(2.5, 0.5) == HERE
    assert event.reported_at <= now()
