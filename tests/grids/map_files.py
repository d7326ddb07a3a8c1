"""Files of boundaries as departments send them, made of the test town's own outlines."""

import io
import json
import sqlite3
import struct
import zipfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import shapely
from django.contrib.gis.gdal import CoordTransform, OGRGeometry, SpatialReference
from shapely.geometry import MultiPolygon, Polygon, mapping
from shapely.geometry.base import BaseGeometry

from grids.rules.datums import from_wgs84

Named = tuple[str, str, BaseGeometry]
"""Name, code, shape."""


def in_datum(datum: str, shape: BaseGeometry) -> BaseGeometry:
    return shapely.transform(shape, lambda places: from_wgs84(datum, places))


def turned(shape: BaseGeometry) -> BaseGeometry:
    """Latitude first."""
    return shapely.transform(shape, lambda places: np.asarray(places)[:, ::-1])


def projected(epsg: int, shape: BaseGeometry) -> BaseGeometry:
    source = SpatialReference(4490)
    geometry = OGRGeometry(memoryview(shapely.to_wkb(shape)), source)
    geometry.transform(CoordTransform(source, SpatialReference(epsg)))
    return shapely.from_wkb(bytes(geometry.wkb))


def geojson(areas: Sequence[Named]) -> bytes:
    features = [
        {"type": "Feature", "properties": {"名称": name, "代码": code}, "geometry": mapping(shape)}
        for name, code, shape in areas
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()


def kml(areas: Sequence[Named]) -> bytes:
    def ring(places: Sequence[Sequence[float]]) -> str:
        return " ".join(f"{place[0]},{place[1]},0" for place in places)

    marks = "".join(
        f"<Placemark><name>{name}</name><Polygon><outerBoundaryIs><LinearRing><coordinates>"
        f"{ring(shape.exterior.coords)}</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>"
        for name, _, shape in areas
    )
    space = "http://www.opengis.net/kml/2.2"
    return f'<?xml version="1.0"?><kml xmlns="{space}"><Document>{marks}</Document></kml>'.encode()


def shapefile(areas: Sequence[Named], encoding: str = "gbk", prj: str = "", folder: str = "") -> bytes:
    """A zip with .shp, .shx and .dbf, written byte by byte as old programs do: no .cpg, no language byte."""
    records = [_polygon_record(shape) for _, _, shape in areas]
    files = {"shp": _shp(records, areas), "shx": _shx(records, areas), "dbf": _dbf(areas, encoding)}
    if prj:
        files["prj"] = prj.encode()
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for suffix, content in files.items():
            packed.writestr(f"{folder}communities.{suffix}", content)
    return stream.getvalue()


def geopackage(areas: Sequence[Named], epsg: int = 4490) -> bytes:
    """The three tables that a GeoPackage must have, and one layer."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "made.gpkg"
        with closing(sqlite3.connect(path)) as base, base:
            base.executescript(_GEOPACKAGE.format(epsg=epsg, wkt=SpatialReference(epsg).wkt.replace("'", "''")))
            head = struct.pack("<2sBBi", b"GP", 0, 1, epsg)
            rows = [(name, code, head + shapely.to_wkb(shape)) for name, code, shape in areas]
            base.executemany('INSERT INTO communities ("名称", "代码", geom) VALUES (?, ?, ?)', rows)
        return path.read_bytes()


_GEOPACKAGE = """
PRAGMA application_id = 1196444487;
PRAGMA user_version = 10200;
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER PRIMARY KEY, organization TEXT,
    organization_coordsys_id INTEGER, definition TEXT, description TEXT);
INSERT INTO gpkg_spatial_ref_sys VALUES ('made', {epsg}, 'EPSG', {epsg}, '{wkt}', '');
CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT, identifier TEXT, description TEXT,
    last_change TEXT, min_x REAL, min_y REAL, max_x REAL, max_y REAL, srs_id INTEGER);
INSERT INTO gpkg_contents VALUES ('communities', 'features', 'communities', '', '2026-01-01T00:00:00.000Z',
    NULL, NULL, NULL, NULL, {epsg});
CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT, srs_id INTEGER,
    z INTEGER, m INTEGER);
INSERT INTO gpkg_geometry_columns VALUES ('communities', 'geom', 'GEOMETRY', {epsg}, 0, 0);
CREATE TABLE communities (fid INTEGER PRIMARY KEY, "名称" TEXT, "代码" TEXT, geom BLOB);
"""


def _rings(shape: BaseGeometry) -> list[list[tuple[float, float]]]:
    parts = shape.geoms if isinstance(shape, MultiPolygon) else [shape]
    rings: list[list[tuple[float, float]]] = []
    for part in parts:
        assert isinstance(part, Polygon)
        rings += [list(part.exterior.coords), *(list(hole.coords) for hole in part.interiors)]
    return rings


def _polygon_record(shape: BaseGeometry) -> bytes:
    rings = _rings(shape)
    starts, total = [], 0
    for ring in rings:
        starts.append(total)
        total += len(ring)
    body = struct.pack("<i4d2i", 5, *shape.bounds, len(rings), total)
    body += struct.pack(f"<{len(starts)}i", *starts)
    return body + b"".join(struct.pack("<2d", place[0], place[1]) for ring in rings for place in ring)


def _header(length_bytes: int, areas: Sequence[Named]) -> bytes:
    bounds = shapely.total_bounds([shape for _, _, shape in areas])
    return struct.pack(">i5ii", 9994, 0, 0, 0, 0, 0, length_bytes // 2) + struct.pack(
        "<2i8d", 1000, 5, *bounds, 0, 0, 0, 0
    )


def _shp(records: Sequence[bytes], areas: Sequence[Named]) -> bytes:
    body = b"".join(struct.pack(">2i", n, len(record) // 2) + record for n, record in enumerate(records, start=1))
    return _header(100 + len(body), areas) + body


def _shx(records: Sequence[bytes], areas: Sequence[Named]) -> bytes:
    at, body = 100, b""
    for record in records:
        body += struct.pack(">2i", at // 2, len(record) // 2)
        at += 8 + len(record)
    return _header(100 + len(body), areas) + body


def _dbf(areas: Sequence[Named], encoding: str) -> bytes:
    fields = [("名称", 40), ("代码", 20)]
    record = 1 + sum(width for _, width in fields)
    header = struct.pack("<4BIHH20x", 3, 126, 1, 1, len(areas), 32 + 32 * len(fields) + 1, record)
    for name, width in fields:
        header += struct.pack("<11sc4xBB14x", name.encode(encoding), b"C", width, 0)
    rows = b"".join(
        b" " + name.encode(encoding).ljust(40)[:40] + code.encode(encoding).ljust(20)[:20] for name, code, _ in areas
    )
    return header + b"\r" + rows + b"\x1a"
