"""What each move of an event, and of a leg of it, takes in."""

from typing import Any

from rest_framework import serializers

from core.api.fields import IdField
from events.api.fields import TEXT, AttachmentIdsField, Input, NoteField, ReasonField, VersionInput
from events.models import CheckMode, DangerFinding, Level, Reminder
from events.models.event import ContactOutcome

MOST_NAMED = 40
"""More departments than any scenario names; how many an event may have, the action knows."""


class AskVerificationInput(VersionInput):
    assignee_id = IdField(required=False, allow_null=True, help_text="a responder")
    unit_id = IdField(required=False, allow_null=True)
    note = NoteField()


class ReportVerificationInput(VersionInput):
    finding = serializers.BooleanField()
    note = serializers.CharField(max_length=TEXT)


class FileInput(VersionInput):
    condition_id = IdField()
    type_code = serializers.CharField(max_length=48, required=False, allow_null=True)
    level = serializers.ChoiceField(choices=Level.choices, required=False, allow_null=True)
    note = NoteField()
    no_photo_reason = NoteField(help_text="why there is no picture, where the type needs one and there is none")


class RejectInput(VersionInput):
    reason = ReasonField()


class SelfHandleInput(VersionInput):
    note = serializers.CharField(max_length=TEXT)
    before_attachment_ids = AttachmentIdsField()
    attachment_ids = AttachmentIdsField()


class EscalateUpInput(VersionInput):
    reason = ReasonField()


class SkipLevelInput(VersionInput):
    reason = ReasonField()


class AssignDownInput(VersionInput):
    unit_id = IdField(help_text="a centre below")
    reason = ReasonField()


class ReopenInput(VersionInput):
    reason = ReasonField()


class TakeInput(VersionInput):
    take_over = serializers.BooleanField(required=False, default=False, help_text="from the colleague who has it")


class CallOutcomeInput(VersionInput):
    """How a call went, said by who made it."""

    responder_id = IdField()
    outcome = serializers.ChoiceField(choices=("reached", "no_answer", "wrong_number"))
    note = NoteField()


class MergeInput(VersionInput):
    main_event_id = IdField()
    reason = ReasonField()


class UnmergeInput(VersionInput):
    reason = ReasonField()


class CoUnitInput(Input):
    unit_id = IdField()
    mandatory = serializers.BooleanField(required=False, default=True)
    note = NoteField()


class DispatchInput(VersionInput):
    unit_id = IdField()
    co_units = serializers.ListField(
        child=CoUnitInput(), max_length=MOST_NAMED, required=False, help_text="departments that help, one leg each"
    )
    note = NoteField()


class CoHandleInput(VersionInput):
    unit_id = IdField()
    mandatory = serializers.BooleanField(required=False, default=True)
    note = NoteField()
    replaces_id = IdField(required=False, allow_null=True, help_text="the returned leg that this one stands in for")


class LegInput(VersionInput):
    """A department moves its own leg; `order_id` where it holds more than one."""

    order_id = IdField(required=False, allow_null=True)


class SignLegInput(LegInput):
    pass


class FinishLegInput(LegInput):
    note = serializers.CharField(max_length=TEXT)
    attachment_ids = AttachmentIdsField()


class ReturnLegInput(LegInput):
    reason = ReasonField()


class WaiveLegInput(VersionInput):
    order_id = IdField()
    reason = ReasonField()


class PointInput(Input):
    number = serializers.IntegerField(min_value=1, max_value=10_000)
    finding = serializers.ChoiceField(choices=[*DangerFinding.Finding.values], allow_blank=True)
    remark = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")
    version = serializers.IntegerField(min_value=0, help_text="of the point, as it was seen; 0 where nobody marked it")


class MarkPointsInput(Input):
    """Points that were looked at, each with the version that its person saw: the event's own version is not asked."""

    points = serializers.ListField(child=PointInput(), min_length=1, max_length=200)

    def validate_points(self, value: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if len({point["number"] for point in value}) != len(value):
            raise serializers.ValidationError("a point is named twice", code="named_twice")
        return value


class AssignTeamInput(LegInput):
    assignee_id = IdField(help_text="a responder of the department")
    note = NoteField()


class OrderAssignInput(VersionInput):
    assignee_id = IdField(help_text="a responder of the department")
    note = NoteField()


class OrderWaiveInput(VersionInput):
    reason = ReasonField()


class SignInput(VersionInput):
    pass


class FinishInput(VersionInput):
    note = serializers.CharField(max_length=TEXT)
    attachment_ids = AttachmentIdsField()


class AskCheckInput(VersionInput):
    assignee_id = IdField(required=False, allow_null=True, help_text="a responder")
    mode = serializers.ChoiceField(choices=CheckMode.choices, required=False, allow_null=True)
    note = NoteField()


class CheckPassInput(VersionInput):
    note = NoteField()
    attachment_ids = AttachmentIdsField()


class CheckFailInput(VersionInput):
    reason = ReasonField()
    attachment_ids = AttachmentIdsField()


class CloseInput(VersionInput):
    reply = serializers.CharField(max_length=TEXT)


class RecallInput(VersionInput):
    reason = ReasonField()


class AskExtensionInput(VersionInput):
    reason = ReasonField()


class AskLegExtensionInput(LegInput):
    reason = ReasonField()


class AskSuspensionInput(VersionInput):
    reason = ReasonField()
    until = serializers.DateField(help_text="the day on which handling goes on by itself")


class AskCancelInput(VersionInput):
    reason = ReasonField()


class AskForceCloseInput(VersionInput):
    reason = ReasonField()


class AppealInput(VersionInput):
    reason = ReasonField()
    attachment_ids = AttachmentIdsField()


class ResumeInput(VersionInput):
    reason = ReasonField()


class ReturnInput(VersionInput):
    reason = ReasonField()
    basis = NoteField(help_text="the rule that gives it to another department; needed where there is no photo")
    proposed_unit_id = IdField(required=False, allow_null=True)
    attachment_ids = AttachmentIdsField()


class RefuseReturnInput(VersionInput):
    reason = ReasonField()


class RejectFeedbackInput(VersionInput):
    reason = ReasonField()


class RefuseCloseInput(VersionInput):
    reason = ReasonField()


class UrgeInput(VersionInput):
    note = NoteField()
    reply_hours = serializers.IntegerField(
        min_value=1, max_value=80, required=False, allow_null=True, help_text="working hours for the reply"
    )


class SuperviseInput(UrgeInput):
    colour = serializers.ChoiceField(choices=Reminder.Colour.choices, required=False)


class ReplyInput(VersionInput):
    reminder_id = IdField()
    note = serializers.CharField(max_length=TEXT)


class ContactReporterInput(VersionInput):
    outcome = serializers.ChoiceField(choices=ContactOutcome.choices)
    note = NoteField()


class AnswerReporterInput(VersionInput):
    outcome = serializers.ChoiceField(choices=ContactOutcome.choices)
    note = serializers.CharField(max_length=TEXT, help_text="what the citizen was told")


class CallBackInput(VersionInput):
    outcome = serializers.ChoiceField(choices=ContactOutcome.choices)
    solved = serializers.BooleanField(required=False, allow_null=True, help_text="needed where reached, else absent")
    satisfied = serializers.BooleanField(required=False, allow_null=True, help_text="needed where reached, else absent")
    note = NoteField()
