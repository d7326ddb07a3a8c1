"""From the numbers of a file to longitude and latitude in EPSG:4326, under an assumption of what the numbers are."""

from dataclasses import dataclass

import numpy as np
import shapely
from django.contrib.gis.gdal import CoordTransform, GDALException, OGRGeometry, SpatialReference, SRSException
from shapely.geometry.base import BaseGeometry

from grids.importing.errors import FileRefused
from grids.rules.datums import Datum, Degrees, are_degrees, swapped, to_wgs84
from grids.rules.gauss_kruger import STRIPS

DEGREES, OF_FILE = "degrees", "file"


@dataclass(frozen=True)
class Placing:
    """What the numbers are: `projection` is "degrees", "file" (what the file names) or "epsg:<a strip of CGCS2000>";
    `datum` is what the degrees refer to; `swapped` says that latitude comes first."""

    projection: str = DEGREES
    datum: str = Datum.CGCS2000
    swapped: bool = False


class Placer:
    """Places the shapes of one layer. `wkt` is the coordinate system the file names, empty where it names none."""

    def __init__(self, placing: Placing, wkt: str) -> None:
        self._placing = placing
        self._from = _system(placing.projection, wkt)

    def place(self, wkb: bytes) -> BaseGeometry:
        """The shape in EPSG:4326; a number that lands nowhere makes it empty."""
        shape = shapely.from_wkb(self._projected(wkb)) if wkb else None
        if shape is None or shape.is_empty:
            return shapely.Polygon()
        placed: BaseGeometry = shapely.transform(shape, self._turned)
        return placed if np.isfinite(shapely.get_coordinates(placed)).all() else shapely.Polygon()

    def _projected(self, wkb: bytes) -> bytes:
        if self._from is None:
            return wkb
        try:
            shape = OGRGeometry(memoryview(wkb))
            shape.srs = self._from
            return bytes(shape.transform(CoordTransform(self._from, _LONGITUDE_LATITUDE), clone=True).wkb)
        except GDALException:
            return b""

    def _turned(self, places: Degrees) -> Degrees:
        turned = swapped(places) if self._placing.swapped else places
        return to_wgs84(self._placing.datum, turned)


_LONGITUDE_LATITUDE = SpatialReference(4490)


def projections_for(wkt: str, extent: tuple[float, float, float, float]) -> str:
    """Which projection the file itself speaks for: "degrees", "file" or "" where somebody must say it."""
    if are_degrees(*extent):
        return DEGREES
    return OF_FILE if wkt and _is_projected(wkt) else ""


def require_placing(placing: Placing, wkt: str) -> None:
    """Raises FileRefused for an assumption that cannot be made of this file."""
    if placing.projection not in (DEGREES, OF_FILE) and _epsg(placing.projection) not in STRIPS:
        raise _unknown_projection()
    if placing.projection == OF_FILE and not (wkt and _is_projected(wkt)):
        raise _unknown_projection()


def _system(projection: str, wkt: str) -> SpatialReference | None:
    if projection == DEGREES:
        return None
    try:
        return SpatialReference(wkt) if projection == OF_FILE else SpatialReference(_epsg(projection))
    except (SRSException, GDALException) as error:
        raise _unknown_projection() from error


def _epsg(projection: str) -> int:
    _, _, number = projection.partition(":")
    return int(number) if number.isascii() and number.isdigit() else 0


def _is_projected(wkt: str) -> bool:
    try:
        return bool(SpatialReference(wkt).projected)
    except (SRSException, GDALException):
        return False


def _unknown_projection() -> FileRefused:
    return FileRefused(
        "unknown_projection",
        "文件没有坐标系说明（.prj），请选择投影带后再继续。",
        "The file does not name its coordinate system (.prj). Choose the strip, then go on.",
    )
