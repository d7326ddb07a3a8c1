"""Giving and taking grants. Open sockets of the person close, so that they come back with the new rights."""

from django.db import transaction

from accounts.models import Grant, OrgUnit, User
from core.live.control import end_sockets_of


@transaction.atomic
def give_grant(
    *,
    user: User,
    role: str,
    unit: OrgUnit | None = None,
    area_path: str = "",
    area_level: str = "",
    area_key: int | None = None,
) -> Grant:
    grant, created = Grant.objects.get_or_create(
        user=user,
        role=role,
        unit=unit,
        area_path=area_path,
        defaults={"area_level": area_level, "area_key": area_key},
    )
    if created:
        end_sockets_of(user_id=user.pk, reason="rights_changed")
    return grant


@transaction.atomic
def take_grant(*, grant: Grant) -> None:
    user_id = grant.user_id
    grant.delete()
    end_sockets_of(user_id=user_id, reason="rights_changed")
