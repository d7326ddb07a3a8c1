"""The sequences behind the numbers of events: one per district and day, made by the day's first event."""

import re
from datetime import timedelta

from django.db import connection, transaction

from core.clock import local, now

NAME = re.compile(r"events_number_\d+_(\d{8})$")
KEPT = timedelta(days=7)
"""An event may be reported for a time in the past; older ones number from a new sequence and are refused as doubles."""


@transaction.atomic
def drop_old_sequences() -> int:
    """Drop the sequences of days older than a week; the number dropped."""
    oldest = local(now() - KEPT).strftime("%Y%m%d")
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'S' AND relname LIKE 'events\\_number\\_%'")
        names = [name for (name,) in cursor.fetchall() if (found := NAME.match(name)) and found.group(1) < oldest]
        for name in names:
            cursor.execute(f'DROP SEQUENCE IF EXISTS "{name}"')
    return len(names)
