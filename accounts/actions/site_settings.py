"""Setting what holds for the whole site: one change after the other, each by who looked at the present version."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection

from core.actor import Actor
from core.clock import now
from core.errors import Invalid, StaleVersion
from core.history.record import append
from core.lifecycle import Change
from core.models import SiteSetting

SETTINGS_LOCK = 7_120_043


def lock_settings() -> None:
    """They are set seldom, and one that nobody has set yet has no row to lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SETTINGS_LOCK])


def require_seen(version: int, row: SiteSetting | None) -> None:
    """`version` is the one the administrator looked at; 0 where nobody had set it yet."""
    current = row.version if row is not None else 0
    if version != current:
        raise StaleVersion(current_version=current)


def refuse(faults: Sequence[dict[str, str]]) -> None:
    if faults:
        raise Invalid(errors=list(faults))


def keep(
    row: SiteSetting,
    *,
    kind: str,
    name: str,
    actor: Actor,
    role: str,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any],
) -> None:
    """Write the row as its next version, and who set it from what to what; `name` tells rows of one kind apart."""
    row.version = row.version + 1 if row.pk else 1
    row.set_at, row.set_by_id = now(), actor.user_id
    row.save()
    append(
        subject_kind=kind,
        subject_id=row.pk,
        actor=actor,
        change=Change(move="set", from_state="", to_state=f"v{row.version}", role=role),
        at=row.set_at,
        facts={"version": row.version, "name": name, "before": dict(before) if before else None, "after": dict(after)},
    )
