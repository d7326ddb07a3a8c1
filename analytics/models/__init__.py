from analytics.models.goal import Goal
from analytics.models.indicator import Indicator
from analytics.models.life import DepartmentStint, EventLife, LivesMark
from analytics.models.risk import RiskFinding, RiskJudgement, RiskRule

__all__ = [
    "DepartmentStint",
    "EventLife",
    "Goal",
    "Indicator",
    "LivesMark",
    "RiskFinding",
    "RiskJudgement",
    "RiskRule",
]
