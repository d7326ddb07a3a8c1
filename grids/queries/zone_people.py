"""Who may be put in charge of ground in a community."""

from django.db.models import Q

from accounts.models import User
from accounts.roles import Role
from grids.unit_grid_shapes import ZonePerson

ANSWERING = (Role.COLLECTOR, Role.GRID_WORKER, Role.GRID_LEADER)
MOST = 300


def people_for(path: str) -> list[ZonePerson]:
    """Active collectors, grid workers and grid leaders whose post reaches the community or a part of it, by name (the
    first 300); one statement.
    """
    labels = path.split(".")
    above = [".".join(labels[: depth + 1]) for depth in range(len(labels))]
    reaches = Q(grants__area_path__in=above) | Q(grants__area_path__startswith=path + ".")
    found = User.objects.filter(reaches, grants__role__in=ANSWERING, is_active=True).distinct().order_by("name", "pk")
    return [ZonePerson(id=person.pk, name=person.name) for person in found[:MOST]]
