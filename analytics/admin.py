from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError

from analytics.actions.risk import require_measure
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


class RiskRuleForm(forms.ModelForm[RiskRule]):
    def clean_measure(self) -> str:
        try:
            require_measure(self.cleaned_data["measure"])
        except DomainError as error:
            raise ValidationError(error.detail("zh")) from error
        return str(self.cleaned_data["measure"])

    def clean_levels(self) -> list[str]:
        levels: Any = self.cleaned_data["levels"]
        if not isinstance(levels, list) or not levels or set(levels) - {"district", "street", "community", "grid"}:
            raise ValidationError("层级只能是 district、street、community、grid 的列表")
        return levels


@admin.register(RiskRule)
class RiskRuleAdmin(admin.ModelAdmin[RiskRule]):
    form = RiskRuleForm
    list_display = ("name", "kind", "statistic", "measure", "window_days", "attention", "warning", "alarm", "is_on")
    list_filter = ("kind", "is_on")

    def has_delete_permission(self, request: Any, obj: RiskRule | None = None) -> bool:
        """The shipped ones would come back; switching off is what is meant."""
        return False
