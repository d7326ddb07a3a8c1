"""When a repeated finding is a new alert, joins one, or is passed over. Pure."""

from datetime import datetime, timedelta
from enum import StrEnum

URGENT_UP_TO = 2
"""特急 and 紧急 are acknowledged one by one."""


OWN_DEVICES = frozenset({"camera"})
"""Subjects of alerts about the platform's own devices: that one is broken is no finding an algorithm is measured by."""


class Outcome(StrEnum):
    RAISE = "raise"
    JOIN_EVENT = "join_event"
    PASS_OVER = "pass_over"


def outcome_of_finding(
    *, last_state: str | None, decided_at: datetime | None, event_ended_at: datetime | None, event_is_open: bool,
    at: datetime, cool_down: timedelta,
) -> Outcome:  # fmt: skip
    """What a finding means, given the newest decided alert of the same source, rule and subject (or None).

    After a confirmation it joins the event while that is open. After a dismissal, or after the event has ended,
    findings are passed over for the cool-down: the scene needs time to clear.
    """
    if last_state == "confirmed" and event_is_open:
        return Outcome.JOIN_EVENT
    since = event_ended_at if last_state == "confirmed" else decided_at
    if last_state in {"confirmed", "dismissed"} and since is not None and at < since + cool_down:
        return Outcome.PASS_OVER
    return Outcome.RAISE


def precision(confirmed: int, dismissed: int) -> float | None:
    """Confirmed ÷ decided; None before the first decision."""
    decided = confirmed + dismissed
    return round(confirmed / decided, 4) if decided else None
