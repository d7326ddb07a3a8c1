from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError

from accounts.looked_at import LookedAt
from analytics.models import Goal, Indicator, RiskRule
from analytics.queries.formulas import read_formula
from core.errors import DomainError


@admin.register(Goal)
class GoalAdmin(admin.ModelAdmin[Goal]):
    list_display = ("indicator", "share")


class IndicatorForm(forms.ModelForm[Indicator]):
    def clean_formula(self) -> str:
        """A formula that cannot be computed is refused with the place of its fault."""
        try:
            return read_formula(self.cleaned_data["formula"], code=self.instance.code).text
        except DomainError as error:
            raise ValidationError(error.detail("zh")) from error


@admin.register(Indicator)
class IndicatorAdmin(admin.ModelAdmin[Indicator]):
    form = IndicatorForm
    list_display = ("name", "code", "formula", "unit", "is_on", "position")
    search_fields = ("name", "code")

    def has_delete_permission(self, request: Any, obj: Indicator | None = None) -> bool:
        """The shipped ones would come back; switching off is what is meant."""
        return False


@admin.register(RiskRule)
class RiskRuleAdmin(LookedAt, admin.ModelAdmin[RiskRule]):
    list_display = ("name", "kind", "statistic", "measure", "window_days", "attention", "warning", "alarm", "is_on")
    list_filter = ("kind", "is_on")
