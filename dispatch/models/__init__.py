from dispatch.models.duty_round import DutyRound
from dispatch.models.grid_team import DutyEntry, GridTeamMember
from dispatch.models.position import Position
from dispatch.models.responder import Responder
from dispatch.models.shift import DutyShift
from dispatch.models.task import FieldTask
from dispatch.models.task_rule import TaskRule
from dispatch.models.team import Team

__all__ = [
    "DutyEntry",
    "DutyRound",
    "DutyShift",
    "FieldTask",
    "GridTeamMember",
    "Position",
    "Responder",
    "TaskRule",
    "Team",
]
