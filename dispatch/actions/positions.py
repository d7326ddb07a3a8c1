"""Keeping the latest position of a responder; no track is kept, and none at all off duty."""

from datetime import datetime, timedelta

from django.db import connection, transaction

from core.actor import Actor
from core.clock import now
from dispatch.errors import NotAResponder
from dispatch.live import publish_position
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
    responder = Responder.objects.active().on_duty(now()).filter(pk=responder_id).first()
    return responder is not None and _keep(responder, fix, at)


def report_position(*, actor: Actor, fix: Fix, at: datetime) -> bool:
    """The signed-in responder's device says where it is; was it kept?"""
    mine = Responder.objects.active().filter(user_id=actor.user_id) if actor.user_id is not None else None
    responder = mine.first() if mine is not None else None
    if responder is None:
        raise NotAResponder()
    return keep_position(responder_id=responder.pk, fix=fix, at=at)


def _keep(responder: Responder, fix: Fix, at: datetime) -> bool:
    moment = min(at, now() + AHEAD)
    with connection.cursor() as cursor:
        cursor.execute(UPSERT, [responder.pk, fix.lng, fix.lat, fix.accuracy_m, moment])
        kept = bool(cursor.rowcount == 1)
    if kept:
        transaction.on_commit(lambda: publish_position(responder, fix, moment))
    return kept
