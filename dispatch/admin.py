from django.contrib import admin

from accounts.looked_at import LookedAt
from dispatch.models import DutyEntry, DutyShift, FieldTask, GridTeamMember, Responder, TaskRule, Team


@admin.register(Team)
class TeamAdmin(admin.ModelAdmin[Team]):
    list_display = ("code", "name", "unit", "leader", "phone", "area_path", "is_active")
    list_filter = ("is_active",)
    search_fields = ("code", "name")
    autocomplete_fields = ("unit", "leader")


@admin.register(Responder)
class ResponderAdmin(admin.ModelAdmin[Responder]):
    list_display = ("name", "kind", "user", "unit", "team", "phone", "area_path", "is_active")
    list_filter = ("kind", "is_active")
    list_select_related = ("user", "unit", "team")
    search_fields = ("name", "user__username", "area_path", "phone")
    autocomplete_fields = ("user", "unit", "team")


@admin.register(DutyShift)
class DutyShiftAdmin(admin.ModelAdmin[DutyShift]):
    list_display = ("__str__", "responder", "user", "seat", "area_path", "starts_at", "ends_at")
    list_filter = ("seat",)
    list_select_related = ("responder", "user")
    autocomplete_fields = ("responder", "user")
    date_hierarchy = "starts_at"


@admin.register(TaskRule)
class TaskRuleAdmin(LookedAt, admin.ModelAdmin[TaskRule]):
    list_display = ("kind", "geofence_metres", "version", "set_at")


@admin.register(FieldTask)
class FieldTaskAdmin(LookedAt, admin.ModelAdmin[FieldTask]):
    """To look at, not to change: tasks move by their lifecycle only."""

    list_display = ("id", "kind", "title", "state", "assignee", "area_label", "issued_at", "due_at")
    list_filter = ("kind", "state")
    list_select_related = ("assignee",)
    search_fields = ("title", "assignee__name")


@admin.register(GridTeamMember)
class GridTeamMemberAdmin(LookedAt, admin.ModelAdmin[GridTeamMember]):
    """To look at; the page `/admin/responsibility` names and releases, so that history says who did."""

    list_display = ("grid_path", "post", "name", "unit_name", "since")
    list_filter = ("post",)
    search_fields = ("grid_path", "name")


@admin.register(DutyEntry)
class DutyEntryAdmin(LookedAt, admin.ModelAdmin[DutyEntry]):
    list_display = ("title", "kind", "group", "area_path", "post", "times", "per")
    list_filter = ("kind", "level", "per")
