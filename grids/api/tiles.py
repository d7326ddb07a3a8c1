"""How tiles leave the house: with an ETag that changes with data and scope; without signing in only what every map
shows.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.http import HttpResponse, HttpResponseNotModified
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api.requests import actor_of
from core.api.throttles import AddressThrottle
from core.errors import NotFound
from grids.actions.datasets import AREAS, BASE, UNIT_GRIDS
from grids.models import MapDataset
from grids.queries.reach import Reach, reach_in_keys
from grids.queries.tiles import GRIDS_FROM_ZOOM, base_tile, is_tile
from grids.queries.unit_grid_tiles import unit_grid_tile
from grids.scope import reach_key, reach_of
from grids.tile_cache import EVERYBODY, TileCache

CONTENT_TYPE = "application/vnd.mapbox-vector-tile"


def stamp_of(*names: str) -> str:
    """The stamps of these datasets as one value; a dataset that does not exist yet counts as `none`."""
    stamps = dict(MapDataset.objects.filter(name__in=names).values_list("name", "stamp"))
    return "-".join(stamps.get(name, "none") for name in names)


def with_etag(request: Request, etag: str, content_type: str, make: Callable[[], bytes]) -> HttpResponse:
    """The content, or 304 where the browser holds it already. Kept privately and asked for again every time."""
    quoted = f'"{etag}"'
    response: HttpResponse
    if quoted in request.headers.get("If-None-Match", ""):
        response = HttpResponseNotModified()
    else:
        response = HttpResponse(make(), content_type=content_type)
    response.headers["ETag"] = quoted
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Vary"] = "Cookie"
    return response


def tile_in_reach(
    request: Request,
    layer: str,
    dataset: str,
    tile: tuple[int, int, int],
    make: Callable[[int, int, int, Reach], bytes],
) -> HttpResponse:
    """A tile (z, x, y) of things that store the keys of their areas, inside the reach of who asks."""
    if not is_tile(*tile):
        raise NotFound()
    reach = reach_in_keys(actor_of(request))
    stamp = stamp_of(AREAS, dataset)
    return with_etag(
        request,
        f"{stamp}-{reach.key}",
        CONTENT_TYPE,
        lambda: TileCache(layer).get(stamp, reach.key, *tile, lambda: make(*tile, reach)),
    )


class PublicTiles(AddressThrottle):
    """A map that is looked at, not one that is copied."""

    scope, most, within = "public-tiles", 1500, timedelta(minutes=5)


@extend_schema(exclude=True)
class BaseTileView(APIView):
    """`/tiles/base/{z}/{x}/{y}.mvt`: layers water, green, roads, areas."""

    def get(self, request: Request, z: int, x: int, y: int) -> HttpResponse | Response:
        if not is_tile(z, x, y):
            raise NotFound()
        reach = reach_of(actor_of(request)) if z >= GRIDS_FROM_ZOOM else ()
        scope = reach_key(reach) if z >= GRIDS_FROM_ZOOM else EVERYBODY
        stamp = stamp_of(AREAS, BASE)
        return with_etag(
            request,
            f"{stamp}-{scope}",
            CONTENT_TYPE,
            lambda: TileCache("base").get(stamp, scope, z, x, y, lambda: base_tile(z, x, y, reach)),
        )


@extend_schema(exclude=True)
class PublicTileView(APIView):
    """`/tiles/public/{z}/{x}/{y}.mvt`: the base map without what is a matter of scope, for the citizens' page."""

    authentication_classes: list[Any] = []
    permission_classes = [AllowAny]
    throttle_classes = [PublicTiles]

    def get(self, request: Request, z: int, x: int, y: int) -> HttpResponse | Response:
        if not is_tile(z, x, y):
            raise NotFound()
        stamp = stamp_of(AREAS, BASE)
        answer = with_etag(
            request,
            f"{stamp}-public",
            CONTENT_TYPE,
            lambda: TileCache("public").get(stamp, EVERYBODY, z, x, y, lambda: base_tile(z, x, y, ())),
        )
        answer.headers["Cache-Control"] = "public, max-age=300"
        del answer.headers["Vary"]
        return answer


@extend_schema(exclude=True)
class UnitGridTileView(APIView):
    """`/tiles/unit-grids/{z}/{x}/{y}.mvt`: layers `unit_grids` and `duty_zones`, inside one's reach."""

    def get(self, request: Request, z: int, x: int, y: int) -> HttpResponse | Response:
        if not is_tile(z, x, y):
            raise NotFound()
        reach = reach_of(actor_of(request))
        scope, stamp = reach_key(reach), stamp_of(AREAS, UNIT_GRIDS)
        return with_etag(
            request,
            f"{stamp}-{scope}",
            CONTENT_TYPE,
            lambda: TileCache("unit-grids").get(stamp, scope, z, x, y, lambda: unit_grid_tile(z, x, y, reach)),
        )
