"""The catalogue is edited here; alerts and events are looked at, they move by their lifecycle only."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from events.actions.catalogue import EDITED, new_version_of
from events.models import Alert, ClockLimit, Condition, Event, EventType, Scenario, WorkOrder


class ConditionInline(admin.TabularInline[Condition, EventType]):
    model = Condition
    extra = 0
    fields = ("code", "text", "limit_type", "limit_amount", "position")


@admin.register(EventType)
class EventTypeAdmin(admin.ModelAdmin[EventType]):
    """A version that events were born with is not edited any more: make a new one, change that."""

    list_display = (
        "code",
        "version",
        "is_current",
        "name",
        "category",
        "main_class",
        "default_level",
        "default_unit_code",
    )
    list_filter = ("is_current", "category", "main_class", "report_group")
    search_fields = ("code", "name")
    readonly_fields = ("version", "is_current", "digest")
    inlines = (ConditionInline,)
    actions = ("make_new_version",)

    def has_change_permission(self, request: HttpRequest, obj: EventType | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or not is_used(obj))

    def has_delete_permission(self, request: HttpRequest, obj: EventType | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: EventType, form: Any, change: bool) -> None:
        obj.digest = EDITED
        super().save_model(request, obj, form, change)

    @admin.action(description="建立新版本", permissions=["change"])
    def make_new_version(self, request: HttpRequest, queryset: QuerySet[EventType]) -> None:
        made = [new_version_of(event_type) for event_type in queryset.filter(is_current=True)]
        self.message_user(request, f"已建立 {len(made)} 个新版本，可编辑后生效", messages.SUCCESS)


def is_used(event_type: EventType) -> bool:
    return Event.objects.filter(type=event_type).exists()


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
