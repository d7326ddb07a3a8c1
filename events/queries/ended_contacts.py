"""Contacts of citizens whose matter is over: they are kept for a while only."""

from datetime import datetime

from django.db.models import F, Max, Q, QuerySet
from django.db.models.functions import Coalesce

from events.models import HeldReport, Reporter

OVER = ("evaluated", "rejected", "cancelled")


def contacts_over_since(before: datetime) -> QuerySet[Reporter]:
    """Reporters with a name or telephone number whose event was evaluated or refused before a moment.

    A merged event's reporters go with its main event's.
    """
    with_contact = Reporter.objects.exclude(contact_name="", contact_phone="")
    over = with_contact.annotate(
        over_at=Coalesce(
            Max("event__main_event__evaluations__evaluated_at"),
            Max("event__evaluations__evaluated_at"),
            F("event__main_event__ended_at"),
            F("event__ended_at"),
        )
    )
    ended = Q(event__state__in=OVER) | Q(event__state="merged", event__main_event__state__in=OVER)
    return over.filter(ended, over_at__lt=before)


def held_contacts_over_since(before: datetime) -> QuerySet[HeldReport]:
    """The same of reports that never became an event of their own."""
    return HeldReport.objects.filter(decided_at__lt=before).exclude(contact_name="", contact_phone="")
