"""The division tree in the admin. Every change goes through the same actions as the API."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.gis.geos import GEOSGeometry
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from accounts.models import User
from core.errors import DomainError
from grids.actions.areas import create_area, edit_area
from grids.actions.boundaries import change_boundary
from grids.actions.datasets import BASE, mark_changed
from grids.map_field import MapField
from grids.models import Area, AreaBoundary, MapFeature, MapSource, MapView
from grids.outlines import checked_outline
from grids.rules.codes import CODE_FORMS, default_label, is_well_formed
from grids.unit_grid_admin import BoundaryImportAdmin, DutyZoneAdmin, UnitGridAdmin, UnitGridRunAdmin

__all__ = ["BoundaryImportAdmin", "DutyZoneAdmin", "UnitGridAdmin", "UnitGridRunAdmin"]


class AreaForm(forms.ModelForm[Area]):
    """An area with its present outline. Code, level, parent and label are chosen once."""

    label_point = MapField(geometry_type="Point", label="标注位置", required=False, help_text="留空则取范围内一点")
    boundary = MapField(geometry_type="MultiPolygon", label="范围", help_text="保存新范围会产生一个新版本，旧版本保留")

    class Meta:
        model = Area
        fields = ("code", "level", "name", "parent", "label", "households", "label_point")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "label" in self.fields:
            self.fields["label"].required = False
            self.fields["label"].help_text = "留空则由代码得出"
        if self.instance.pk:
            present = AreaBoundary.objects.filter(area=self.instance, validity__endswith=None).first()
            self.initial["boundary"] = present.geometry if present else None

    def clean_boundary(self) -> GEOSGeometry:
        try:
            return checked_outline(self.cleaned_data["boundary"])
        except DomainError as error:
            raise forms.ValidationError(error.detail("zh"), code=error.code) from error

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        level, code = values.get("level"), values.get("code")
        if level and code and not is_well_formed(level, code):
            self.add_error("code", f"代码应为{CODE_FORMS[level][0]}。")
        elif level and code and not values.get("label"):
            values["label"] = default_label(level, code)
        return values


class BoundaryInline(admin.TabularInline[AreaBoundary, Area]):
    model = AreaBoundary
    fields = readonly_fields = ("version", "validity")
    extra = 0
    ordering = ("-version",)
    verbose_name_plural = "范围历史"

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("geometry", "geometry_3857")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Area)
class AreaAdmin(admin.ModelAdmin[Area]):
    form = AreaForm
    list_display = ("code", "name", "level", "path", "households")
    list_filter = ("level",)
    search_fields = ("code", "name", "path")
    autocomplete_fields = ("parent",)
    inlines = (BoundaryInline,)
    list_select_related = ()

    def get_readonly_fields(self, request: HttpRequest, obj: Area | None = None) -> tuple[str, ...]:
        return ("code", "level", "parent", "label") if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Areas are never deleted: events of the past belong to them."""
        return False

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A refusal by the domain is shown over the form; nothing is half written."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except DomainError as error:
            self.message_user(request, error.detail("zh"), messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())

    def save_model(self, request: HttpRequest, obj: Area, form: AreaForm, change: bool) -> None:
        user = request.user
        actor = user.as_actor() if isinstance(user, User) else None
        if actor is None:
            return
        values = form.cleaned_data
        if not change:
            made = create_area(
                code=values["code"],
                name=values["name"],
                level=values["level"],
                parent=values["parent"],
                label=values["label"],
                households=values["households"],
                label_point=values["label_point"],
                boundary=values["boundary"],
                actor=actor,
            )
            obj.pk = made.pk
            obj.path = made.path
            return
        edited = edit_area(
            area_id=obj.pk,
            version=obj.version,
            actor=actor,
            name=values["name"],
            households=values["households"],
            label_point=values["label_point"],
        )
        if "boundary" in form.changed_data:
            change_boundary(area_id=obj.pk, version=edited.version, boundary=values["boundary"], actor=actor)


class MapFeatureForm(forms.ModelForm[MapFeature]):
    geometry = MapField(geometry_type="MultiPolygon", label="形状")

    class Meta:
        model = MapFeature
        fields = ("kind", "feature_class", "name", "min_zoom", "geometry")


@admin.register(MapFeature)
class MapFeatureAdmin(admin.ModelAdmin[MapFeature]):
    """Water and green are drawn here; roads come from an import and only their names are edited."""

    list_display = ("name", "kind", "feature_class", "min_zoom")
    list_filter = ("kind", "feature_class")
    search_fields = ("name",)

    def get_form(self, request: HttpRequest, obj: MapFeature | None = None, change: bool = False, **kwargs: Any) -> Any:
        if obj is not None and obj.kind == MapFeature.Kind.ROAD:
            return super().get_form(request, obj, change, fields=("feature_class", "name", "min_zoom"), **kwargs)
        return super().get_form(request, obj, change, form=MapFeatureForm, **kwargs)

    def get_fields(self, request: HttpRequest, obj: MapFeature | None = None) -> tuple[str, ...]:
        is_road = obj is not None and obj.kind == MapFeature.Kind.ROAD
        return ("feature_class", "name", "min_zoom") if is_road else MapFeatureForm.Meta.fields

    def save_model(self, request: HttpRequest, obj: MapFeature, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        mark_changed(BASE)


class MapViewForm(forms.ModelForm[MapView]):
    center = MapField(geometry_type="Point", label="中心")

    class Meta:
        model = MapView
        fields = ("area", "center_name", "center", "zoom", "pitch", "bearing")


@admin.register(MapView)
class MapViewAdmin(admin.ModelAdmin[MapView]):
    form = MapViewForm
    list_display = ("center_name", "area", "zoom", "pitch", "bearing")
    autocomplete_fields = ("area",)


@admin.register(MapSource)
class MapSourceAdmin(admin.ModelAdmin[MapSource]):
    list_display = ("name", "kind", "address", "file", "min_zoom", "max_zoom", "attribution", "position", "enabled")
    list_editable = ("position", "enabled")
