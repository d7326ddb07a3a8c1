"""Limits for who is not signed in."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import redis
from django.test import RequestFactory

from core.api import throttles
from core.api.client_address import client_address
from core.api.throttles import address_digest, count
from core.clock import as_of, now
from core.redis import client, key

MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def nothing_counted() -> Iterator[None]:
    yield
    for name in client().scan_iter(key("throttle", "*")):
        client().delete(name)


def test_each_window_scope_and_address_counts_by_itself() -> None:
    at = now()
    with as_of(at):
        assert [count("a", "x", MINUTE) for _ in range(3)] == [1, 2, 3]
        assert count("b", "x", MINUTE) == count("a", "y", MINUTE) == 1
    with as_of(at + 2 * MINUTE):
        assert count("a", "x", MINUTE) == 1


def test_nobody_is_refused_while_redis_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    class Away:
        def pipeline(self, **_: Any) -> "Away":
            return self

        def incr(self, name: str) -> None: ...

        def expire(self, name: str, seconds: int) -> None: ...

        def execute(self) -> None:
            raise redis.ConnectionError

    monkeypatch.setattr(throttles, "client", Away)
    assert count("a", "x", MINUTE) == 0


def test_what_is_counted_does_not_tell_the_address() -> None:
    digest = address_digest(RequestFactory().get("/", REMOTE_ADDR="4.4.4.4"))
    assert "4.4.4.4" not in digest
    assert digest == address_digest(RequestFactory().get("/x", REMOTE_ADDR="4.4.4.4"))


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("127.0.0.1", "5.5.5.5", "5.5.5.5"),
        ("127.0.0.1", "6.6.6.6, 5.5.5.5", "5.5.5.5"),
        ("127.0.0.1", "5.5.5.5, 127.0.0.1", "5.5.5.5"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "not an address", "not an address"),
        ("4.4.4.4", "5.5.5.5", "4.4.4.4"),
        ("", "5.5.5.5", ""),
    ],
)
def test_only_our_own_front_is_believed(peer: str, forwarded: str, address: str) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=forwarded)
    assert client_address(request) == address
