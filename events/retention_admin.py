"""For how long recordings are kept, and which are held, in the admin. Every change goes through an action."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.action_admin import ActionAdmin, actor_in, spoken
from core.clock import now
from core.errors import DomainError
from events.actions.retention import hold_evidence, release_evidence, set_retention
from events.models import EvidenceHold, RetentionRule
from events.retention_kinds import registered_kinds


class RetentionRuleForm(forms.ModelForm[RetentionRule]):
    seen = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = RetentionRule
        fields = ("days",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = self.instance.version


class RetentionRuleAdmin(ActionAdmin):
    """Days are edited; kinds come with the software. What is past its days goes within minutes, for good."""

    form = RetentionRuleForm
    list_display = ("name", "days", "counted", "set_by", "set_at")
    list_select_related = ("set_by",)
    readonly_fields = ("name", "name_en", "counted", "would_go", "version", "set_at", "set_by")
    fields = ("name", "name_en", "counted", "days", "seen", "would_go", "version", "set_at", "set_by")

    @admin.display(description="现在会清除")
    def would_go(self, rule: RetentionRule) -> str:
        """By the days that are in force: to look at before others are set."""
        kind = registered_kinds().get(rule.code)
        if kind is None or not rule.pk:
            return "—"
        return f"{kind.due(now() - timedelta(days=rule.days)).count()} 项"

    def save_model(self, request: HttpRequest, obj: RetentionRule, form: Any, change: bool) -> None:
        values = form.cleaned_data
        set_retention(rule_id=obj.pk, days=values["days"], version=values["seen"], actor=actor_in(request))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


class EvidenceHoldAdmin(ActionAdmin):
    """封存: named by an event or an alert, with a reason; let go by an action of the list. Rows stay as they were."""

    list_display = ("__str__", "event", "alert", "held_at", "held_by", "released_at", "released_by")
    list_select_related = ("event", "alert", "held_by", "released_by")
    list_filter = (("released_at", admin.EmptyFieldListFilter),)
    fields = ("event", "alert", "reason")
    raw_id_fields = ("event", "alert")
    actions = ["release"]

    def save_model(self, request: HttpRequest, obj: EvidenceHold, form: Any, change: bool) -> None:
        held = hold_evidence(reason=obj.reason, actor=actor_in(request), event_id=obj.event_id, alert_id=obj.alert_id)
        obj.pk = held.pk

    @admin.action(description="解除所选封存")
    def release(self, request: HttpRequest, queryset: QuerySet[EvidenceHold]) -> None:
        try:
            for hold in queryset.filter(released_at=None):
                release_evidence(hold_id=hold.pk, actor=actor_in(request))
        except DomainError as error:
            self.message_user(request, spoken(error), messages.ERROR)

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return obj is None and super().has_change_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False
