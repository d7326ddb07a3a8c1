"""Teams: people and vehicles that are sent together."""

from django.conf import settings
from django.db import models

from dispatch.models.area_keys import AreaKeys
from dispatch.models.telephone import TELEPHONE


class Team(AreaKeys):
    """A standing group of responders of one unit, with the area it covers."""

    code = models.CharField("代码", max_length=32, unique=True)
    name = models.CharField("名称", max_length=80)
    unit = models.ForeignKey("accounts.OrgUnit", models.PROTECT, verbose_name="所属机构", related_name="teams")
    leader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, verbose_name="负责人", related_name="+"
    )
    phone = models.CharField("电话", max_length=20, blank=True, validators=[TELEPHONE])
    is_active = models.BooleanField("启用", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "队伍"

    def __str__(self) -> str:
        return self.name
