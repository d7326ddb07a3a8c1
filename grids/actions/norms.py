"""Setting what governance grids are measured by."""

from django.db import transaction

from accounts.actions.site_settings import keep, lock_settings, refuse, require_seen
from accounts.rules.site_settings import bound_faults
from accounts.site_policies import setter_role
from core.actor import Actor
from grids.models import GridNorms
from grids.rules.norms import HOUSEHOLDS

GRID_NORMS_KIND = "grid_norms"


@transaction.atomic
def set_grid_norms(*, actor: Actor, version: int, households_per_worker: int) -> GridNorms:
    """For every check of a draft from now on; what is published stays. `version` is the one the administrator looked
    at (0: nobody has set them yet).
    """
    role = setter_role(actor)
    lock_settings()
    row = GridNorms.objects.order_by("pk").first()
    require_seen(version, row)
    refuse(bound_faults({HOUSEHOLDS.field: households_per_worker}, (HOUSEHOLDS,)))
    before = row.households_per_worker if row else HOUSEHOLDS.usual
    row = row or GridNorms()
    row.households_per_worker = households_per_worker
    keep(
        row,
        kind=GRID_NORMS_KIND,
        name="",
        actor=actor,
        role=role,
        before={HOUSEHOLDS.field: before},
        after={HOUSEHOLDS.field: households_per_worker},
    )
    return row
