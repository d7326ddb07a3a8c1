"""Everything a received file holds, and what can be said of it before anybody is asked."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely

from grids.importing.errors import FileRefused
from grids.importing.formats import MapFile, map_files
from grids.importing.layers import ReadLayer, ReadShape, read_layers
from grids.importing.placing import projections_for
from grids.rules.datums import are_degrees, looks_swapped

_SAMPLES = 3
_NAME_FIELDS = ("名称", "社区名称", "街道名称", "网格名称", "name", "xzqmc", "mc")
_CODE_FIELDS = ("代码", "编码", "行政区划代码", "code", "xzqdm", "dm", "bm")


@dataclass(frozen=True)
class Layer:
    """One layer; `told` is what the page is shown of it."""

    name: str
    shapes: list[ReadShape]
    areas: int
    name_field: str
    code_field: str
    told: dict[str, Any]


@dataclass(frozen=True)
class FileContents:
    format: str
    layers: list[Layer]

    @property
    def likeliest(self) -> Layer:
        """The layer with the most areas."""
        return max(self.layers, key=lambda layer: layer.areas)


def contents_of(path: Path) -> FileContents:
    """The layers with areas in the file. Raises FileRefused where there are none."""
    files = map_files(path)
    found = [(file, layer) for file in files for layer in read_layers(file)]
    names: set[str] = set()
    layers = [_layer(file, layer, names) for file, layer in found]
    layers = [layer for layer in layers if layer.areas]
    if not layers:
        raise FileRefused(
            "no_areas", "文件中没有面状图形。请检查导出的图层。", "The file holds no areas. Check what was exported."
        )
    return FileContents(files[0].format, layers)


def _layer(file: MapFile, layer: ReadLayer, names: set[str]) -> Layer:
    name = _own_name(layer.name or file.stem, names)
    areas = sum(_is_area(shape.wkb) for shape in layer.shapes)
    told = {
        "name": name,
        "fields": layer.fields,
        "samples": [shape.values for shape in layer.shapes[:_SAMPLES]],
        "count": len(layer.shapes),
        "areas": areas,
        "wkt": layer.wkt,
        "names_system": bool(layer.wkt) and file.format in ("shapefile", "geopackage"),
        "extent": list(layer.extent),
        "projection": projections_for(layer.wkt, layer.extent),
        "swapped": are_degrees(*layer.extent) and looks_swapped(*layer.extent),
        "encoding": file.encoding.name,
        "encoding_said": file.encoding.said,
    }
    return Layer(name, layer.shapes, areas, _field(layer, _NAME_FIELDS), _field(layer, _CODE_FIELDS), told)


def _own_name(name: str, names: set[str]) -> str:
    name = name[:110]
    own = next(one for number in range(1, 1_000) if (one := name if number == 1 else f"{name} {number}") not in names)
    names.add(own)
    return own


def _is_area(wkb: bytes) -> bool:
    return bool(wkb) and shapely.get_type_id(shapely.from_wkb(wkb)) in (3, 6)


def _field(layer: ReadLayer, known: tuple[str, ...]) -> str:
    """The field that by its name holds the name or the code: exactly so called first, then by its ending."""
    tests: tuple[Callable[[str, str], bool], ...] = (str.__eq__, str.endswith)
    for fits in tests:
        for word in known:
            for name in layer.fields:
                if fits(name.lower(), word):
                    return name
    return ""
