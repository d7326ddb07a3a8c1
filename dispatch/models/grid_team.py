"""The team of a grid, "1+3+N", and what it has to do regularly."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.actor import Actor
from dispatch.models.telephone import TELEPHONE
from grids.scope import reach_of


class InsideReach(models.QuerySet["GridTeamMember"]):
    def visible_to(self, actor: Actor) -> Self:
        """Teams of the grids that lie in the actor's reach."""
        if actor.is_system:
            return self
        condition = Q(pk__in=[])
        for prefix in reach_of(actor):
            condition |= Q(grid_path=prefix) | Q(grid_path__startswith=prefix + ".")
        return self.filter(condition)


class GridTeamMember(models.Model):
    """Somebody in the team of a grid or micro-grid.

    1 = the leader (and a party branch secretary where there is one), 3 = full-time, part-time, instructor, N = cadres
    who are assigned to it, professional law enforcement, volunteers. A grid worker (`Responder`) whose own area is
    the grid is its full-time worker without being listed. People outside the platform are listed by name.
    """

    class Post(models.TextChoices):
        LEADER = "leader", "网格长"
        SECRETARY = "secretary", "网格党支部书记"
        FULL_TIME = "full_time", "专职网格员"
        PART_TIME = "part_time", "兼职网格员"
        INSTRUCTOR = "instructor", "网格指导员"
        CADRE = "cadre", "包联干部"
        ENFORCEMENT = "enforcement", "专业执法力量"
        VOLUNTEER = "volunteer", "志愿者"

    grid_path = models.CharField("网格", max_length=120)
    post = models.CharField("岗位", max_length=12, choices=Post)
    name = models.CharField("姓名", max_length=60)
    responder = models.ForeignKey(
        "dispatch.Responder", models.CASCADE, null=True, blank=True, related_name="posts", verbose_name="处置力量"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="用户"
    )
    unit_name = models.CharField("单位", max_length=80, blank=True)
    phone = models.CharField("电话", max_length=20, blank=True, validators=[TELEPHONE])
    since = models.DateField("任职日期")

    objects = InsideReach.as_manager()

    if TYPE_CHECKING:
        responder_id: int | None
        user_id: int | None

    class Meta:
        db_table = "dispatch_grid_team_member"
        verbose_name = verbose_name_plural = "网格团队"
        ordering = ("grid_path", "post", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["grid_path", "post"],
                condition=Q(post__in=["leader", "secretary"]),
                name="a_grid_has_one_leader_and_one_secretary",
            ),
            models.UniqueConstraint(
                fields=["grid_path", "post", "responder"],
                condition=Q(responder__isnull=False),
                name="nobody_holds_a_post_twice",
            ),
        ]
        indexes = [models.Index(fields=["grid_path"], name="team_of_a_grid")]

    def __str__(self) -> str:
        return f"{self.get_post_display()} {self.name}"


class DutyEntry(models.Model):
    """A line of a 责任清单 or 任务清单, in force for every grid (or micro-grid) at or below `area_path`.

    `times` in each `per`: how often it is due. `group` is the heading it stands under. A line that `makes_tasks` sends
    somebody of the post on a patrol whenever it is due.
    """

    class Kind(models.TextChoices):
        DUTY = "duty", "责任清单"
        TASK = "task", "任务清单"

    class Per(models.TextChoices):
        DAY = "day", "每日"
        WEEK = "week", "每周"
        MONTH = "month", "每月"
        QUARTER = "quarter", "每季"
        YEAR = "year", "每年"
        NEED = "need", "按需"

    area_path = models.CharField("适用区域", max_length=120, db_index=True)
    level = models.CharField("适用层级", max_length=12, choices=[("grid", "网格"), ("micro_grid", "微网格")])
    kind = models.CharField("清单", max_length=4, choices=Kind)
    group = models.CharField("分组", max_length=40, blank=True)
    title = models.CharField("事项", max_length=120)
    post = models.CharField("责任岗位", max_length=12, choices=GridTeamMember.Post)
    times = models.SmallIntegerField("次数", default=1)
    per = models.CharField("频次", max_length=8, choices=Per)
    rank = models.SmallIntegerField("顺序", default=0)
    makes_tasks = models.BooleanField("到期派巡查任务", default=False)
    version = models.IntegerField("版本", default=1, editable=False)

    class Meta:
        db_table = "dispatch_duty_entry"
        verbose_name = verbose_name_plural = "责任与任务清单"
        ordering = ("kind", "rank", "id")

    def __str__(self) -> str:
        return self.title
