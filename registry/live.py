"""What the register tells the screens, and whom."""

from typing import ClassVar

from accounts.models import OrgUnit
from core.live.publish import Audience, LiveUpdate, area_audience, publish, unit_audience
from registry.component_shapes import ComponentRow
from registry.models import COMPONENT_KIND


class ComponentChanged(LiveUpdate):
    """A component was registered, edited, moved, or changed its state; `change` is the name of the move."""

    type: ClassVar[str] = "component.changed"
    subject_kind: ClassVar[str] = COMPONENT_KIND

    change: str
    row: ComponentRow


def component_audience(path: str) -> Audience:
    """Who covers the area, and the units that answer for it: the same rule as `Component.objects.visible_to`."""
    labels = path.split(".")
    above = [".".join(labels[: depth + 1]) for depth in range(len(labels))] if path else []
    units = OrgUnit.objects.filter(area_path__in=above).values_list("pk", flat=True)
    return area_audience(path) | unit_audience(*units)


def publish_component(row: ComponentRow, change: str, *, before: Audience, after: Audience) -> None:
    publish(ComponentChanged(id=row.id, version=row.version, change=change, row=row), before=before, after=after)
