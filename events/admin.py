"""Texts and rules that have no page of their own are edited here. Types and limits have one, which keeps versions;
alerts and events are looked at, they move by their lifecycle only.
"""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from events.alarm_admin import AlarmRulesAdmin, OutOfServiceAdmin
from events.models import (
    AlarmRules,
    Alert,
    ClockLimit,
    Condition,
    EscalationStep,
    Event,
    EventType,
    EvidenceHold,
    HeldReport,
    MainClass,
    OutOfService,
    PublicRules,
    Reminder,
    ReplyTemplate,
    Reporter,
    Request,
    RetentionRule,
    Scenario,
    SimilarityLimit,
    WorkOrder,
)
from events.public_admin import HeldReportAdmin, PublicRulesAdmin, ReporterAdmin
from events.retention_admin import EvidenceHoldAdmin, RetentionRuleAdmin


@admin.register(ReplyTemplate)
class ReplyTemplateAdmin(admin.ModelAdmin[ReplyTemplate]):
    list_display = ("name", "move", "type_code", "rank", "is_active")
    list_filter = ("move", "is_active")
    search_fields = ("name", "text")


class ReadOnlyAdmin(admin.ModelAdmin[Any]):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(ClockLimit)
class ClockLimitAdmin(ReadOnlyAdmin):
    """To look at; the page `/admin/deadlines` sets limits, so that history says who did."""

    list_display = ("kind", "limit_amount", "limit_type", "version", "set_at", "set_by")
    list_select_related = ("set_by",)


@admin.register(EscalationStep)
class EscalationStepAdmin(ReadOnlyAdmin):
    """A clock with rows here has these steps and no others. The page `/admin/deadlines` sets them."""

    list_display = ("subject_kind", "clock", "percent", "step", "urgent", "supervises")
    list_filter = ("subject_kind", "clock")


@admin.register(SimilarityLimit)
class SimilarityLimitAdmin(ReadOnlyAdmin):
    """Within how many metres and hours two events may be one matter; set on the page `/admin/deadlines`."""

    list_display = ("type_code", "metres", "hours", "version")


@admin.register(MainClass)
class MainClassAdmin(ReadOnlyAdmin):
    """Every version to look at; the page `/admin/catalogue` changes them."""

    list_display = ("category", "code", "name", "version", "is_current")
    list_filter = ("category", "is_current")


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


@admin.register(Reminder)
class ReminderAdmin(ReadOnlyAdmin):
    list_display = (
        "event",
        "kind",
        "colour",
        "unit",
        "issued_by",
        "issued_at",
        "reply_due_at",
        "lapsed_at",
        "replied_at",
    )
    list_filter = ("kind", "colour")
    list_select_related = ("event", "unit", "issued_by")
    show_full_result_count = False


admin.site.register(PublicRules, PublicRulesAdmin)
admin.site.register(Reporter, ReporterAdmin)
admin.site.register(HeldReport, HeldReportAdmin)
admin.site.register(AlarmRules, AlarmRulesAdmin)
admin.site.register(OutOfService, OutOfServiceAdmin)
admin.site.register(RetentionRule, RetentionRuleAdmin)
admin.site.register(EvidenceHold, EvidenceHoldAdmin)
