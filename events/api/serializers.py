"""What the API takes in; what it gives out is in `events.shapes`."""

from typing import Any

from rest_framework import serializers

from core.api.fields import IdField, LatitudeField, LongitudeField
from events.api.public_inputs import PHONE
from events.lifecycle import ALERT, EVENT_STATES, OUT_OF_SERVICE, STAGES, WORK_ORDER
from events.models import Alert, CheckMode, DangerFinding, Level, Reminder
from events.models.event import ContactOutcome
from events.queries.board import ORDERS
from events.queries.orders import BOXES
from events.sources import MACHINE_SOURCES, Source

Input = serializers.Serializer[Any]
REPORTABLE = [choice for choice in Source.choices if choice[0] not in MACHINE_SOURCES]
TEXT = 2000


def _states(names: Any) -> list[str]:
    return [name for name in names if name]


class AttachmentIdsField(serializers.ListField):
    child = IdField()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=20, required=False, **kwargs)


class NoteField(serializers.CharField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": TEXT, "required": False, "allow_blank": True, **kwargs})


class ReasonField(serializers.CharField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=TEXT, **kwargs)


class AlertListQuery(Input):
    state = serializers.ChoiceField(choices=_states(ALERT.states), required=False)
    area = serializers.CharField(max_length=120, required=False)
    shelf = serializers.ChoiceField(choices=["only", "without"], required=False)


class VersionInput(Input):
    """Every move carries the version that its person saw."""

    version = serializers.IntegerField(min_value=1)


class AlertAcknowledgeInput(VersionInput):
    pass


class AlertConfirmInput(VersionInput):
    type_code = serializers.CharField(max_length=48, required=False, allow_null=True)
    level = serializers.ChoiceField(choices=Level.choices, required=False, allow_null=True)
    note = NoteField()


class AlertDismissInput(VersionInput):
    reason = serializers.CharField(
        max_length=200, help_text=f"one of {', '.join(Alert.Dismissal.values)}, or other words; `note` says more"
    )
    note = NoteField()


class AlertRestoreInput(VersionInput):
    pass


class SeenAlertInput(VersionInput):
    id = IdField()


class AlertsAcknowledgeInput(Input):
    """What stood on the screen: only 重要 and 一般 are acknowledged together."""

    items = serializers.ListField(child=SeenAlertInput(), min_length=1, max_length=100)


class AlertShelveInput(VersionInput):
    minutes = serializers.IntegerField(min_value=0, max_value=100_000, help_text="for how long, 480 at most")
    reason = serializers.CharField(max_length=200)


class AlertUnshelveInput(VersionInput):
    note = NoteField(max_length=200)


class AlertTakeOutInput(VersionInput):
    reason = serializers.CharField(max_length=200)


class FloodQuery(Input):
    area = serializers.CharField(max_length=120, required=False)


class OutOfServiceListQuery(Input):
    state = serializers.ChoiceField(choices=_states(OUT_OF_SERVICE.states), required=False)
    overdue = serializers.BooleanField(required=False, default=False, help_text="only those whose review is due")


class OutOfServiceReviewInput(VersionInput):
    note = NoteField(max_length=200)


class OutOfServicePutBackInput(VersionInput):
    note = NoteField(max_length=200)


class EventListQuery(Input):
    state = serializers.CharField(max_length=200, required=False, help_text="one or more states, separated by commas")
    stage = serializers.ChoiceField(choices=sorted(set(STAGES.values())), required=False)
    street = serializers.CharField(max_length=120, required=False)
    q = serializers.CharField(max_length=80, required=False)
    order = serializers.ChoiceField(choices=sorted(ORDERS), required=False, default="newest")
    mine = serializers.BooleanField(required=False, default=False)
    open = serializers.BooleanField(required=False, default=False)

    def validate_state(self, value: str) -> str:
        unknown = set(value.split(",")) - set(_states(EVENT_STATES))
        if unknown:
            raise serializers.ValidationError(f"unknown: {', '.join(sorted(unknown))}", code="unknown_state")
        return value


class EventReportInput(Input):
    type_code = serializers.CharField(max_length=48)
    description = serializers.CharField(max_length=TEXT)
    lng = LongitudeField()
    lat = LatitudeField()
    address = serializers.CharField(max_length=200, required=False, allow_blank=True)
    level = serializers.ChoiceField(choices=Level.choices, required=False, allow_null=True)
    source = serializers.ChoiceField(choices=REPORTABLE, required=False)  # type: ignore[assignment]
    attachment_ids = AttachmentIdsField()
    component_id = IdField(required=False, allow_null=True, help_text="the part it is about")
    contact_name = serializers.CharField(max_length=40, required=False, allow_blank=True, help_text="of a caller")
    contact_phone = serializers.RegexField(PHONE, max_length=20, required=False, allow_blank=True)


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


MOST_NAMED = 40
"""More departments than any scenario names; how many an event may have, the action knows."""


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


class PresenceInput(Input):
    tab = serializers.RegexField(r"^[A-Za-z0-9-]{8,40}$", help_text="a word of the page's own, new for every page")


class CallInput(Input):
    responder_id = IdField()


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


class ReminderListQuery(Input):
    waiting = serializers.BooleanField(required=False, default=False)
    mine = serializers.BooleanField(required=False, default=False)
    lapsed = serializers.BooleanField(required=False, default=False)


class OrderListQuery(Input):
    state = serializers.ChoiceField(choices=_states(WORK_ORDER.states), required=False)
    box = serializers.ChoiceField(choices=list(BOXES), required=False)
    q = serializers.CharField(max_length=80, required=False, help_text="number or words of the event")


class UploadInput(Input):
    file = serializers.FileField()
