"""What the site allows the public, and what its rules did lately."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from accounts.queries.site_settings import who_set
from core.clock import now
from events.models import Event, HeldReport, PublicRules, Reporter
from events.queries.ended_contacts import contacts_over_since, held_contacts_over_since
from events.rules.public_rules import BOUNDS
from events.rules.urgent_words import USUAL
from events.sources import Source

NUMBERS = tuple(bound.field for bound in BOUNDS)
LOOKED_BACK = timedelta(days=30)
EXAMINED = 2000
"""The newest reports of a month are looked at: what a preview costs does not grow with the city."""
_CROWDED = """
    WITH month AS (
        SELECT id, point, reported_at FROM events_event
        WHERE source = %(source)s AND reported_at >= %(since)s ORDER BY reported_at DESC, id DESC LIMIT %(most)s
    )
    SELECT count(*) FROM month AS one WHERE (
        SELECT count(*) FROM month AS other
        WHERE (other.reported_at, other.id) < (one.reported_at, one.id)
          AND other.reported_at >= one.reported_at - %(within)s AND ST_DWithin(other.point, one.point, %(metres)s)
    ) >= %(reports)s
"""


@dataclass(frozen=True)
class Draft:
    """What is tried on the past month."""

    near_metres: int
    near_minutes: int
    near_reports: int
    contact_kept_days: int


def public_rules() -> PublicRules:
    """The site's rules, or the usual ones: one statement."""
    return PublicRules.objects.order_by("pk").first() or PublicRules()


def urgent_lists(rules: PublicRules) -> list[dict[str, Any]]:
    return list(rules.urgent_words or USUAL)


def plain_rules(rules: PublicRules) -> dict[str, Any]:
    """As the history keeps them."""
    return {name: getattr(rules, name) for name in NUMBERS} | {"urgent_words": list(rules.urgent_words)}


def rules_shape(*, may_edit: bool) -> dict[str, Any]:
    """The rules with their bounds, who set them, and the usual urgent words: one statement."""
    rules = PublicRules.objects.select_related("set_by").order_by("pk").first() or PublicRules()
    return {
        "values": plain_rules(rules),
        "bounds": [vars(bound) for bound in BOUNDS],
        "usual_words": [dict(one) for one in USUAL],
        "may_edit": may_edit,
        **who_set(rules),
    }


def effects(draft: Draft) -> dict[str, Any]:
    """What a draft would have done with the reports of the last month, beside what was done: six statements.

    How many come from one network address is kept for minutes only, so it cannot be told afterwards.
    """
    at = now()
    since, rules = at - LOOKED_BACK, public_rules()
    held = Counter[str]()
    reports_held = 0
    for reasons in HeldReport.objects.filter(created_at__gte=since).values_list("reasons", flat=True):
        reports_held += 1
        held.update(reasons)
    came = Event.objects.filter(source=Source.SNAPSHOT, reported_at__gte=since).count()
    ends = at - timedelta(days=draft.contact_kept_days)
    present = Draft(rules.near_metres, rules.near_minutes, rules.near_reports, rules.contact_kept_days)
    return {
        "days": LOOKED_BACK.days,
        "events": came,
        "examined": min(came, EXAMINED),
        "held": reports_held,
        "reasons": [{"reason": reason, "count": count} for reason, count in held.most_common()],
        "crowded_now": _crowded(present, since),
        "crowded_then": _crowded(draft, since),
        "contacts_kept": Reporter.objects.exclude(contact_name="", contact_phone="").count(),
        "contacts_erased": contacts_over_since(ends).count() + held_contacts_over_since(ends).count(),
    }


def _crowded(draft: Draft, since: datetime) -> int:
    """How many of the newest reports had so many others near them shortly before."""
    values: dict[str, Any] = {
        "source": Source.SNAPSHOT,
        "since": since,
        "most": EXAMINED,
        "within": timedelta(minutes=draft.near_minutes),
        "metres": draft.near_metres,
        "reports": draft.near_reports,
    }
    with connection.cursor() as cursor:
        cursor.execute(_CROWDED, values)
        return int(cursor.fetchone()[0])
