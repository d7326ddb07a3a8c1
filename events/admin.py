"""Limits of steps and main classes are edited here. Types have a page of their own, where a change is a new version;
alerts and events are looked at, they move by their lifecycle only.
"""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from events.models import Alert, ClockLimit, Condition, Event, EventType, MainClass, Request, Scenario, WorkOrder


@admin.register(ClockLimit)
class ClockLimitAdmin(admin.ModelAdmin[ClockLimit]):
    list_display = ("kind", "limit_amount", "limit_type")


class ReadOnlyAdmin(admin.ModelAdmin[Any]):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(MainClass)
class MainClassAdmin(admin.ModelAdmin[MainClass]):
    """A site adds its own, from 99 downwards. Types carry the name, so a main class is not renamed under them."""

    list_display = ("category", "code", "name")
    list_filter = ("category",)

    def has_change_permission(self, request: HttpRequest, obj: MainClass | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: MainClass | None = None) -> bool:
        return False


class ConditionInline(admin.TabularInline[Condition, EventType]):
    model = Condition
    fields = ("code", "text", "closing_standard", "limit_type", "limit_amount", "position")


@admin.register(EventType)
class EventTypeAdmin(ReadOnlyAdmin):
    """Every version to look at; the page `/admin/catalogue` changes them."""

    change_list_template = "admin/events/eventtype/change_list.html"
    list_display = ("code", "version", "is_current", "is_starting_set", "name", "category", "main_class", "sub_code")
    list_filter = ("is_current", "is_starting_set", "category", "main_class", "report_group")
    search_fields = ("code", "name")
    inlines = (ConditionInline,)


@admin.register(Scenario)
class ScenarioAdmin(ReadOnlyAdmin):
    list_display = ("number", "name", "code", "version", "is_current")
    list_filter = ("is_current",)


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    list_display = ("number", "title", "state", "level", "area_label", "lead_unit", "reported_at", "due_at")
    list_filter = ("state", "level", "source")
    list_select_related = ("lead_unit",)
    search_fields = ("number", "title")
    date_hierarchy = "reported_at"
    exclude = ("point",)
    show_full_result_count = False


@admin.register(Alert)
class AlertAdmin(ReadOnlyAdmin):
    list_display = ("title", "state", "level", "source", "rule", "area_label", "found_at", "seen_count")
    list_filter = ("state", "source", "level")
    exclude = ("point",)
    show_full_result_count = False


@admin.register(WorkOrder)
class WorkOrderAdmin(ReadOnlyAdmin):
    list_display = ("event", "unit", "role", "state", "issued_at", "due_at")
    list_filter = ("state", "role")
    list_select_related = ("event", "unit")
    exclude = ("point",)
    show_full_result_count = False


@admin.register(Request)
class RequestAdmin(ReadOnlyAdmin):
    list_display = ("event", "kind", "state", "unit", "asked_by", "asked_at", "decided_by", "decided_at")
    list_filter = ("state", "kind")
    list_select_related = ("event", "unit", "asked_by", "decided_by")
    show_full_result_count = False
