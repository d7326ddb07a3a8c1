"""Alarms in the admin: the rules of the seats are edited; sources out of service are only looked at."""

from django.contrib import admin
from django.http import HttpRequest

from accounts.looked_at import LookedAt
from events.models import AlarmRules, OutOfService


class AlarmRulesAdmin(admin.ModelAdmin[AlarmRules]):
    """One row: the first holds, and there is no second."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not AlarmRules.objects.exists()


class OutOfServiceAdmin(LookedAt, admin.ModelAdmin[OutOfService]):
    list_display = ("label", "rule_name", "state", "area_label", "taken_out_at", "reviewed_at", "finding_count")
    list_filter = ("state", "source")
    exclude = ("point",)
    show_full_result_count = False
