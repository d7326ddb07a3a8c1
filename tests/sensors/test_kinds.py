import pytest
from django.db import IntegrityError, transaction

from sensors.kinds import KINDS, THEMES, SensorKind, row_of
from sensors.models import Sensor
from sensors.queries.sensors import kind_rows
from tests.grids.town import Town
from tests.sensors.devices import sensor


def test_every_kind_has_a_row() -> None:
    assert set(KINDS) == set(SensorKind)


@pytest.mark.parametrize("kind", SensorKind)
def test_a_kind_has_names_a_theme_and_either_a_unit_with_its_range_or_two_words(kind: SensorKind) -> None:
    row = row_of(kind)
    low, high = row.usual or (0, 1)
    assert row.zh and row.en and row.theme in THEMES and low < high
    assert (bool(row.unit), row.usual is not None, row.states is None) in [(True, True, True), (False, False, False)]
    assert len(kind.value) <= 24


def test_no_two_kinds_share_a_name() -> None:
    for place in ("zh", "en"):
        assert len({getattr(row, place) for row in KINDS.values()}) == len(KINDS)


def test_the_table_is_told_in_both_languages() -> None:
    zh, en = ({row.code: row for row in kind_rows(language)} for language in ("zh", "en"))
    assert (zh["manhole_cover"].no_word, en["manhole_cover"].yes_word) == ("关闭", "open")
    assert (zh["water_level"].name, en["water_level"].name, zh["water_level"].unit) == ("水位", "Water level", "m")
    assert (en["gas"].usual_from, en["gas"].usual_to, en["gas"].theme_name) == (0, 100, "fire and gas")


@pytest.mark.parametrize("wrong", [{"kind": "telepathy"}, {"state": "asleep"}])
def test_the_database_takes_no_kind_and_no_state_that_nobody_knows(town: Town, wrong: dict[str, str]) -> None:
    one = sensor()
    with pytest.raises(IntegrityError), transaction.atomic():
        Sensor.objects.filter(pk=one.pk).update(**wrong)
