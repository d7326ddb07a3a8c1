"""What the API of the rules of tasks gives out."""

from accounts.setting_shapes import BoundShape, SettingShape
from dispatch.shapes import Shape, TaskKind


class TaskRuleShape(SettingShape):
    kind: TaskKind
    geofence_metres: int


class TaskRuleList(Shape):
    items: list[TaskRuleShape]
    bound: BoundShape
    may_edit: bool


class SignIns(Shape):
    """Sign-ins of the last `days` with a known distance; `beyond` were farther away than asked."""

    days: int
    signed_in: int
    beyond: int
    farthest: int | None
