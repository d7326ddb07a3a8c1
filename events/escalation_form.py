"""The form in which an administrator sets at which part of a limit somebody is told."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from events.models import EscalationStep
from events.moves import Clock
from events.rules.escalation import Step, in_order

EVENT_CLOCKS = (
    (Clock.ACCEPT, "受理"),
    (Clock.VERIFY, "核实"),
    (Clock.DISPATCH, "派遣"),
    (Clock.SIGN, "签收"),
    (Clock.HANDLING, "处置"),
    (Clock.CHECK, "核查"),
    (Clock.CLOSE, "结案"),
)
CLOCKS_OF = {
    "event": {kind for kind, _ in EVENT_CLOCKS},
    "order": {Clock.SIGN, Clock.HANDLING},
    "alert": {Clock.ALERT},
    "reminder": {Clock.REPLY},
}


class EscalationStepForm(forms.ModelForm[EscalationStep]):
    clock = forms.ChoiceField(
        choices=[*EVENT_CLOCKS, (Clock.ALERT, "告警待核实"), (Clock.REPLY, "催督办回复")],
        label="时限",
        help_text="某一时限一旦在此设置，便只按此处的各级升级；未设置的时限按 80% / 120% / 200%",
    )

    class Meta:
        model = EscalationStep
        fields = ("subject_kind", "clock", "percent", "step")

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if values.keys() >= {"subject_kind", "clock", "percent", "step"}:
            self._check(values)
        return values

    def _check(self, values: dict[str, Any]) -> None:
        if values["clock"] not in CLOCKS_OF[values["subject_kind"]]:
            raise ValidationError("该对象没有这种时限", code="clock")
        others = EscalationStep.objects.filter(subject_kind=values["subject_kind"], clock=values["clock"])
        steps = [(row.percent, Step(row.step)) for row in others.exclude(pk=self.instance.pk)]
        if not in_order([*steps, (values["percent"], Step(values["step"]))]):
            raise ValidationError("级别越高，百分比须越高：承办人、值班长、分管领导", code="order")
