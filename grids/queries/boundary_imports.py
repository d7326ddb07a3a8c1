"""Imports of boundaries as the page shows them: list, detail, likely datum, preview on the map, rows."""

import json
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from core.actor import Actor
from core.errors import NotFound
from grids import divisions
from grids.import_shapes import (
    BoundaryImportCounts,
    BoundaryImportDetail,
    BoundaryImportLayer,
    BoundaryImportPlacings,
    BoundaryImportRow,
    BoundaryImportRows,
    BoundaryMatchedRow,
    NationalMatch,
    PlacingOffset,
    PresentArea,
    ProjectionStrip,
    RowFinding,
)
from grids.importing.errors import ImportNotRead
from grids.importing.likely_datum import TRAP_METRES, Offset, Published, Shape, offsets
from grids.importing.placing import DEGREES, Placer, Placing
from grids.importing.repair import condition_of
from grids.models import Area, BoundaryImport
from grids.policies import require_tree_admin
from grids.queries.imported_rows import Row, outlines_of, rows_of
from grids.rules.gauss_kruger import STRIPS, likely_strips
from grids.rules.metres import degrees_of, square_metres

_PREVIEW_METRES = 2.0
"""What is smoothed away in a preview: nobody sees it, and a file of a whole city stays a few megabytes."""


def visible_import(import_id: int, actor: Actor) -> BoundaryImport:
    """The import, for who may change what it is for; else it does not exist."""
    found = BoundaryImport.objects.visible_to(actor).select_related("root__district", "created_by")
    source = found.filter(pk=import_id).first()
    if source is None:
        raise NotFound()
    require_tree_admin(actor, source.root.path)
    return source


def read_import(import_id: int, actor: Actor) -> BoundaryImport:
    """The same once its file is read; raises ImportNotRead before."""
    source = visible_import(import_id, actor)
    if not source.layers:
        raise ImportNotRead()
    return source


def row_of(source: BoundaryImport) -> BoundaryImportRow:
    return BoundaryImportRow(**_row_values(source))


def detail_of(source: BoundaryImport) -> BoundaryImportDetail:
    return BoundaryImportDetail(
        **_row_values(source),
        layers=[_layer(source, layer) for layer in source.layers],
        layer=source.layer,
        projection=source.projection,
        datum=source.datum,
        swapped=source.swapped,
        name_field=source.name_field,
        code_field=source.code_field,
        national_list=divisions.LIST_NAME if divisions.is_there() else "",
        published=_present(source).count(),
    )


def placings_of(source: BoundaryImport, layer: str) -> BoundaryImportPlacings:
    """How far the file would lie from what is published, for each thing that its numbers can be."""
    told = _told(source, layer)
    projections = [told["projection"]] if told["projection"] else [f"epsg:{epsg}" for epsg in _strips(source, told)]
    found = offsets(_shapes(source, layer), _published(source), projections, told["wkt"])
    shown = [_offset(one) for one in found]
    return BoundaryImportPlacings(
        offsets=shown,
        likely=shown[0] if shown else None,
        trap_m=TRAP_METRES,
        strips=[ProjectionStrip(epsg=strip.epsg, name=strip.name) for strip in STRIPS.values()],
    )


def preview_of(source: BoundaryImport, layer: str, placing: Placing) -> dict[str, Any]:
    """The shapes as a FeatureCollection in EPSG:4326 under an assumption; what crosses itself comes with its repair.

    `kind` is "shape", or "repaired" for what a crossing shape (marked `crosses`) would become.
    """
    placer = Placer(placing, _told(source, layer)["wkt"])
    features: list[dict[str, Any]] = []
    for shape in source.shapes.filter(layer=layer).order_by("number"):
        placed = placer.place(bytes(shape.wkb))
        condition = condition_of(placed)
        crosses = condition is not None and not condition.is_sound
        features += _feature(placed, {"number": shape.number, "kind": "shape", "crosses": crosses})
        if condition is not None and crosses:
            features += _feature(condition.outline, {"number": shape.number, "kind": "repaired", "crosses": False})
    return {"type": "FeatureCollection", "features": features}


def matched_rows(source: BoundaryImport) -> BoundaryImportRows:
    rows = rows_of(source)
    matched = {row.present.pk for row in rows if row.taken and row.present}
    taken = [row for row in rows if row.taken]
    return BoundaryImportRows(
        version=source.version,
        counts=BoundaryImportCounts(
            rows=len(rows),
            taken=len(taken),
            new=sum(row.present is None for row in taken),
            changed=sum(row.present is not None for row in taken),
            blocked=sum(row.is_blocked for row in taken),
            crossing=sum(row.awaits_answer for row in taken),
        ),
        items=[_matched(row) for row in rows],
        missing=[_area(area) for area in _present(source).exclude(pk__in=matched).order_by("code")],
    )


