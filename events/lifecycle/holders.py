"""Who may make a move: roles, and those whom the event itself names."""

from typing import Final

from accounts.roles import ROLE_NAMES, Role
from core.actor import CITIZEN_ROLE, SYSTEM_ROLE

ASSIGNEE: Final = "assignee"
"""Whoever holds the event's field task, or belongs to the office that was asked."""
OWNER_OF_LEG: Final = "leg"
"""The lead department, through its desk or its handlers."""
CO_HANDLER: Final = "co_leg"
"""A co-handling department that holds an open leg, through its desk or its handlers."""
CITIZEN: Final = CITIZEN_ROLE
"""Somebody who reported the event and proves it by the receipt."""
ASKER: Final = "asker"
"""Who made a request."""

ACCEPTOR, DISPATCHER, CHIEF = Role.ACCEPTOR, Role.DISPATCHER, Role.DUTY_CHIEF
ALERT_SEATS = (Role.WALL_OPERATOR, ACCEPTOR, DISPATCHER, CHIEF)
ALARM_ADMINS = (Role.GRID_ADMIN, Role.SYSTEM_ADMIN)
ANYBODY = (*Role.values, CITIZEN, SYSTEM_ROLE)
NAMES = {
    **ROLE_NAMES,
    SYSTEM_ROLE: "系统",
    ASSIGNEE: "任务承办人",
    OWNER_OF_LEG: "承办部门",
    CO_HANDLER: "协办部门",
    CITIZEN: "市民",
    ASKER: "申请人",
}
