"""Components of the town of `tests.grids.town`, registered the way people do it."""

from typing import Any

from core.actor import SYSTEM
from registry.actions.component_types import PartClass, follow_catalogue
from registry.actions.components import register_component
from registry.models import Component
from tests.grids.town import at

COVER, LAMP = "rain_cover", "street_lamp"


def kinds() -> None:
    follow_catalogue(
        [
            PartClass(COVER, "0103", "雨水井盖", "公用设施", "shuiwu"),
            PartClass(LAMP, "0115", "路灯", "公用设施", "chengguan"),
        ]
    )


def stand(u: float, v: float, *, type_code: str = COVER, **values: Any) -> Component:
    """A component at a place of the town."""
    lng, lat = at(u, v)
    return register_component(actor=SYSTEM, type_code=type_code, lng=lng, lat=lat, **values)
