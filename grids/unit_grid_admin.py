"""Unit grids in the admin, to look at: they are made and given out where the history is written."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from accounts.looked_at import LookedAt
from grids.models import BoundaryImport, DutyZone, UnitGrid, UnitGridRun, UnitGridShare


class ShareInline(admin.TabularInline[UnitGridShare, UnitGrid]):
    model = UnitGridShare
    fields = readonly_fields = ("grid", "share")
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(UnitGrid)
class UnitGridAdmin(LookedAt, admin.ModelAdmin[UnitGrid]):
    list_display = ("code", "community", "zone", "square_metres")
    list_select_related = ("community", "zone")
    search_fields = ("code", "community__name")
    inlines = (ShareInline,)
    exclude = ("geometry",)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("geometry", "geometry_3857", "zone__outline")


@admin.register(DutyZone)
class DutyZoneAdmin(LookedAt, admin.ModelAdmin[DutyZone]):
    list_display = ("code", "name", "kind", "community", "person")
    list_filter = ("kind",)
    list_select_related = ("community", "person")
    search_fields = ("code", "name", "community__name")
    exclude = ("outline",)


@admin.register(UnitGridRun)
class UnitGridRunAdmin(LookedAt, admin.ModelAdmin[UnitGridRun]):
    list_display = ("id", "area", "size_metres", "communities", "done", "made", "started_at", "ended_at")
    list_select_related = ("area",)


@admin.register(BoundaryImport)
class BoundaryImportAdmin(LookedAt, admin.ModelAdmin[BoundaryImport]):
    list_display = ("file_name", "root", "level", "state", "datum", "created_at", "created_by")
    list_filter = ("state", "level")
    list_select_related = ("root", "created_by")
    search_fields = ("file_name", "sha256")
