"""Units that events are sent to."""

from accounts.models import OrgUnit
from events.errors import UnknownUnit

CAN_LEAD = (OrgUnit.Kind.DEPARTMENT, OrgUnit.Kind.OFFICE)


def unit_that_can_lead(unit_id: int) -> OrgUnit:
    """An active department or office; UnknownUnit for anything else."""
    unit = OrgUnit.objects.filter(pk=unit_id, is_active=True, kind__in=CAN_LEAD).first()
    if unit is None:
        raise UnknownUnit()
    return unit
