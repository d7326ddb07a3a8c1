"""The register of components follows the catalogue."""

from events.actions.catalogue import load
from events.catalogue_files import read_files
from events.models import EventType
from registry.models import ComponentType


def test_the_register_knows_the_part_classes_of_the_catalogue(db: None) -> None:
    load(read_files())
    parts = EventType.objects.current().filter(category="part")
    told = {(kind.code, kind.number, kind.name) for kind in ComponentType.objects.current()}
    assert told == {(part.code, part.number, part.name) for part in parts}
    assert len(told) > 50
