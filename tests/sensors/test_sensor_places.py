"""Sensors follow the grids after a publication."""

from unittest.mock import patch

from core.history.record import of_subject
from core.models import OutboxMessage
from grids.models import MapDataset
from grids.signals import areas_published
from sensors.actions.sensor_places import PLACE_TASK, place_sensors
from sensors.models import SENSOR_KIND, Sensor
from tests.grids.town import DISTRICT, Town
from tests.sensors.devices import sensor

OWN_GRID, OTHER_GRID = f"{DISTRICT}.002.001.g001", f"{DISTRICT}.001.001.g001"


def as_if_it_had_stood_in(town: Town, path: str) -> Sensor:
    """A sensor whose ground belonged to another grid until now."""
    one = sensor()
    old = town[path]
    keys = {"grid_id": old.pk, "community_id": old.community_id, "street_id": old.street_id}
    Sensor.objects.filter(pk=one.pk).update(area_path=path, **keys)
    return one


def test_a_sensor_belongs_to_the_grid_it_stands_in_now_with_a_row_in_its_history(town: Town) -> None:
    one = as_if_it_had_stood_in(town, OTHER_GRID)
    stamp = MapDataset.objects.get(name="sensors").stamp
    assert place_sensors([town[OTHER_GRID].pk]) == 1
    one.refresh_from_db()
    assert (one.area_path, one.grid_id, one.version) == (OWN_GRID, town[OWN_GRID].pk, 2)
    row = of_subject(SENSOR_KIND, one.pk)[-1]
    assert (row.move, row.facts["changes"]) == ("follow_boundaries", {"area": [OTHER_GRID, OWN_GRID]})
    update = OutboxMessage.objects.filter(type="sensor.changed").latest("id")
    assert (f"area:{OTHER_GRID}" in update.before, f"area:{OWN_GRID}" in update.after) == (True, True)
    assert MapDataset.objects.get(name="sensors").stamp != stamp


def test_placing_again_changes_nothing(town: Town) -> None:
    one = as_if_it_had_stood_in(town, OTHER_GRID)
    place_sensors([town[DISTRICT].pk])
    assert place_sensors([town[DISTRICT].pk]) == 0
    assert len(of_subject(SENSOR_KIND, one.pk)) == 2


def test_a_publication_asks_for_it_when_it_is_committed(town: Town, django_capture_on_commit_callbacks: object) -> None:
    with (
        patch("sensors.connections.current_app.send_task") as asked,
        django_capture_on_commit_callbacks(execute=True),  # type: ignore[operator]
    ):
        areas_published.send(sender=None, draft_id=1, moved={}, touched=[7])
        assert asked.call_count == 0
    assert [call.args[0] for call in asked.call_args_list if call.args[0] == PLACE_TASK] == [PLACE_TASK]
