"""`/tiles/past-events/…`: ended events inside one's sight."""

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from core.api.requests import actor_of
from core.clock import now
from core.errors import NotFound
from events.queries.past_tiles import past_tile
from grids.actions.datasets import AREAS
from grids.api.tiles import CONTENT_TYPE, stamp_of, with_etag
from grids.queries.tiles import is_tile

MINUTES = 10
"""The past grows slowly: a tile that a browser holds is shown again for so long."""


@extend_schema(exclude=True)
class PastEventTileView(APIView):
    """Layer `past_events`: id, type, level, state. What somebody sees depends on more than areas, so it is kept by the
    browser alone, under the person, the areas' stamp and the ten minutes.
    """

    def get(self, request: Request, z: int, x: int, y: int) -> HttpResponse:
        if not is_tile(z, x, y):
            raise NotFound()
        actor = actor_of(request)
        turn = int(now().timestamp()) // (MINUTES * 60)
        return with_etag(
            request,
            f"{stamp_of(AREAS)}-{actor.user_id}-{turn}",
            CONTENT_TYPE,
            lambda: past_tile(z, x, y, actor),
        )