def _row_values(source: BoundaryImport) -> dict[str, Any]:
    return {
        "id": source.pk,
        "version": source.version,
        "state": source.state,
        "root_path": source.root.path,
        "root_name": source.root.name,
        "level": source.level,
        "file_name": source.file_name,
        "size": source.size,
        "format": source.format,
        "created_at": source.created_at,
        "created_by": source.created_by.name if source.created_by else "",
        "draft_id": source.draft_id,
        "read": source.read,
        "total": source.total,
        "problem_zh": source.problem.get("zh", ""),
        "problem_en": source.problem.get("en", ""),
    }


def _layer(source: BoundaryImport, told: dict[str, Any]) -> BoundaryImportLayer:
    kept = {key: told[key] for key in BoundaryImportLayer.model_fields if key in told}
    return BoundaryImportLayer(**kept, system=_system_name(told), strips=_strips(source, told))


def _system_name(told: dict[str, Any]) -> str:
    """The name between the first quotation marks of the coordinate system, as its maker wrote it."""
    parts = str(told["wkt"]).split('"', 2)
    return parts[1] if told["names_system"] and len(parts) == 3 else ""


def _strips(source: BoundaryImport, told: dict[str, Any]) -> list[int]:
    if told["projection"] == DEGREES:
        return []
    longitude = source.root.label_point.x
    return [strip.epsg for strip in likely_strips(told["extent"][0], told["extent"][2], longitude)]


def _told(source: BoundaryImport, layer: str) -> dict[str, Any]:
    found: dict[str, Any] | None = next((one for one in source.layers if one["name"] == layer), None)
    if found is None:
        raise NotFound()
    return found


def _present(source: BoundaryImport) -> Any:
    return Area.objects.current().under(source.root.path).filter(level=source.level)


def _published(source: BoundaryImport) -> list[Published]:
    """The areas of the level in force, or those just above where there are none yet."""
    areas = list(_present(source)) or list(Area.objects.current().under(source.root.path).exclude(level=source.level))
    drawn = outlines_of(areas)
    return [Published(area.code, area.name, drawn[area.pk]) for area in areas if area.pk in drawn]


def _shapes(source: BoundaryImport, layer: str) -> list[Shape]:
    return [
        Shape(one.attributes.get(source.name_field, ""), one.attributes.get(source.code_field, ""), bytes(one.wkb))
        for one in source.shapes.filter(layer=layer).order_by("number")
    ]


def _offset(one: Offset) -> PlacingOffset:
    return PlacingOffset(
        projection=one.placing.projection,
        datum=one.placing.datum,  # type: ignore[arg-type]  # the enumeration has just these values
        swapped=one.placing.swapped,
        median_m=round(one.median_m, 1),
        east_m=round(one.east_m, 1),
        north_m=round(one.north_m, 1),
        compared=one.compared,
        by=one.by,
    )


def _feature(shape: BaseGeometry, properties: dict[str, Any]) -> list[dict[str, Any]]:
    if shape.is_empty:
        return []
    simple = shapely.simplify(shape, degrees_of(_PREVIEW_METRES), preserve_topology=shape.is_valid)
    rounded = shapely.set_precision(simple, 1e-7, mode="pointwise")
    geometry = json.loads(shapely.to_geojson(rounded if not rounded.is_empty else shape))
    return [{"type": "Feature", "properties": properties, "geometry": geometry}]


def _matched(row: Row) -> BoundaryMatchedRow:
    condition = row.condition
    return BoundaryMatchedRow(
        number=row.number,
        taken=row.taken,
        name=row.name,
        code=row.code,
        code_from=row.code_from,  # type: ignore[arg-type]  # one of the words of `Row`
        parent_code=row.parent_code,
        parent_name=row.parent_name,
        present=_area(row.present) if row.present else None,
        national=[
            NationalMatch(code=one.division.code, name=one.division.name, score=round(one.score, 2))
            for one in row.national
        ],
        area_m2=round(square_metres(condition.outline), 1) if condition else 0.0,
        parts=condition.parts if condition else 0,
        holes=condition.holes if condition else 0,
        crosses_at=list(condition.crosses_at) if condition and condition.crosses_at else None,
        repaired=row.repaired,
        blocked=row.taken and row.is_blocked,
        findings=[
            RowFinding(code=one.code, weight=one.weight, message_zh=one.zh, message_en=one.en) for one in row.found
        ],
    )


def _area(area: Area) -> PresentArea:
    return PresentArea(id=area.pk, code=area.code, name=area.name)
