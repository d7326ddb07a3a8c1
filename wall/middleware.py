"""A wall only looks, and only at what walls show: everything else is refused, whatever its account could see."""

import re
from collections.abc import Callable
from typing import Any, cast

from django.http import HttpRequest, HttpResponse

from accounts.audience import is_device
from accounts.sessions import SessionStore
from core.api.problems import problem_json
from wall.errors import WallIsReadOnly

READS = re.compile(
    r"^/(?:api/v1/(?:session|health|areas/geojson|wall/[a-z-]+|wall/stills/\d+|cameras/\d+/still\.jpg)|tiles/.+|health)$"
)
WRITES = frozenset({("POST", "/api/v1/wall/seen"), ("DELETE", "/api/v1/session")})
GUARDED = ("/api/", "/tiles/", "/media/", "/admin")
PUBLIC = "/api/v1/public/"


class DeviceMiddleware:
    """Stands behind the session: a session that is exempt from idling may be a wall's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self._is_wall(request) and not is_for_walls(request):
            return problem_json(WallIsReadOnly(), request)
        return self.get_response(request)

    @staticmethod
    def _is_wall(request: HttpRequest) -> bool:
        store = cast(SessionStore, request.session)
        if store.row is None or not store.row.idle_exempt:
            return False
        user = cast(Any, request.user)
        return bool(user.is_authenticated and is_device(user.as_actor()))


def is_for_walls(request: HttpRequest) -> bool:
    """Whether a wall may ask this."""
    if not request.path.startswith(GUARDED) or request.path.startswith(PUBLIC):
        return True
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return READS.match(request.path) is not None
    return (request.method, request.path) in WRITES
