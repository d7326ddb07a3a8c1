"""Zones and masks in the admin. Every change goes through the same actions as the API."""

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from accounts.action_admin import ActionAdmin, actor_in, points_or_refused
from video.actions.masks import create_mask, edit_mask, remove_mask
from video.actions.zone_checks import checked_line, checked_polygon
from video.actions.zones import FIELDS, create_zone, edit_zone, remove_zone
from video.models import Mask, Zone
from video.rules.algorithms import read_algorithms

_POINTS = "[[x, y], …]，以画面宽高为 1，左上角为原点"
_SCHEDULE = '{"windows": [{"days": [1, 2, 3, 4, 5], "begins": "22:00", "ends": "06:00"}], "light": "any"}；留空为全天候'


class _PartAdmin(ActionAdmin):
    """What is drawn into the picture of one camera, and stays with that camera."""

    key: ClassVar[str]
    create: ClassVar[Callable[..., Any]]
    edit: ClassVar[Callable[..., Any]]
    remove: ClassVar[Callable[..., Any]]
    list_select_related = ("camera",)
    autocomplete_fields = ("camera",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("camera",) if obj else ()

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        values = dict(form.cleaned_data)
        camera = values.pop("camera", None)
        if change:
            self.edit(**{self.key: obj.pk}, changes=values, actor=actor_in(request))
        else:
            obj.pk = self.create(camera_id=camera.pk, actor=actor_in(request), **values).pk

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        self.remove(**{self.key: obj.pk}, actor=actor_in(request))

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        for part_id in queryset.values_list("pk", flat=True):
            self.remove(**{self.key: part_id}, actor=actor_in(request))


class ZoneForm(forms.ModelForm[Zone]):
    algorithm = forms.ChoiceField(label="算法")

    class Meta:
        model = Zone
        fields = ("camera", *FIELDS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        algorithms = read_algorithms().values()
        chooser = self.fields["algorithm"]
        assert isinstance(chooser, forms.ChoiceField)
        chooser.choices = [(algorithm.code, algorithm.name["zh"]) for algorithm in algorithms]
        chooser.help_text = "；".join(f"{algorithm.name['zh']}：{algorithm.limits['zh']}" for algorithm in algorithms)
        for name in ("shape", "sensitivity", "night_by", "type_code"):
            self.fields[name].required = False
        self.fields["type_code"].help_text = "留空则取算法默认的案件类型"
        self.fields["polygon"].help_text = _POINTS
        self.fields["schedule"].help_text = _SCHEDULE
        self.fields["cool_down_seconds"].help_text = "留空则取算法的默认值"

    def clean_shape(self) -> str:
        return self.cleaned_data["shape"] or Zone.Shape.AREA

    def clean_sensitivity(self) -> str:
        return self.cleaned_data["sensitivity"] or Zone.Sensitivity.NORMAL

    def clean_night_by(self) -> str:
        return self.cleaned_data["night_by"] or Zone.NightBy.SUN

    def clean_polygon(self) -> list[list[float]]:
        checked = checked_line if self.cleaned_data.get("shape") == Zone.Shape.LINE else checked_polygon
        return points_or_refused(lambda: checked(self.cleaned_data["polygon"]))

    def clean_parameters(self) -> dict[str, Any]:
        return self.cleaned_data["parameters"] or {}

    def clean_night_parameters(self) -> dict[str, Any]:
        return self.cleaned_data["night_parameters"] or {}

    def clean_schedule(self) -> dict[str, Any]:
        return self.cleaned_data["schedule"] or {}


@admin.register(Zone)
class ZoneAdmin(_PartAdmin):
    key = "zone_id"
    create, edit, remove = staticmethod(create_zone), staticmethod(edit_zone), staticmethod(remove_zone)
    form = ZoneForm
    list_display = ("camera", "name", "algorithm", "shape", "sensitivity", "type_code", "enabled")
    list_filter = ("algorithm", "enabled")
    search_fields = ("name", "camera__code", "camera__name")


class MaskForm(forms.ModelForm[Mask]):
    class Meta:
        model = Mask
        fields = ("camera", "name", "polygon")
        help_texts = {"polygon": _POINTS}

    def clean_polygon(self) -> list[list[float]]:
        return points_or_refused(lambda: checked_polygon(self.cleaned_data["polygon"]))


@admin.register(Mask)
class MaskAdmin(_PartAdmin):
    key = "mask_id"
    create, edit, remove = staticmethod(create_mask), staticmethod(edit_mask), staticmethod(remove_mask)
    form = MaskForm
    list_display = ("camera", "name")
    search_fields = ("name", "camera__code", "camera__name")
