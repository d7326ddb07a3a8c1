"""Keeping the latest position of a responder; no track is kept, and none at all off duty."""

from datetime import datetime, timedelta

from django.db import connection

from core.clock import now
from dispatch.models import Responder
from dispatch.rules.geofence import Fix

AHEAD = timedelta(seconds=30)
"""How far a device's clock may run ahead before its time is replaced by ours."""

UPSERT = """
INSERT INTO dispatch_position (responder_id, point, accuracy_m, at)
VALUES (%s, ST_SetSRID(ST_MakePoint(%s, %s), 4326)::geography, %s, %s)
ON CONFLICT (responder_id) DO UPDATE SET point = excluded.point, accuracy_m = excluded.accuracy_m, at = excluded.at
WHERE dispatch_position.at < excluded.at
"""


def keep_position(*, responder_id: int, fix: Fix, at: datetime) -> bool:
    """Store `fix` as the latest position unless a newer one is there or the responder is off duty; was it kept?"""
    moment = min(at, now() + AHEAD)
    if not Responder.objects.active().on_duty(now()).filter(pk=responder_id).exists():
        return False
    with connection.cursor() as cursor:
        cursor.execute(UPSERT, [responder_id, fix.lng, fix.lat, fix.accuracy_m, moment])
        return cursor.rowcount == 1
