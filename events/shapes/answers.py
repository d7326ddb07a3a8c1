"""Who answers for what where."""

from dispatch.responsibility_shapes import Answering, TeamMember
from events.shapes.base import Shape, UnitRef
from grids.unit_grid_shapes import ZoneRef


class CompetentDepartment(Shape):
    """Who would lead, and who said so: a routing rule, the matrix, or the type's usual department."""

    unit: UnitRef | None
    by: str
    said: str
    person: str
    """Who answers in person by the matrix, if anybody."""


class WhoAnswers(Shape):
    """For a point, and a type of event where one was named: the grid's team, the unit grid and who collects there, the
    competent department, the owning centre, and who on duty would come.
    """

    area_path: str
    area_label: str
    grid_path: str
    grid_name: str
    team: list[TeamMember]
    unit_grid: str
    collector: ZoneRef | None
    """The 责任网格 of the unit grid, with its collector; in a 专属网格 that one."""
    department: CompetentDepartment | None
    centre: UnitRef | None
    coming: list[Answering]
