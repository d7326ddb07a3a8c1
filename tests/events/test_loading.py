"""What a move reads and writes by prepared statements is what the ORM would read and write."""

import pytest
from django.contrib.gis.geos import Point
from django.db import IntegrityError, connection, transaction

from core.actor import SYSTEM
from core.insert import together
from core.models import Deadline
from core.rows import Rows
from core.update import all_but, changed, update
from events.actions.loading import load_event, load_orders, look_around, may_see, write_event
from events.live import event_audience
from events.models import Event, WorkOrder
from events.models.located import _degrees
from events.policies import conflicted_ids, is_handler
from tests.events.stage import HERE, Stage

COLUMNS = [field.attname for field in Event._meta.concrete_fields if field.name != "point"]


def test_a_loaded_event_has_every_value_of_its_row(stage: Stage) -> None:
    event = stage.event_in("handling")
    with transaction.atomic():
        loaded = load_event(event.pk)
    same = Event.objects.get(pk=event.pk)
    assert loaded is not None
    assert [getattr(loaded, name) for name in COLUMNS] == [getattr(same, name) for name in COLUMNS]
    assert (loaded.lng, loaded.lat) == (same.lng, same.lat) == pytest.approx(HERE)
    assert loaded.point == same.point
    assert (loaded.type, loaded.lead_unit, loaded.condition) == (same.type, same.lead_unit, same.condition)
    assert loaded.taken_by is None


def test_its_legs_come_in_the_order_in_which_they_were_opened(stage: Stage) -> None:
    event = stage.event_in("handling")
    with transaction.atomic():
        (leg,) = load_orders(event.pk)
    assert leg == WorkOrder.objects.get(event=event)
    assert leg.unit == stage.department


def test_there_is_no_event_of_another_number(stage: Stage) -> None:
    with transaction.atomic():
        assert load_event(stage.report().pk + 1) is None


@pytest.mark.parametrize("form", ["ST_AsEWKB", "ST_AsBinary"])
@pytest.mark.parametrize("order", ["NDR", "XDR"])
def test_degrees_are_read_from_every_form_of_a_point(db: None, form: str, order: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {form}(ST_SetSRID(ST_MakePoint(118.7, 32.01), 4326), '{order}')")
        (raw,) = cursor.fetchone()
    assert _degrees(raw) == (118.7, 32.01)
    assert _degrees(Point(118.7, 32.01)) == (118.7, 32.01)


def test_a_move_writes_what_it_changed_and_nothing_that_the_report_said(stage: Stage) -> None:
    event = stage.report()
    with transaction.atomic():
        loaded = load_event(event.pk)
        assert loaded is not None
        loaded.level, loaded.address = 1, "别处"
        write_event(loaded)
    same = Event.objects.get(pk=event.pk)
    assert (same.level, same.address) == (1, event.address)


def test_updates_inside_together_are_sent_at_its_end(stage: Stage) -> None:
    event = stage.report()
    with transaction.atomic():
        with together():
            event.level = 1
            update(event, ["level"])
            assert Event.objects.get(pk=event.pk).level != 1
        assert Event.objects.get(pk=event.pk).level == 1


def test_constraints_hold_for_a_prepared_update(stage: Stage) -> None:
    event = stage.report()
    event.level = 9
    with pytest.raises(IntegrityError, match="an_event_has_a_level_of_four"), transaction.atomic():
        update(event, ["level"])


def test_a_field_that_does_not_exist_cannot_be_left_out() -> None:
    with pytest.raises(ValueError, match="nonsense"):
        all_but(Event, "nonsense")


def test_rows_join_only_what_a_key_refers_to(db: None) -> None:
    with pytest.raises(TypeError, match="refers to nothing"):
        Rows(Deadline, "", count=0, joined=("kind",)).all()


def test_what_stands_around_an_event_is_read_at_once(stage: Stage) -> None:
    event = stage.event_in("verifying")
    with transaction.atomic():
        around = look_around(event.pk)
    assert around.holders == (stage.worker.user_id,)
    assert around.is_asked_about is False
    assert around.tail is not None
    assert around.tail[0] == 2


def test_who_may_see_an_event_may_move_it_by_the_same_rule(stage: Stage) -> None:
    event = stage.event_in("handling")
    audience = event_audience(event, load_orders(event.pk))
    everybody = [stage.acceptor, stage.desk, stage.collector.user, stage.operator]
    seen = [Event.objects.visible_to(user.as_actor()).filter(pk=event.pk).exists() for user in everybody if user]
    assert [may_see(user.as_actor(), audience) for user in everybody if user] == seen
    assert may_see(SYSTEM, audience)


def test_a_handler_is_whoever_belongs_to_a_department_that_holds_a_leg(stage: Stage) -> None:
    event = stage.event_in("handling")
    orders = load_orders(event.pk)
    assert is_handler(stage.desk.as_actor(), orders)
    assert not is_handler(stage.acceptor.as_actor(), orders)
    assert stage.desk.pk in conflicted_ids(orders)


def test_only_what_became_different_is_written(stage: Stage) -> None:
    event = stage.event_in("handling")
    with transaction.atomic():
        loaded = load_event(event.pk)
        assert loaded is not None
        Event.objects.filter(pk=event.pk).update(urge_count=3)
        loaded.rework_count += 1
        assert changed(loaded, all_but(Event, "point")) == ("rework_count",)
        write_event(loaded)
        assert changed(loaded, all_but(Event, "point")) == ()
    same = Event.objects.get(pk=event.pk)
    assert (same.rework_count, same.urge_count) == (event.rework_count + 1, 3)
