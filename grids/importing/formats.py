"""What kind of file it is, by what stands in it and not by what it is called."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from grids.importing.archives import unpack
from grids.importing.dbf_text import TextEncoding, settle_encoding
from grids.importing.errors import FileRefused

Format = Literal["geojson", "shapefile", "geopackage", "kml"]
DRIVERS: dict[Format, tuple[str, ...]] = {
    "geojson": ("GeoJSON",),
    "shapefile": ("ESRI Shapefile",),
    "geopackage": ("GPKG",),
    "kml": ("LIBKML", "KML"),
}
SUFFIXES: dict[Format, str] = {"geojson": ".geojson", "shapefile": ".shp", "geopackage": ".gpkg", "kml": ".kml"}
_HEAD_BYTES = 1 << 16
_LEADS_ELSEWHERE = (b"OGRVRTDataSource", b"<!DOCTYPE", b"<!ENTITY", b"<NetworkLink", b"OGRWFSDataSource")
"""What would make the reader open other files or addresses."""


@dataclass(frozen=True)
class MapFile:
    """A file that GDAL can open: its kind, and the encoding of its texts."""

    path: Path
    format: Format
    encoding: TextEncoding

    @property
    def stem(self) -> str:
        return self.path.stem


def map_files(received: Path) -> list[MapFile]:
    """The readable files in what was sent: itself, or those of an archive. Raises FileRefused where there is none."""
    kind = _kind_of(received)
    if kind == "zip":
        found = [_opened(path) for path in unpack(received, received.parent)]
        files = sorted((file for file in found if file is not None), key=lambda file: file.path.name)
        if not files:
            raise _unknown()
        return files
    if kind is None:
        raise _unknown()
    return [MapFile(received.rename(received.with_suffix(SUFFIXES[kind])), kind, TextEncoding("utf-8", said=True))]


def _opened(path: Path) -> MapFile | None:
    suffix = path.suffix.lower()
    if suffix == ".shp":
        _require_companions(path)
        dbf = _beside(path, ".dbf")
        text = settle_encoding(dbf) if dbf else TextEncoding("utf-8", said=False)
        return MapFile(path, "shapefile", text)
    if suffix not in SUFFIXES.values() and suffix != ".json":
        return None
    kind = _kind_of(path)
    return MapFile(path, kind, TextEncoding("utf-8", said=True)) if kind and kind != "zip" else None


def _require_companions(shp: Path) -> None:
    if _beside(shp, ".shx") is None or _beside(shp, ".dbf") is None:
        raise FileRefused(
            "incomplete_shapefile",
            f"{shp.name} 缺少同名的 .shx 或 .dbf，请把整套文件一起打包。",
            f"{shp.name} lacks its .shx or .dbf. Pack all its files together.",
        )


def _beside(path: Path, suffix: str) -> Path | None:
    same = (one for one in path.parent.iterdir() if one.suffix.lower() == suffix)
    return next((one for one in same if one.stem.lower() == path.stem.lower()), None)


def _kind_of(path: Path) -> Format | Literal["zip"] | None:
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if head.startswith(b"PK\x03\x04"):
        return "zip"
    if head.startswith(b"SQLite format 3\0"):
        return "geopackage"
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if any(word in head for word in _LEADS_ELSEWHERE):
        raise FileRefused(
            "leads_elsewhere",
            "文件引用了其他文件或网址，已拒绝。请另存为不含链接的文件。",
            "The file refers to other files or addresses and was refused. Save it without links.",
        )
    if text.startswith(b"{"):
        return "geojson"
    if text.startswith(b"<") and b"<kml" in head:
        return "kml"
    return None


def _unknown() -> FileRefused:
    return FileRefused(
        "unknown_format",
        "无法识别文件。支持 GeoJSON、Shapefile（zip）、GeoPackage、KML。",
        "The file was not recognised. GeoJSON, Shapefile (zip), GeoPackage and KML are read.",
    )
