"""What every page of figures is asked with, and who may ask."""

from typing import Any

from rest_framework import serializers

from accounts.roles import ROLE_NAMES, Role
from core.actor import Actor
from core.api.fields import IdField
from core.errors import Forbidden
from events.sources import Source

JUDGES = (Role.ASSESSOR, Role.LEADER, Role.DUTY_CHIEF)
READERS = (*JUDGES, Role.ACCEPTOR, Role.DISPATCHER, Role.GRID_LEADER, Role.DEPARTMENT_DESK)


class FigureQuery(serializers.Serializer[Any]):
    """When, where, of which kind, channel and lead department."""

    first = serializers.DateField()
    last = serializers.DateField(help_text="the last day, included")
    area = serializers.CharField(required=False, max_length=120, help_text="path; one's own areas where left out")
    type_code = serializers.CharField(required=False, max_length=48)
    source = serializers.ChoiceField(Source.choices, required=False)  # type: ignore[assignment]
    unit = IdField(required=False, help_text="the lead department")


def require(actor: Actor, roles: tuple[Role, ...]) -> None:
    if not actor.has_role(*roles):
        raise Forbidden(roles="、".join(ROLE_NAMES[role] for role in roles))
