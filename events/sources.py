"""The channels events come by."""

from django.db import models

from accounts.roles import Role
from core.actor import Actor


class Source(models.TextChoices):
    GRID_WORKER = "grid_worker", "网格员"
    COLLECTOR = "collector", "采集员"
    GUARD = "guard", "平安员"
    SNAPSHOT = "snapshot", "随手拍"
    HOTLINE = "hotline_12345", "12345"
    POLICE = "police_110", "110 非警务分流"
    DIGITAL_CITY = "digital_city", "数字城管"
    MAILBOX = "mailbox", "领导信箱"
    SMART_COMMUNITY = "smart_community", "智慧社区"
    INSPECTION = "inspection", "智慧督查"
    PETITION = "petition", "信访"
    SERVICE_WINDOW = "service_window", "服务窗口"
    SUPERIOR = "superior", "上级交办"
    MEDIA = "media", "媒体舆情"
    VIDEO = "video", "视频"
    SENSOR = "sensor", "物联感知"
    DATA = "data", "数据比对"
    PARTNER = "partner", "外部平台"


CITIZEN_SOURCES = frozenset(
    {Source.SNAPSHOT, Source.HOTLINE, Source.POLICE, Source.MAILBOX, Source.PETITION, Source.SERVICE_WINDOW}
)
"""Channels behind which a citizen waits for an answer: the rating window is kept open for them."""
MACHINE_SOURCES = frozenset({Source.VIDEO, Source.SENSOR, Source.DATA})
"""Found by a machine and confirmed by a person: nobody reported them."""

_BY_ROLE = (
    (frozenset({Role.GRID_WORKER, Role.GRID_LEADER}), Source.GRID_WORKER),
    (frozenset({Role.COLLECTOR}), Source.COLLECTOR),
)


def usual_source(actor: Actor) -> Source:
    """The channel of a report that names none: by the post of who reports."""
    return next((source for roles, source in _BY_ROLE if not actor.roles.isdisjoint(roles)), Source.INSPECTION)
