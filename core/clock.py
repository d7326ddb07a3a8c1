"""The one source of the present time, so that rules and tests never ask the machine themselves."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

CITY_ZONE = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """The present, aware (UTC)."""
    return timezone.now()


def local(moment: datetime) -> datetime:
    """`moment` as the city's clocks show it."""
    return moment.astimezone(CITY_ZONE)
