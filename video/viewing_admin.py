"""The log of watching in the admin: looked at, never changed."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from video.models import CameraViewing


@admin.register(CameraViewing)
class CameraViewingAdmin(admin.ModelAdmin[CameraViewing]):
    list_display = ("camera_code", "camera_name", "user", "started_at", "last_at", "is_over", "way", "purpose")
    list_filter = ("way", "is_over")
    list_select_related = ("user",)
    search_fields = ("camera_code", "camera_name", "user__name", "purpose")
    date_hierarchy = "started_at"
    ordering = ("-started_at",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
