from analytics.models.goal import Goal
from analytics.models.indicator import Indicator
from analytics.models.life import DepartmentStint, EventLife, LivesMark

__all__ = ["DepartmentStint", "EventLife", "Goal", "Indicator", "LivesMark"]
