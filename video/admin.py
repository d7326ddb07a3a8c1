"""Cameras in the admin; every change goes through the same actions as the API. Zones and masks: zone_admin."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.gis.geos import Point
from django.http import HttpRequest

from accounts.action_admin import ActionAdmin, actor_in, spoken
from core.clock import now
from core.errors import DomainError
from grids.map_field import MapField
from grids.queries.locate import locate
from video.actions.cameras import create_camera, edit_camera, remove_camera
from video.models import Camera
from video.precision_table import precision_table
from video.queries.precision import precision_of
from video.queries.states import shown_state
from video.viewing_admin import CameraViewingAdmin
from video.zone_admin import MaskAdmin, ZoneAdmin

__all__ = ["CameraAdmin", "CameraViewingAdmin", "MaskAdmin", "ZoneAdmin"]


class CameraForm(forms.ModelForm[Camera]):
    place = MapField(geometry_type="Point", label="位置", help_text="决定摄像机所属的区域")

    class Meta:
        model = Camera
        fields = ("code", "name", "source", "sampling", "pictures_per_second", "enabled", "place")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["place"] = Point(self.instance.lng, self.instance.lat, srid=4326)

    def clean_place(self) -> Point:
        place: Point = self.cleaned_data["place"]
        try:
            locate(place.x, place.y)
        except DomainError as error:
            raise forms.ValidationError(spoken(error), code=error.code) from error
        return place


@admin.register(Camera)
class CameraAdmin(ActionAdmin):
    form = CameraForm
    list_display = ("code", "name", "area_label", "enabled", "shown_state", "fps")
    list_filter = ("enabled",)
    search_fields = ("code", "name", "area_label")
    list_select_related = ("lease",)
    readonly_fields = ("precision",)
    fields = ("code", "name", "source", "sampling", "pictures_per_second", "enabled", "place", "precision")

    @admin.display(description="各算法的属实率")
    def precision(self, camera: Camera) -> str:
        """As people judged its findings, and whether the platform confirms by itself."""
        return precision_table(precision_of(camera)) if camera.pk else "保存后显示"

    @admin.display(description="状态")
    def shown_state(self, camera: Camera) -> str:
        state = shown_state(camera, camera.lease, now())
        return f"{state}：{camera.lease.state_detail}" if camera.lease.state_detail else state

    @admin.display(description="每秒分析帧数")
    def fps(self, camera: Camera) -> float:
        return camera.lease.fps

    def save_model(self, request: HttpRequest, obj: Camera, form: Any, change: bool) -> None:
        values = dict(form.cleaned_data)
        place = values.pop("place")
        values |= {"lng": place.x, "lat": place.y}
        if change:
            edit_camera(camera_id=obj.pk, changes=values, actor=actor_in(request))
        else:
            obj.pk = create_camera(actor=actor_in(request), **values).pk

    def delete_model(self, request: HttpRequest, obj: Camera) -> None:
        remove_camera(camera_id=obj.pk, actor=actor_in(request))

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        for camera_id in queryset.values_list("pk", flat=True):
            remove_camera(camera_id=camera_id, actor=actor_in(request))
