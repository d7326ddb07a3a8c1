"""Setting how near to the place somebody has to be to sign in."""

from django.db import transaction

from accounts.actions.site_settings import keep, lock_settings, refuse, require_seen
from accounts.rules.site_settings import bound_faults
from accounts.site_policies import setter_role
from core.actor import Actor
from core.errors import NotFound
from dispatch.models import FieldTask, TaskRule
from dispatch.models.task_rule import DEFAULT_GEOFENCE_METRES
from dispatch.rules.geofence import GEOFENCE

TASK_RULE_KIND = "task_rule"


@transaction.atomic
def set_task_rule(*, kind: str, actor: Actor, version: int, metres: int) -> TaskRule:
    """For every sign-in of this kind of task from now on. `version` is the one the administrator looked at (0: nobody
    has set it yet).
    """
    role = setter_role(actor)
    if kind not in FieldTask.Kind.values:
        raise NotFound()
    lock_settings()
    row = TaskRule.objects.filter(kind=kind).first()
    require_seen(version, row)
    refuse(bound_faults({GEOFENCE.field: metres}, (GEOFENCE,)))
    before = row.geofence_metres if row else DEFAULT_GEOFENCE_METRES
    row = row or TaskRule(kind=kind)
    row.geofence_metres = metres
    keep(
        row,
        kind=TASK_RULE_KIND,
        name=kind,
        actor=actor,
        role=role,
        before={GEOFENCE.field: before},
        after={GEOFENCE.field: metres},
    )
    return row
