"""When a message goes out by a channel, or why it does not. Pure."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from core.clock import CITY_ZONE

AT_ONCE, DIGEST, DAILY, OFF = "at_once", "digest", "daily", "off"
DIGEST_EVERY: Final = timedelta(minutes=15)
DAILY_AT: Final = time(8, 30)
IN_APP: Final = "in_app"


@dataclass(frozen=True)
class Plan:
    """`send_after` for a message that waits for its turn; `reason` where it is not sent at all."""

    state: str
    send_after: datetime | None = None
    is_bundled: bool = False
    reason: str = ""


def plan(
    *, channel: str, mode: str, is_urgent: bool, is_off_duty: bool, has_address: bool, is_open: bool, at: datetime
) -> Plan:
    """The plan for one message and channel at `at`.

    In the app a message is there at once. Elsewhere an urgent one goes at once whatever hour it is, others wait for the
    next digest and leave somebody off duty in peace.
    """
    if channel == IN_APP:
        return Plan("suppressed", reason="not_wished") if mode == OFF and not is_urgent else Plan("sent")
    if mode == OFF:
        return Plan("suppressed", reason="not_wished")
    if not is_open:
        return Plan("suppressed", reason="channel_off")
    if not has_address:
        return Plan("suppressed", reason="no_address")
    if is_urgent or mode == AT_ONCE and not is_off_duty:
        return Plan("queued", send_after=at)
    if mode == DAILY:
        return Plan("queued", send_after=next_daily(at), is_bundled=True)
    if is_off_duty:
        return Plan("suppressed", reason="off_duty")
    return Plan("queued", send_after=next_digest(at), is_bundled=True)


def next_digest(at: datetime) -> datetime:
    """The next full quarter of an hour, strictly after `at`."""
    midnight = at.astimezone(CITY_ZONE).replace(hour=0, minute=0, second=0, microsecond=0)
    passed = (at - midnight) // DIGEST_EVERY
    return midnight + (passed + 1) * DIGEST_EVERY


def next_daily(at: datetime) -> datetime:
    """The next half past eight in the morning of the city."""
    local = at.astimezone(CITY_ZONE)
    today = local.replace(hour=DAILY_AT.hour, minute=DAILY_AT.minute, second=0, microsecond=0)
    return today if today > local else today + timedelta(days=1)
