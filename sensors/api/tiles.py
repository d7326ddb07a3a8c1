"""`/tiles/sensors/…`: signed-in only, inside one's reach."""

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from grids.actions.datasets import SENSORS
from grids.api.tiles import tile_in_reach
from sensors.queries.sensor_tiles import sensor_tile


@extend_schema(exclude=True)
class SensorTileView(APIView):
    """Layer `sensors`: counts per bin from afar; id, kind, state and name of each from zoom 12 on."""

    def get(self, request: Request, z: int, x: int, y: int) -> HttpResponse:
        return tile_in_reach(request, "sensors", SENSORS, (z, x, y), sensor_tile)
