"""A screen on a wall that was paired, and one that asks to be."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.scope import within_areas
from core.actor import Actor
from wall.models.scene import Scene


class WallDeviceQuerySet(models.QuerySet["WallDevice"]):
    def visible_to(self, actor: Actor) -> Self:
        """Walls of the areas the actor's grants cover."""
        return self if actor.is_system else self.filter(within_areas(actor))


class WallDevice(models.Model):
    """A paired wall. It signs in as an account of its own (`user`, post wall_device), by a token of which only the
    digest is here; the token is shown to nobody and never stands in an address.

    `view` is what a remote control last asked of it (wall.rules.view), so that a wall that was off comes back to it.
    """

    class State(models.TextChoices):
        ACTIVE = "active", "在用"
        REVOKED = "revoked", "已停用"

    class Theme(models.TextChoices):
        DARK = "dark", "深色"
        LIGHT = "light", "明亮厅"

    class Arrangement(models.TextChoices):
        AUTO = "auto", "按字号自动"
        STANDARD = "standard", "标准"
        FAR = "far", "远距（六面板）"

    name = models.CharField("名称", max_length=40)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="设备账号")
    area_path = models.CharField("区域路径", max_length=120, db_index=True)
    state = models.CharField("状态", max_length=8, choices=State, default=State.ACTIVE)
    version = models.PositiveIntegerField("版本", default=1)
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    scene = models.ForeignKey(Scene, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="场景")
    view = models.JSONField("画面", default=dict)
    theme = models.CharField("主题", max_length=8, choices=Theme, default=Theme.DARK)
    arrangement = models.CharField("版面", max_length=8, choices=Arrangement, default=Arrangement.AUTO)
    height_m = models.FloatField("屏高（米）", default=2.7)
    farthest_m = models.FloatField("最远座位（米）", default=6.0)
    smallest_px = models.FloatField("现场标定最小字（px）", null=True, blank=True)
    aspect = models.CharField("实际宽高", max_length=12, blank=True)
    paired_at = models.DateTimeField("配对时间")
    paired_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="配对人")
    revoked_at = models.DateTimeField("停用时间", null=True, blank=True)
    seen_at = models.DateTimeField("最近在线", null=True, blank=True)
    reported = models.JSONField("屏幕上报", default=dict)

    objects = WallDeviceQuerySet.as_manager()

    if TYPE_CHECKING:
        user_id: int
        scene_id: int | None

    class Meta:
        db_table = "wall_device"
        verbose_name = verbose_name_plural = "大屏设备"
        constraints = [
            models.CheckConstraint(
                condition=Q(height_m__gte=0.3, height_m__lte=30, farthest_m__gte=0.5, farthest_m__lte=100),
                name="a_wall_has_a_size_people_sit_before",
            ),
            models.CheckConstraint(
                condition=Q(state="active", revoked_at=None) | Q(state="revoked", revoked_at__isnull=False),
                name="a_revoked_wall_says_since_when",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Pairing(models.Model):
    """A screen that shows a code and waits for somebody to type it in. It proves itself by a secret in its cookie."""

    code = models.CharField(max_length=6, unique=True)
    secret_digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    device = models.OneToOneField(WallDevice, models.CASCADE, null=True, related_name="+")

    class Meta:
        db_table = "wall_pairing"
