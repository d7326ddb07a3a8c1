from events.models.alarm_rules import AlarmRules
from events.models.alert import Alert
from events.models.attachment import Attachment
from events.models.automation import AutomaticVerdict, Automation
from events.models.catalogue import (
    Category,
    CheckMode,
    ClockLimit,
    Condition,
    EventType,
    Level,
    MainClass,
    ReportGroup,
    Scenario,
)
from events.models.danger_point import DangerFinding
from events.models.escalation import EscalationPlan, EscalationStep
from events.models.evaluation import Evaluation
from events.models.event import Event
from events.models.event_text import EventText
from events.models.export_job import ExportJob
from events.models.held_report import HeldReport, PublicRules
from events.models.out_of_service import OutOfService
from events.models.reminder import Reminder
from events.models.reply_template import ReplyTemplate
from events.models.reporter import Reporter
from events.models.request import Request
from events.models.retention import EvidenceHold, RetentionRule
from events.models.routing import ResponsibilityRow, RoutingRule, SimilarityLimit
from events.models.work_order import WorkOrder

__all__ = [
    "AlarmRules",
    "Alert",
    "Attachment",
    "AutomaticVerdict",
    "Automation",
    "Category",
    "CheckMode",
    "ClockLimit",
    "Condition",
    "DangerFinding",
    "EscalationPlan",
    "EscalationStep",
    "Evaluation",
    "Event",
    "EvidenceHold",
    "EventText",
    "EventType",
    "ExportJob",
    "HeldReport",
    "Level",
    "MainClass",
    "OutOfService",
    "PublicRules",
    "Reminder",
    "ReplyTemplate",
    "ReportGroup",
    "Reporter",
    "Request",
    "ResponsibilityRow",
    "RetentionRule",
    "RoutingRule",
    "Scenario",
    "SimilarityLimit",
    "WorkOrder",
]
