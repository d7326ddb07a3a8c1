"""Limits for those who are not signed in: so many requests from one address in so much time.

Counted in Redis, in fixed windows, under a keyed digest of the address: nobody can read there who asked. While Redis is
away nobody is refused.
"""

import hashlib
import hmac
from datetime import timedelta
from typing import ClassVar

import redis
from django.conf import settings
from django.http import HttpRequest
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from core.api.client_address import client_address
from core.clock import now
from core.redis import Unreachable, client, key


def address_digest(request: HttpRequest) -> str:
    """A digest of the requester's address that only this site can make."""
    return hmac.new(settings.SECRET_KEY.encode(), client_address(request).encode(), hashlib.sha256).hexdigest()[:24]


def count(scope: str, who: str, within: timedelta) -> int:
    """Count one more of `scope` for `who` in the window of this length that runs now: how many that makes. 0 while
    Redis is away.
    """
    seconds = int(within.total_seconds())
    name = key("throttle", scope, who, int(now().timestamp()) // seconds)
    pipe = client().pipeline(transaction=True)
    pipe.incr(name)
    pipe.expire(name, seconds + 1)
    try:
        return int(pipe.execute()[0])
    except (redis.RedisError, *Unreachable):
        return 0


class AddressThrottle(BaseThrottle):
    """Refuses above `most` requests of one address within `within`."""

    scope: ClassVar[str] = "public"
    most: ClassVar[int] = 60
    within: ClassVar[timedelta] = timedelta(minutes=1)

    def allow_request(self, request: Request, view: APIView) -> bool:
        return count(self.scope, address_digest(request._request), self.within) <= self.most

    def wait(self) -> float:
        return self.within.total_seconds()
