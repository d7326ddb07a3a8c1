"""Cameras and zones in the admin. Every change goes through the same actions as the API."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.gis.geos import Point
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from accounts.models import User
from core.clock import now
from core.errors import DomainError
from grids.map_field import MapField
from grids.queries.locate import locate
from video.actions.cameras import create_camera, edit_camera, remove_camera
from video.actions.zone_checks import checked_polygon
from video.actions.zones import create_zone, edit_zone, remove_zone
from video.models import Camera, Zone
from video.precision_table import precision_table
from video.queries.precision import precision_of
from video.queries.states import shown_state
from video.rules.algorithms import read_algorithms


def spoken(error: DomainError) -> str:
    """The error and, where there are any, its fields, as one message."""
    fields = "".join(str(row.get("message_zh", "")) for row in error.extra.get("errors", []))
    return error.detail("zh") + fields


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


class ActionAdmin(admin.ModelAdmin[Any]):
    """Saves and deletes through actions; a refusal becomes a message and nothing is written."""

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return self._or_message(request, lambda: super(ActionAdmin, self).changeform_view(request, *args, **kwargs))

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return self._or_message(request, lambda: super(ActionAdmin, self).delete_view(request, *args, **kwargs))

    def _or_message(self, request: HttpRequest, view: Callable[[], HttpResponse]) -> HttpResponse:
        try:
            return view()
        except DomainError as error:
            self.message_user(request, spoken(error), messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())


def actor_in(request: HttpRequest) -> Any:
    user = request.user
    assert isinstance(user, User)
    return user.as_actor()


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


class ZoneForm(forms.ModelForm[Zone]):
    algorithm = forms.ChoiceField(label="算法")

    class Meta:
        model = Zone
        fields = ("camera", "name", "polygon", "algorithm", "parameters", "type_code", "level", "enabled")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        algorithms = read_algorithms().values()
        chooser = self.fields["algorithm"]
        assert isinstance(chooser, forms.ChoiceField)
        chooser.choices = [(algorithm.code, algorithm.name["zh"]) for algorithm in algorithms]
        chooser.help_text = "；".join(f"{algorithm.name['zh']}：{algorithm.limits['zh']}" for algorithm in algorithms)
        self.fields["type_code"].required = False
        self.fields["type_code"].help_text = "留空则取算法默认的案件类型"
        self.fields["polygon"].help_text = "[[x, y], …]，以画面宽高为 1，左上角为原点"

    def clean_polygon(self) -> list[list[float]]:
        try:
            return checked_polygon(self.cleaned_data["polygon"])
        except DomainError as error:
            raise forms.ValidationError(spoken(error), code=error.code) from error

    def clean_parameters(self) -> dict[str, Any]:
        return self.cleaned_data["parameters"] or {}


@admin.register(Zone)
class ZoneAdmin(ActionAdmin):
    form = ZoneForm
    list_display = ("camera", "name", "algorithm", "type_code", "enabled")
    list_filter = ("algorithm", "enabled")
    list_select_related = ("camera",)
    search_fields = ("name", "camera__code", "camera__name")
    autocomplete_fields = ("camera",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("camera",) if obj else ()

    def save_model(self, request: HttpRequest, obj: Zone, form: Any, change: bool) -> None:
        values = dict(form.cleaned_data)
        camera = values.pop("camera", None)
        if change:
            edit_zone(zone_id=obj.pk, changes=values, actor=actor_in(request))
        else:
            obj.pk = create_zone(camera_id=camera.pk, actor=actor_in(request), **values).pk

    def delete_model(self, request: HttpRequest, obj: Zone) -> None:
        remove_zone(zone_id=obj.pk, actor=actor_in(request))

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        for zone_id in queryset.values_list("pk", flat=True):
            remove_zone(zone_id=zone_id, actor=actor_in(request))
