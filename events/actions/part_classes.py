"""Telling the register of components which part sub classes the catalogue has."""

from events.models import EventType
from events.models.catalogue import Category
from registry.actions.component_types import PartClass, follow_catalogue


def tell_register() -> int:
    """The register follows the part classes in force; in the caller's transaction. How many kinds changed."""
    parts = EventType.objects.current().filter(category=Category.PART).order_by("code")
    return follow_catalogue(
        PartClass(
            code=part.code,
            number=part.number,
            name=part.name,
            main_class=part.main_class,
            department_code=part.default_unit_code,
        )
        for part in parts
    )
