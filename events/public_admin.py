"""The public's side in the admin: looked at, contacts masked."""

from django.contrib import admin

from accounts.looked_at import LookedAt
from events.models import HeldReport, PublicRules, Reporter
from events.queries.reporters import masked_name
from notify.queries.rows import masked


class PublicRulesAdmin(LookedAt, admin.ModelAdmin[PublicRules]):
    """One row: the first holds, and there is no second."""


class ReporterAdmin(LookedAt, admin.ModelAdmin[Reporter]):
    list_display = ("event", "channel", "is_first", "masked_contact", "rating", "created_at")
    list_filter = ("channel", "rating")
    list_select_related = ("event",)
    exclude = ("contact_name", "contact_phone", "receipt")
    show_full_result_count = False

    @admin.display(description="联系方式")
    def masked_contact(self, reporter: Reporter) -> str:
        return f"{masked_name(reporter.contact_name)} {masked(reporter.contact_phone)}".strip()


class HeldReportAdmin(LookedAt, admin.ModelAdmin[HeldReport]):
    list_display = ("created_at", "state", "reasons", "area_label", "decided_by", "event")
    list_filter = ("state",)
    list_select_related = ("decided_by", "event")
    exclude = ("contact_name", "contact_phone", "receipt", "point")
    show_full_result_count = False
