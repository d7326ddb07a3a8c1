"""The form in which an administrator writes a department's hours: as people write them down."""

import re
from datetime import date, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import OrgUnit, UnitCalendar
from accounts.rules.calendars import Period, checked_days, checked_periods
from core.errors import DomainError

PERIOD = re.compile(r"^\s*(\d{1,2}):(\d{2})\s*[-–—~～]\s*(\d{1,2}):(\d{2})\s*$")


def read_periods(text: str) -> list[Period]:
    """`08:00-12:00, 14:00-18:00`, parted by commas or lines; ValidationError names the part that is none."""
    found = []
    for part in filter(str.strip, re.split(r"[,，;；\n]", text)):
        match = PERIOD.match(part)
        if match is None:
            raise ValidationError(f"“{part.strip()}”不是时段，请写成 08:00-12:00", code="period")
        hours = [int(group) for group in match.groups()]
        try:
            found.append((time(hours[0], hours[1]), time(hours[2], hours[3])))
        except ValueError as error:
            raise ValidationError(f"“{part.strip()}”不是有效的时间", code="period") from error
    return found


def read_days(text: str) -> list[date]:
    """Dates as 2026-10-10, parted by commas, blanks or lines."""
    found = []
    for part in filter(None, re.split(r"[\s,，;；、]+", text)):
        try:
            found.append(date.fromisoformat(part))
        except ValueError as error:
            raise ValidationError(f"“{part}”不是日期，请写成 2026-10-10", code="day") from error
    return found


class CalendarForm(forms.ModelForm[UnitCalendar]):
    """Writes a new version of a unit's hours; the checks are those of the action."""

    unit = forms.ModelChoiceField(OrgUnit.objects.filter(is_active=True).order_by("code"), label="机构")
    hours = forms.CharField(label="上班时段", initial="08:00-12:00, 14:00-18:00", help_text="以逗号分隔，不得重叠")
    working = forms.CharField(label="加班日", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    off = forms.CharField(label="休息日", required=False, widget=forms.Textarea(attrs={"rows": 3}))

    class Meta:
        model = UnitCalendar
        fields = ("unit",)

    def clean_hours(self) -> tuple[Period, ...]:
        periods: tuple[Period, ...] = _said(checked_periods, read_periods(self.cleaned_data["hours"]))
        return periods

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        works, rests = read_days(values.get("working", "")), read_days(values.get("off", ""))
        values["working"], values["off"] = _said(checked_days, works, rests)
        return values


def _said(check: Any, *values: Any) -> Any:
    """A refusal in the words of the form."""
    try:
        return check(*values)
    except DomainError as error:
        raise ValidationError(error.detail("zh"), code=error.code) from error
