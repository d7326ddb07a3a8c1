"""Reading a file of boundaries: its layers, what is written on each shape, and the shapes as they stand in the file."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from django.contrib.gis.gdal import DataSource, GDALException, SpatialReference, SRSException
from django.contrib.gis.gdal.feature import Feature
from django.contrib.gis.gdal.layer import Layer
from shapely.geometry.base import BaseGeometry

from grids.importing.errors import FileRefused
from grids.importing.formats import DRIVERS, MapFile

MOST_SHAPES = 20_000
MOST_CORNERS = 8_000_000
FARTHEST_NUMBER = 1e9
"""Metres with the number of their strip in front stay below fifty million; what is beyond, or no number, is a fault."""
_MOST_FIELDS, _LONGEST_VALUE = 60, 200
_BYTES_AS_THEY_ARE = "latin-1"
"""Decodes any bytes and gives them back: the text is decoded afterwards, so that one broken value spoils no file."""

Extent = tuple[float, float, float, float]


@dataclass(frozen=True)
class ReadShape:
    """One shape of the file: its number from 1, what is written on it, and its WKB in the file's own numbers (2D)."""

    number: int
    values: dict[str, str]
    wkb: bytes


@dataclass(frozen=True)
class ReadLayer:
    """`wkt` is the coordinate system that the file names, empty where it names none. `extent` in its numbers."""

    name: str
    fields: list[str]
    wkt: str
    extent: Extent
    shapes: list[ReadShape]


def read_layers(file: MapFile) -> list[ReadLayer]:
    """All layers that hold shapes. Raises FileRefused where the file cannot be read or holds too much."""
    try:
        source = DataSource(str(file.path), encoding=_BYTES_AS_THEY_ARE)
    except GDALException as error:
        raise FileRefused(
            "unreadable", f"{file.path.name} 无法读取，可能已损坏。", f"{file.path.name} cannot be read."
        ) from error
    if str(source.driver) not in DRIVERS[file.format]:
        raise FileRefused("unreadable", f"{file.path.name} 内容与格式不符。", f"{file.path.name} is not what it seems.")
    read = [_read_layer(layer, file) for layer in _layers(source)]
    return [layer for layer in read if layer.shapes]


def _layers(source: DataSource) -> Iterator[Layer]:
    for place in range(len(source)):
        yield source[place]


def _read_layer(layer: Layer, file: MapFile) -> ReadLayer:
    decode = _Decoder(file.encoding.name)
    if len(layer) > MOST_SHAPES:
        raise FileRefused(
            "too_many_shapes",
            f"图层有 {len(layer)} 个图形，超过 {MOST_SHAPES} 个。请按街道分批导入。",
            f"The layer has {len(layer)} shapes, more than {MOST_SHAPES}. Import it by street.",
        )
    try:
        shapes, corners = [], 0
        extent: Extent | None = None
        for shape in _shapes(layer, decode):
            geometry = shapely.from_wkb(shape.wkb) if shape.wkb else shapely.Point()
            corners += shapely.get_num_coordinates(geometry)
            extent = extent if geometry.is_empty else _around(extent, geometry.bounds)
            if corners > MOST_CORNERS:
                raise FileRefused(
                    "too_many_corners",
                    f"顶点超过 {MOST_CORNERS // 10_000} 万个，请抽稀或分批导入。",
                    f"More than {MOST_CORNERS} corners. Simplify it or import by street.",
                )
            shapes.append(shape)
        fields = [decode(name) for name in layer.fields][:_MOST_FIELDS]
        return ReadLayer(decode(layer.name), fields, _wkt(layer), extent or (0.0, 0.0, 0.0, 0.0), shapes)
    except (GDALException, shapely.GEOSException) as error:
        raise FileRefused(
            "unreadable", f"图层“{decode(layer.name)}”无法读取。", f"Layer “{decode(layer.name)}” cannot be read."
        ) from error


def _shapes(layer: Layer, decode: "_Decoder") -> Iterator[ReadShape]:
    names = list(enumerate(map(decode, layer.fields)))[:_MOST_FIELDS]
    for number, feature in enumerate(layer, start=1):
        yield ReadShape(number, {name: _value(feature, place, decode) for place, name in names}, _flat_wkb(feature))


def _value(feature: Feature, place: int, decode: "_Decoder") -> str:
    try:
        value: Any = feature[place].value
    except (GDALException, ValueError, TypeError):
        return ""
    text = "" if value is None else decode(value) if isinstance(value, str) else str(value)
    return text.replace("\0", "").strip()[:_LONGEST_VALUE]


def _flat_wkb(feature: Feature) -> bytes:
    """Heights are dropped; a shape that is missing, or has a corner nowhere on earth, is empty."""
    try:
        shape = shapely.force_2d(shapely.from_wkb(bytes(feature.geom.wkb)))
        return bytes(shapely.to_wkb(shape)) if _is_on_earth(shape) else b""
    except (GDALException, shapely.GEOSException):
        return b""


def _is_on_earth(shape: BaseGeometry) -> bool:
    corners = shapely.get_coordinates(shape)
    return bool((np.abs(corners) < FARTHEST_NUMBER).all())


def _around(extent: Extent | None, bounds: Extent) -> Extent:
    if extent is None:
        return bounds
    (west, south, east, north), (left, low, right, high) = extent, bounds
    return min(west, left), min(south, low), max(east, right), max(north, high)


def _wkt(layer: Layer) -> str:
    try:
        srs: SpatialReference | None = layer.srs
        return str(srs.wkt) if srs else ""
    except SRSException:
        return ""


class _Decoder:
    def __init__(self, encoding: str) -> None:
        self._encoding = encoding

    def __call__(self, text: object) -> str:
        return str(text).encode(_BYTES_AS_THEY_ARE, "replace").decode(self._encoding, "replace")
