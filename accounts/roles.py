"""The posts of the platform, with their names and what their grants cover."""

from django.db import models


class Role(models.TextChoices):
    WALL_OPERATOR = "wall_operator", "大屏值守"
    WALL_DEVICE = "wall_device", "大屏设备"
    ACCEPTOR = "acceptor", "受理员"
    DISPATCHER = "dispatcher", "派遣员"
    DUTY_CHIEF = "duty_chief", "值班长"
    LEADER = "leader", "分管领导"
    DEPARTMENT_DESK = "department_desk", "部门坐席"
    HANDLER = "handler", "处置人员"
    GRID_LEADER = "grid_leader", "网格长"
    GRID_WORKER = "grid_worker", "网格员"
    COLLECTOR = "collector", "信息采集员"
    ASSESSOR = "assessor", "考核员"
    GRID_ADMIN = "grid_admin", "网格管理员"
    SYSTEM_ADMIN = "system_admin", "系统管理员"


ROLE_NAMES_EN = {
    Role.WALL_OPERATOR: "wall operator",
    Role.WALL_DEVICE: "wall device",
    Role.ACCEPTOR: "acceptor",
    Role.DISPATCHER: "dispatcher",
    Role.DUTY_CHIEF: "duty chief",
    Role.LEADER: "leader",
    Role.DEPARTMENT_DESK: "department desk",
    Role.HANDLER: "handler",
    Role.GRID_LEADER: "grid leader",
    Role.GRID_WORKER: "grid worker",
    Role.COLLECTOR: "collector",
    Role.ASSESSOR: "assessor",
    Role.GRID_ADMIN: "grid administrator",
    Role.SYSTEM_ADMIN: "system administrator",
}

DEPARTMENT_ROLES = frozenset({Role.DEPARTMENT_DESK, Role.HANDLER})
"""Roles held at a unit: they see the events in which the unit has a leg. All others are held over an area."""

WATCHERS = (
    Role.ACCEPTOR,
    Role.DISPATCHER,
    Role.DUTY_CHIEF,
    Role.LEADER,
    Role.DEPARTMENT_DESK,
    Role.GRID_LEADER,
    Role.WALL_OPERATOR,
)
"""Where colleagues are is shown to those who send them or watch over them, nobody else."""

ROLE_NAMES: dict[str, str] = {role.value: str(role.label) for role in Role}

HOME_PAGES: tuple[tuple[frozenset[Role], str], ...] = (
    (frozenset({Role.ACCEPTOR, Role.DISPATCHER, Role.DUTY_CHIEF, Role.LEADER, Role.ASSESSOR}), "/desk"),
    (DEPARTMENT_ROLES, "/tickets"),
    (frozenset({Role.GRID_WORKER, Role.GRID_LEADER, Role.COLLECTOR}), "/m"),
    (frozenset({Role.WALL_OPERATOR, Role.WALL_DEVICE}), "/wall"),
    (frozenset({Role.GRID_ADMIN, Role.SYSTEM_ADMIN}), "/admin/"),
)
