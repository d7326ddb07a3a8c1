"""`/tiles/sensors/…`: signed-in only, inside one's reach."""

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from core.api.requests import actor_of
from core.errors import NotFound
from grids.actions.datasets import AREAS, SENSORS
from grids.api.tiles import CONTENT_TYPE, stamp_of, with_etag
from grids.queries.reach import reach_in_keys
from grids.queries.tiles import is_tile
from grids.tile_cache import TileCache
from sensors.queries.sensor_tiles import sensor_tile


@extend_schema(exclude=True)
class SensorTileView(APIView):
    """Layer `sensors`: counts per bin from afar; id, kind, state and name of each from zoom 12 on."""

    def get(self, request: Request, z: int, x: int, y: int) -> HttpResponse:
        if not is_tile(z, x, y):
            raise NotFound()
        reach = reach_in_keys(actor_of(request))
        stamp = stamp_of(AREAS, SENSORS)
        return with_etag(
            request,
            f"{stamp}-{reach.key}",
            CONTENT_TYPE,
            lambda: TileCache("sensors").get(stamp, reach.key, z, x, y, lambda: sensor_tile(z, x, y, reach)),
        )
