"""Units that events are sent to."""

from accounts.models import OrgUnit
from core.rows import Rows
from events.errors import UnknownUnit

CAN_LEAD = (OrgUnit.Kind.DEPARTMENT, OrgUnit.Kind.OFFICE)
_UNIT = Rows(OrgUnit, "WHERE own.id = $1", count=1)


def unit_that_can_lead(unit_id: int) -> OrgUnit:
    """An active department or office; UnknownUnit for anything else."""
    unit = _UNIT.first(unit_id)
    if unit is None or not unit.is_active or unit.kind not in CAN_LEAD:
        raise UnknownUnit()
    return unit
