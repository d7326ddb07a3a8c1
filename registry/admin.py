"""Buildings in the admin; the grid a building stands in follows from its outline."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from core.errors import DomainError
from grids.actions.datasets import BUILDINGS, mark_changed
from grids.map_field import MapField
from grids.queries.locate import locate
from registry.models import Building


class BuildingForm(forms.ModelForm[Building]):
    footprint = MapField(geometry_type="Polygon", label="轮廓")

    class Meta:
        model = Building
        fields = ("name", "address", "height_m", "levels", "households", "footprint")

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        footprint = values.get("footprint")
        if footprint is None:
            return values
        if not footprint.valid:
            self.add_error("footprint", "轮廓自相交，请移动顶点后重新提交。")
            return values
        try:
            inside = footprint.point_on_surface
            place = locate(inside.x, inside.y)
        except DomainError as error:
            self.add_error("footprint", error.detail("zh"))
            return values
        self.instance.area_path = place.path
        for key, value in place.keys.items():
            setattr(self.instance, key, value)
        return values


@admin.register(Building)
class BuildingAdmin(admin.ModelAdmin[Building]):
    form = BuildingForm
    list_display = ("name", "address", "height_m", "levels", "households", "area_path")
    search_fields = ("name", "address", "area_path")
    show_full_result_count = False

    def save_model(self, request: HttpRequest, obj: Building, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        mark_changed(BUILDINGS)
