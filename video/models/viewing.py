"""Who watched which camera when, and how people like to arrange their pictures."""

from typing import TYPE_CHECKING, Self

from django.db import models

from accounts.roles import Role
from accounts.scope import area_grants, within_areas
from core.actor import Actor

LOG_READERS = (Role.GRID_ADMIN, Role.SYSTEM_ADMIN)


class CameraViewingQuerySet(models.QuerySet["CameraViewing"]):
    def visible_to(self, actor: Actor) -> Self:
        """The log is read by the administrators of the area in which the camera stood."""
        if actor.is_system:
            return self
        own = Actor(actor.user_id, actor.name, tuple(area_grants(actor, LOG_READERS)))
        return self.filter(within_areas(own))


class CameraViewing(models.Model):
    """Somebody watched a camera live, from `started_at` to `last_at`: the row is the log itself, and is only prolonged.

    The camera's code and name are kept as they were, because the row outlives the camera. `event_id` names the event
    on account of which it was watched; `purpose` is what the person said where it is asked; `turned_at` says that it
    was turned meanwhile, and when last.
    """

    class Way(models.TextChoices):
        LIVE = "live", "实时视频"
        STILLS = "stills", "逐秒画面"

    camera = models.ForeignKey(
        "video.Camera", models.SET_NULL, null=True, related_name="viewings", verbose_name="摄像机"
    )
    camera_code = models.CharField("编码", max_length=40)
    camera_name = models.CharField("名称", max_length=80)
    area_path = models.CharField("区域路径", max_length=120)
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name="查看人")
    started_at = models.DateTimeField("开始")
    last_at = models.DateTimeField("截至")
    is_over = models.BooleanField("已结束", default=False)
    way = models.CharField("方式", max_length=8, choices=Way, default=Way.LIVE)
    purpose = models.CharField("事由", max_length=200, blank=True)
    event_id = models.BigIntegerField("案件", null=True)
    turned_at = models.DateTimeField("最近转动云台", null=True)

    objects = CameraViewingQuerySet.as_manager()

    if TYPE_CHECKING:
        camera_id: int | None
        user_id: int

    class Meta:
        db_table = "video_camera_viewing"
        verbose_name = verbose_name_plural = "视频查看记录"
        indexes = [
            models.Index(fields=["started_at", "id"], name="viewings_by_time"),
            models.Index(fields=["user", "started_at"], name="viewings_of_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.camera_code} {self.started_at:%Y-%m-%d %H:%M}"


class VideoPresetQuerySet(models.QuerySet["VideoPreset"]):
    def of(self, actor: Actor) -> Self:
        """The actor's own."""
        return self.filter(owner_id=actor.user_id) if actor.user_id is not None else self.none()


class VideoPreset(models.Model):
    """A person's own arrangement of the video page: so many tiles, and which camera stands in which.

    `cameras` has an id, or None for an empty tile, per tile. What it shows is what the person may see then.
    """

    class Layout(models.TextChoices):
        ONE = "1", "单画面"
        FOUR = "4", "四画面"
        ONE_AND_FIVE = "1+5", "一大五小"
        NINE = "9", "九画面"
        SIXTEEN = "16", "十六画面"

    owner = models.ForeignKey("accounts.User", models.CASCADE, related_name="video_presets", verbose_name="用户")
    name = models.CharField("名称", max_length=40)
    layout = models.CharField("布局", max_length=4, choices=Layout)
    cameras = models.JSONField("画面", default=list)
    changed_at = models.DateTimeField("修改时间", auto_now=True)

    objects = VideoPresetQuerySet.as_manager()

    if TYPE_CHECKING:
        owner_id: int

    class Meta:
        db_table = "video_preset"
        verbose_name = verbose_name_plural = "视频预案布局"
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="a_persons_preset_has_a_name_of_its_own"),
        ]

    def __str__(self) -> str:
        return self.name
