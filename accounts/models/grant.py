"""A grant: (person, role, unit, area). The only source of what a person may see and do."""

from django.db import models

from accounts.roles import DEPARTMENT_ROLES, Role


class Grant(models.Model):
    """`role` held at `unit` and over the area at `area_path`.

    Department roles need a unit and cover the events in which it has a leg; all other roles cover an area.
    """

    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="grants", verbose_name="用户")
    role = models.CharField("岗位", max_length=24, choices=Role)
    unit = models.ForeignKey("accounts.OrgUnit", models.PROTECT, null=True, blank=True, verbose_name="机构")
    area_path = models.CharField("区域路径", max_length=120, blank=True)
    area_level = models.CharField("区域层级", max_length=16, blank=True)
    area_key = models.BigIntegerField("区域编号", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "岗位授权"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "unit", "area_path"], nulls_distinct=False, name="a_grant_is_given_once"
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=sorted(DEPARTMENT_ROLES), unit__isnull=False)
                | models.Q(~models.Q(role__in=sorted(DEPARTMENT_ROLES)), ~models.Q(area_path="")),
                name="a_grant_has_the_unit_or_area_its_role_needs",
            ),
        ]
        indexes = [models.Index(fields=["role", "area_path"], name="grant_by_role_and_area")]

    def __str__(self) -> str:
        return f"{self.user} {self.get_role_display()}"
