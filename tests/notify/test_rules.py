"""When a message goes out, and how long after a failure it is tried again."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core.clock import CITY_ZONE
from notify.queries.rows import masked
from notify.rules.backoff import wait_after
from notify.rules.schedule import Plan, next_daily, next_digest, plan
from notify.signatures import is_genuine, signature

NOON = datetime(2026, 3, 2, 12, 7, tzinfo=CITY_ZONE)
USUAL: dict[str, Any] = {
    "channel": "sms",
    "mode": "digest",
    "is_urgent": False,
    "is_off_duty": False,
    "has_address": True,
    "is_open": True,
    "at": NOON,
}


@pytest.mark.parametrize(
    ("given", "planned"),
    [
        ({"channel": "in_app"}, Plan("sent")),
        ({"channel": "in_app", "mode": "off"}, Plan("suppressed", reason="not_wished")),
        ({"channel": "in_app", "mode": "off", "is_urgent": True}, Plan("sent")),
        ({}, Plan("queued", NOON.replace(minute=15), is_bundled=True)),
        ({"mode": "at_once"}, Plan("queued", NOON)),
        ({"is_urgent": True}, Plan("queued", NOON)),
        ({"is_urgent": True, "is_off_duty": True}, Plan("queued", NOON)),
        ({"is_off_duty": True}, Plan("suppressed", reason="off_duty")),
        ({"mode": "at_once", "is_off_duty": True}, Plan("suppressed", reason="off_duty")),
        ({"mode": "off", "is_urgent": True}, Plan("suppressed", reason="not_wished")),
        ({"has_address": False, "is_urgent": True}, Plan("suppressed", reason="no_address")),
        ({"is_open": False}, Plan("suppressed", reason="channel_off")),
        (
            {"mode": "daily", "is_off_duty": True},
            Plan("queued", datetime(2026, 3, 3, 8, 30, tzinfo=CITY_ZONE), is_bundled=True),
        ),
    ],
)
def test_a_message_goes_when_the_person_and_the_hour_allow_it(given: dict[str, Any], planned: Plan) -> None:
    assert plan(**{**USUAL, **given}) == planned


def test_a_digest_goes_at_the_next_full_quarter_and_never_now() -> None:
    assert next_digest(NOON) == NOON.replace(minute=15)
    assert next_digest(NOON.replace(minute=15)) == NOON.replace(minute=30)
    assert next_digest(datetime(2026, 3, 2, 15, 59, 59, tzinfo=UTC)) == datetime(2026, 3, 3, 0, 0, tzinfo=CITY_ZONE)


def test_the_daily_digest_goes_in_the_morning() -> None:
    assert next_daily(NOON.replace(hour=8, minute=29)) == NOON.replace(hour=8, minute=30)
    assert next_daily(NOON.replace(hour=8, minute=30)) == NOON.replace(day=3, hour=8, minute=30)


def test_the_pauses_grow_and_end() -> None:
    pauses = [wait_after(attempt) for attempt in range(1, 7)]
    assert pauses == [*(timedelta(minutes=m) for m in (1, 5, 15, 60, 240)), None]


@pytest.mark.parametrize(
    ("address", "shown"),
    [("13812340000", "138****0000"), ("wang@example.org", "w***@example.org"), ("110", "***"), ("", "")],
)
def test_addresses_are_masked(address: str, shown: str) -> None:
    assert masked(address) == shown


def test_a_report_of_a_gateway_is_genuine_only_when_signed_and_fresh() -> None:
    body, at = b'{"id": "1"}', 1_760_000_000.0
    good = signature("secret", "1760000000", body)
    assert is_genuine("secret", timestamp="1760000000", given=good, body=body, at=at)
    assert not is_genuine("secret", timestamp="1760000000", given=good, body=body + b" ", at=at)
    assert not is_genuine("other", timestamp="1760000000", given=good, body=body, at=at)
    assert not is_genuine("secret", timestamp="1760000000", given=good, body=body, at=at + 301)
    assert not is_genuine("secret", timestamp="²", given="ü", body=body, at=at)
    assert not is_genuine("", timestamp="1760000000", given=signature("", "1760000000", body), body=body, at=at)
