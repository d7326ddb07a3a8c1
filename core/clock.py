"""The one source of the present time, so that rules and tests never ask the machine themselves."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

CITY_ZONE = ZoneInfo("Asia/Shanghai")

_told: ContextVar[datetime | None] = ContextVar("told", default=None)


def now() -> datetime:
    """The present, aware (UTC)."""
    return _told.get() or timezone.now()


@contextmanager
def as_of(moment: datetime) -> Iterator[None]:
    """Within the block it is `moment`: for the simulator, which lets a sample district have a past."""
    token = _told.set(moment)
    try:
        yield
    finally:
        _told.reset(token)


def local(moment: datetime) -> datetime:
    """`moment` as the city's clocks show it."""
    return moment.astimezone(CITY_ZONE)
