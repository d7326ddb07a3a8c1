"""The sample district has components along its roads, the same for the same seed."""

from pathlib import Path

from registry.models import Component
from simulator.sample.components import write_components
from simulator.sample.org import write_organisation
from tests.registry.test_component_tiles import reckoned, told_by_bins


def test_the_sample_has_components_that_are_counted_and_numbered(town: Path) -> None:
    assert Component.objects.count() > 100
    assert told_by_bins() == reckoned()
    assert not Component.objects.exclude(code__startswith="329905").exists()
    assert Component.objects.filter(state="damaged").exists()
    assert Component.objects.filter(maintainer_unit_id__isnull=False).exists()


def test_writing_them_again_changes_nothing(town: Path) -> None:
    before = list(Component.objects.order_by("code").values_list("code", "place_key"))
    assert write_components(write_organisation(), 2026) == {"components": 0}
    assert list(Component.objects.order_by("code").values_list("code", "place_key")) == before
