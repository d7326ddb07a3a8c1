"""Responders: whoever can be sent."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.scope import unit_ids, within_areas
from core.actor import Actor
from dispatch.models.area_keys import AreaKeys
from dispatch.models.shift import DutyShift
from dispatch.models.telephone import TELEPHONE


class ResponderQuerySet(models.QuerySet["Responder"]):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def on_duty(self, at: datetime) -> Self:
        """Those with a shift that covers `at`."""
        return self.filter(Exists(DutyShift.objects.covering(at).filter(responder=OuterRef("pk"))))

    def visible_to(self, actor: Actor) -> Self:
        """Responders of the areas the actor covers, those of the actor's own department, and the actor."""
        if actor.is_system:
            return self
        scope = within_areas(actor, key_fields=True) | Q(unit_id__in=unit_ids(actor))
        return self.filter(scope | Q(user_id=actor.user_id))


class Responder(AreaKeys):
    """A person or unit that can be sent. `area_path` is the area it answers for: a grid worker's grid, a team's street.

    A person has a user account; a team or vehicle is called by `name` and may have none. `phone` is where it is reached
    on duty.
    """

    class Kind(models.TextChoices):
        GRID_WORKER = "grid_worker", "网格员"
        COLLECTOR = "collector", "信息采集员"
        OFFICER = "officer", "执法人员"
        GUARD = "guard", "平安员"
        VOLUNTEER = "volunteer", "志愿者"
        TEAM = "team", "队伍"
        VEHICLE = "vehicle", "车辆"

    kind = models.CharField("类别", max_length=16, choices=Kind)
    name = models.CharField("名称", max_length=60)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, verbose_name="用户", related_name="responder"
    )
    unit = models.ForeignKey("accounts.OrgUnit", models.PROTECT, verbose_name="所属机构", related_name="responders")
    team = models.ForeignKey(
        "dispatch.Team", models.SET_NULL, null=True, blank=True, verbose_name="队伍", related_name="members"
    )
    phone = models.CharField(
        "电话",
        max_length=20,
        blank=True,
        validators=[TELEPHONE],
        help_text="为空时用本人账号的电话，再用所属队伍的电话",
    )
    is_active = models.BooleanField("启用", default=True)

    objects = ResponderQuerySet.as_manager()

    if TYPE_CHECKING:
        user_id: int | None
        unit_id: int

    class Meta:
        verbose_name = verbose_name_plural = "处置力量"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["team", "vehicle"]) | Q(user__isnull=False),
                name="a_person_who_is_sent_has_an_account",
            ),
        ]
        indexes = [
            models.Index(fields=["area_path", "kind"], condition=Q(is_active=True), name="responders_of_an_area"),
            models.Index(fields=["district_id", "kind"], condition=Q(is_active=True), name="responders_of_a_district"),
            models.Index(fields=["street_id", "kind"], condition=Q(is_active=True), name="responders_of_a_street"),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.get_kind_display()}）"
