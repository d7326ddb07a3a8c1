"""Who is on duty: forces by kind, and who holds a seat."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q

from dispatch.models import DutyShift, Responder
from dispatch.models.responder import ResponderQuerySet


class Force(NamedTuple):
    kind: str
    on_duty: int
    total: int


def forces(among: ResponderQuerySet, at: datetime) -> list[Force]:
    """How many active responders of each kind there are, and how many are on duty at `at`: one statement."""
    on_shift = Exists(DutyShift.objects.covering(at).filter(responder=OuterRef("pk")))
    rows = (
        among.filter(is_active=True)
        .alias(is_on_duty=on_shift)
        .values("kind")
        .annotate(total=Count("pk"), on_duty=Count("pk", filter=Q(is_on_duty=True)))
        .order_by()
    )
    order = list(Responder.Kind.values)
    found = [Force(row["kind"], row["on_duty"], row["total"]) for row in rows]
    return sorted(found, key=lambda force: order.index(force.kind))


def at_seat(seat: str, area_path: str, at: datetime) -> str | None:
    """The name of the person whose shift at `seat` covers `at`: of the centre of the area, else of the one above it."""
    labels = area_path.split(".")
    ancestors = [".".join(labels[: depth + 1]) for depth in range(len(labels))]
    shifts = DutyShift.objects.covering(at).filter(seat=seat, area_path__in=ancestors)
    return shifts.order_by("-area_path", "starts_at", "id").values_list("user__name", flat=True).first()
