from datetime import timedelta

import pytest
from django.contrib.gis.geos import Point
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.actor import Actor, ActorGrant
from core.clock import now
from dispatch.models import DutyShift, Position, Responder
from dispatch.queries.duty import at_seat, forces
from dispatch.queries.responders import choose_checker, choose_verifier, nearest, responsible_worker
from tests.dispatch import factories
from tests.dispatch.factories import GRID, HERE, actor_of

pytestmark = pytest.mark.django_db


def metres_north(metres: float) -> tuple[float, float]:
    return HERE[0], HERE[1] + metres / 110_900


def test_the_nearest_on_duty_come_first_with_their_distance() -> None:
    far, near = factories.responder(at=metres_north(900)), factories.responder(at=metres_north(300))
    factories.responder(at=metres_north(100), on_duty=False)
    found = nearest(*HERE)
    assert [row.responder.pk for row in found] == [near.pk, far.pk]
    assert [row.distance_m for row in found] == [pytest.approx(300, abs=3), pytest.approx(900, abs=6)]


def test_nearest_tells_what_keeps_somebody_busy() -> None:
    busy = factories.responder()
    factories.task(assignee=busy, title="道路塌陷")
    factories.task(assignee=busy, title="后来的任务")
    assert [row.busy_with for row in nearest(*HERE)] == ["道路塌陷"]


def test_nearest_narrows_to_kinds_and_leaves_out_people() -> None:
    factories.responder(kind="grid_worker")
    handler, collector = factories.responder(kind="collector"), factories.responder(kind="collector")
    found = nearest(*HERE, kinds=["collector"], exclude_user_ids=[handler.user_id or 0])
    assert [row.responder.pk for row in found] == [collector.pk]


def test_a_vehicle_without_account_is_found_too() -> None:
    vehicle = Responder.objects.create(kind="vehicle", name="巡逻车01", unit=factories.unit(), area_path="c.d")
    Position.objects.create(responder=vehicle, point=Point(*HERE, srid=4326), at=now())
    factories.shift(vehicle)
    assert [row.responder.pk for row in nearest(*HERE, exclude_user_ids=[1])] == [vehicle.pk]


def test_the_responsible_worker_is_the_one_of_exactly_this_grid() -> None:
    factories.responder(area_path="c.d.s1.m1")
    mine = factories.responder(area_path=GRID)
    assert responsible_worker(GRID) == mine


def test_the_verifier_is_the_responsible_worker_on_duty_though_others_are_nearer() -> None:
    factories.responder(area_path="c.d.s1.m1.g2", at=HERE)
    mine = factories.responder(area_path=GRID, at=metres_north(900))
    assert choose_verifier(area_path=GRID, lng=HERE[0], lat=HERE[1]) == mine


def test_off_duty_the_nearest_grid_worker_verifies_instead() -> None:
    factories.responder(area_path=GRID, on_duty=False)
    neighbour = factories.responder(area_path="c.d.s1.m1.g2", at=metres_north(500))
    assert choose_verifier(area_path=GRID, lng=HERE[0], lat=HERE[1]) == neighbour


def test_at_night_with_nobody_on_duty_the_responsible_worker_is_asked_all_the_same() -> None:
    mine = factories.responder(area_path=GRID, on_duty=False)
    assert choose_verifier(area_path=GRID, lng=HERE[0], lat=HERE[1]) == mine


def test_the_checker_is_a_collector_who_did_not_handle() -> None:
    handler = factories.responder(kind="collector", area_path="c.d")
    checker = factories.responder(kind="collector", area_path="c.d", at=metres_north(2000))
    found = choose_checker(area_path=GRID, lng=HERE[0], lat=HERE[1], exclude_user_ids=[handler.user_id or 0])
    assert found == checker


def test_without_a_collector_on_duty_one_whose_area_covers_the_place_checks() -> None:
    factories.responder(kind="collector", area_path="c.e", on_duty=False)
    mine = factories.responder(kind="collector", area_path="c.d.s1", on_duty=False)
    assert choose_checker(area_path=GRID, lng=HERE[0], lat=HERE[1]) == mine


def test_a_place_without_people_has_no_checker() -> None:
    assert choose_checker(area_path=GRID, lng=HERE[0], lat=HERE[1]) is None


def test_duty_ends_with_the_shift() -> None:
    worker = factories.responder(on_duty=False)
    factories.shift(worker, starts_at=now() - timedelta(hours=8), hours=8)
    assert not Responder.objects.on_duty(now()).filter(pk=worker.pk).exists()


def test_forces_count_each_kind_with_those_on_duty() -> None:
    factories.responder()
    factories.responder(on_duty=False)
    factories.responder(kind="collector")
    assert [tuple(force) for force in forces(Responder.objects.all(), now())] == [
        ("grid_worker", 1, 2),
        ("collector", 1, 1),
    ]


def test_the_seat_of_a_street_is_answered_by_the_centre_above_when_empty() -> None:
    chief = factories.user(name="陈刚")
    DutyShift.objects.create(
        user=chief, seat="duty_chief", area_path="c.d", starts_at=now(), ends_at=now() + timedelta(hours=8)
    )
    assert at_seat("duty_chief", "c.d.s1", now()) == "陈刚"


def test_responders_are_visible_by_area_department_and_to_themselves() -> None:
    department = factories.unit(kind="department")
    worker = factories.responder(area_path=GRID, unit=department)
    seers = [
        Actor(1_000_000_000, "a", (ActorGrant("dispatcher", area_path="c.d"),)),
        Actor(1_000_000_001, "b", (ActorGrant("department_desk", unit_id=department.pk),)),
        actor_of(worker),
    ]
    strangers = [
        Actor(1_000_000_002, "c", (ActorGrant("dispatcher", area_path="c.d.s2"),)),
        Actor(1_000_000_003, "d", (ActorGrant("department_desk", unit_id=department.pk + 1),)),
        Actor(1_000_000_004, "e"),
    ]
    assert [worker in Responder.objects.visible_to(actor) for actor in seers] == [True, True, True]
    assert [worker in Responder.objects.visible_to(actor) for actor in strangers] == [False, False, False]


def test_the_index_on_geography_serves_the_nearest_among_many() -> None:
    place = factories.unit()
    Responder.objects.bulk_create(
        Responder(kind="vehicle", name=f"车{number}", unit=place, area_path="c.d") for number in range(5_000)
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO dispatch_position (responder_id, point, accuracy_m, at) "
            "SELECT id, ST_SetSRID(ST_MakePoint(118.6 + random() * 0.3, 31.9 + random() * 0.3), 4326)::geography, 5, "
            "%s FROM dispatch_responder",
            [now()],
        )
        cursor.execute(
            "INSERT INTO dispatch_dutyshift (responder_id, seat, area_path, starts_at, ends_at) "
            "SELECT id, '', '', %s, %s FROM dispatch_responder",
            [now() - timedelta(hours=1), now() + timedelta(hours=1)],
        )
        cursor.execute("ANALYZE dispatch_responder, dispatch_position, dispatch_dutyshift")
        with CaptureQueriesContext(connection) as queries:
            assert len(nearest(*HERE)) == 10
        cursor.execute("EXPLAIN " + queries[0]["sql"])
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "Index Scan using dispatch_position_point" in plan
