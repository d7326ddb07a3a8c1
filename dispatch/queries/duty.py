"""Who is on duty: forces by kind, and who holds a seat."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q

from dispatch.models import DutyShift, Responder
from dispatch.models.responder import ResponderQuerySet

ROSTER = timedelta(days=14)
"""Who had or will have a shift within this time is on a roster; everybody else keeps no hours we know of."""


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


def off_duty(user_ids: Collection[int], at: datetime) -> frozenset[int]:
    """Those of these people who are on a roster, in the field or at a seat, and not on duty at `at`: one statement."""
    theirs = DutyShift.objects.filter(Q(responder__user_id__in=user_ids) | Q(user_id__in=user_ids))
    near = theirs.filter(starts_at__lt=at + ROSTER, ends_at__gt=at - ROSTER)
    rostered, present = set(), set()
    for shift in near.select_related("responder").only("user_id", "responder__user_id", "starts_at", "ends_at"):
        person = shift.responder.user_id if shift.responder else shift.user_id
        rostered.add(person)
        if shift.starts_at <= at < shift.ends_at:
            present.add(person)
    return frozenset(person for person in rostered - present if person is not None)
