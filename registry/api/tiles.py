"""`/tiles/buildings/…`, `/tiles/components/…`: signed-in only; names and components only inside one's reach."""

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from core.api.requests import actor_of
from core.errors import NotFound
from grids.actions.datasets import BUILDINGS, COMPONENTS
from grids.api.tiles import CONTENT_TYPE, stamp_of, tile_in_reach, with_etag
from grids.queries.tiles import is_tile
from grids.scope import reach_key, reach_of
from grids.tile_cache import EVERYBODY, TileCache
from registry.queries.component_tiles import component_tile
from registry.queries.tiles import NAMES_FROM_ZOOM, building_tile


@extend_schema(exclude=True)
class BuildingTileView(APIView):
    """Layer `buildings`: id, height (m), levels, name."""

    def get(self, request: Request, z: int, x: int, y: int) -> HttpResponse:
        if not is_tile(z, x, y):
            raise NotFound()
        reach = reach_of(actor_of(request)) if z >= NAMES_FROM_ZOOM else ()
        scope = reach_key(reach) if z >= NAMES_FROM_ZOOM else EVERYBODY
        stamp = stamp_of(BUILDINGS)
        return with_etag(
            request,
            f"{stamp}-{scope}",
            CONTENT_TYPE,
            lambda: TileCache("buildings").get(stamp, scope, z, x, y, lambda: building_tile(z, x, y, reach)),
        )


@extend_schema(exclude=True)
class ComponentTileView(APIView):
    """Layer `components`: counts per bin from afar, id, type and state of each from zoom 16 on."""

    def get(self, request: Request, z: int, x: int, y: int) -> HttpResponse:
        return tile_in_reach(request, "components", COMPONENTS, (z, x, y), component_tile)
