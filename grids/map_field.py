"""The admin's field for a point or an outline: our own map, from our own static files."""

from typing import Any

from django.contrib.gis import forms as gis_forms
from django.contrib.gis.gdal import GDALException
from django.contrib.gis.geos import GEOSException, GEOSGeometry
from django.core.exceptions import ValidationError
from django.forms import Textarea
from django.forms.widgets import Media, Script

from accounts.queries.site import site

WHOLE_COUNTRY = (108.0, 34.0, 4.0)
"""Longitude, latitude and zoom where no district is known yet."""


class MapWidget(Textarea):
    """Shows the geometry on a map; what is sent is GeoJSON text, and without WebGL the text can be edited."""

    template_name = "grids/map_widget.html"

    def __init__(self, geometry_type: str = "MultiPolygon", attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.geometry_type = geometry_type

    @property
    def media(self) -> Media:
        script = Script("admin-map/admin-map.js", type="module")
        return Media(css={"all": ["admin-map/admin-map.css"]}, js=[script])  # type: ignore[list-item]

    def format_value(self, value: Any) -> str | None:
        """A stored geometry, or what was typed, as GeoJSON text."""
        if isinstance(value, GEOSGeometry):
            text: str = value.json
            return text
        return str(value) if value else ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        known = site()
        lng, lat, zoom = WHOLE_COUNTRY
        if known:
            (lng, lat), zoom = known["camera"]["center"], 12.0
        context["widget"] |= {"geometry_type": self.geometry_type, "lng": lng, "lat": lat, "zoom": zoom}
        return context


class MapField(gis_forms.GeometryField):
    """A geometry as GeoJSON in degrees, edited on `MapWidget`."""

    def __init__(self, *, geometry_type: str, label: str, required: bool = True, help_text: str = "") -> None:
        widget = MapWidget(geometry_type)
        super().__init__(srid=4326, label=label, required=required, help_text=help_text, widget=widget)
        self.accepted = {"MultiPolygon": ("Polygon", "MultiPolygon")}.get(geometry_type, (geometry_type,))

    def to_python(self, value: Any) -> GEOSGeometry | None:
        if value in self.empty_values:
            return None
        if isinstance(value, GEOSGeometry):
            return value
        try:
            geometry = GEOSGeometry(value, srid=4326)
        except (GEOSException, GDALException, ValueError, TypeError) as error:
            raise ValidationError("坐标文本不是有效的 GeoJSON，请在地图上重新绘制。", code="not_geojson") from error
        if geometry.geom_type not in self.accepted:
            raise ValidationError("图形类型不符，请在地图上重新绘制。", code="wrong_type")
        return geometry

    def clean(self, value: Any) -> GEOSGeometry | None:
        geometry = self.to_python(value)
        self.validate(geometry)
        return geometry

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            new = self.to_python(data)
        except ValidationError:
            return True
        if initial is None or new is None:
            return initial is not new
        return not initial.equals_exact(new, 1e-9)
