"""Further maps of the site: the list for the layer switch, and the tiles of archives, read from the file by ranges."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.errors import NotFound
from grids.api.tiles import with_etag
from grids.models.map_source import MapSource
from grids.queries.tiles import is_tile
from grids.rules.pmtiles import GZIP, NotAnArchive, find_tile, read_header

FOLDER = "maps"


class MapSourceSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    name = serializers.CharField()
    tiles = serializers.CharField(help_text="path of this site with {z}, {x} and {y}")
    min_zoom = serializers.IntegerField()
    max_zoom = serializers.IntegerField()
    attribution = serializers.CharField(allow_blank=True)


class MapSourceListSerializer(serializers.Serializer[Any]):
    items = MapSourceSerializer(many=True)


class MapSourceListView(APIView):
    @extend_schema(operation_id="map_sources", responses=MapSourceListSerializer)
    def get(self, request: Request) -> Response:
        return Response({"items": [_row(source) for source in MapSource.objects.shown()]})


def _row(source: MapSource) -> dict[str, Any]:
    own = f"/tiles/archive/{source.pk}/{{z}}/{{x}}/{{y}}"
    return {
        "id": source.pk,
        "name": source.name,
        "tiles": own if source.kind == MapSource.Kind.PMTILES else source.address,
        "min_zoom": source.min_zoom,
        "max_zoom": source.max_zoom,
        "attribution": source.attribution,
    }


@extend_schema(exclude=True)
class ArchiveTileView(APIView):
    """`/tiles/archive/{source}/{z}/{x}/{y}`: one tile of a PMTiles archive, as it is kept in it."""

    def get(self, request: Request, source_id: int, z: int, x: int, y: int) -> HttpResponse:
        source = MapSource.objects.shown().filter(pk=source_id, kind=MapSource.Kind.PMTILES).first()
        path = Path(settings.VAR_DIR) / FOLDER / source.file if source else None
        if path is None or not is_tile(z, x, y) or not path.is_file():
            raise NotFound()
        told = path.stat()
        with path.open("rb") as file:

            def read(offset: int, length: int) -> bytes:
                file.seek(offset)
                return file.read(length)

            try:
                header = read_header(read)
                tile = find_tile(read, header, z, x, y)
            except NotAnArchive as error:
                raise NotFound() from error
        if tile is None:
            return HttpResponse(status=204)
        answer = with_etag(request, f"{told.st_mtime_ns:x}-{told.st_size:x}", header.content_type, lambda: tile)
        if header.tiles == GZIP and answer.status_code == 200:
            answer.headers["Content-Encoding"] = "gzip"
        return answer
