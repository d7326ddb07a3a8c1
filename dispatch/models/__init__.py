from dispatch.models.position import Position
from dispatch.models.responder import Responder
from dispatch.models.shift import DutyShift
from dispatch.models.task import FieldTask
from dispatch.models.task_rule import TaskRule
from dispatch.models.team import Team

__all__ = ["DutyShift", "FieldTask", "Position", "Responder", "TaskRule", "Team"]
