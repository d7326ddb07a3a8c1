"""Cameras: where they stand, what they send, whether they are watched."""

from typing import TYPE_CHECKING, Self

from django.contrib.gis.db.models import PointField
from django.db import models
from django.db.models import Q

from accounts.scope import within_areas
from core.actor import Actor

if TYPE_CHECKING:
    from video.models.lease import CameraLease
    from video.models.mask import Mask
    from video.models.own_model import ModelUse
    from video.models.reference import CameraReference
    from video.models.turning import CameraTurning
    from video.models.zone import ZoneQuerySet


class CameraQuerySet(models.QuerySet["Camera"]):
    def visible_to(self, actor: Actor) -> Self:
        """Cameras in the areas the actor covers; the same rule as `live.audience_of`."""
        return self if actor.is_system else self.filter(within_areas(actor, key_fields=True))


class Camera(models.Model):
    """One video source.

    `version` rises with every change of the camera or its zones: a running worker takes the change up by it. How the
    camera is doing stands in its `CameraLease`, which is written all the time and says nothing of the configuration.

    `source` never holds a user or a password: they stand encrypted in `secret`. `sub_source` is the same picture
    smaller, on the same host and with the same login: small tiles play it, nothing is analysed on it. A camera behind a
    platform names its `gateway` and the `channel` there instead, and the platform is asked for the address at each
    connection.
    `can_turn` says that it has a head (云台): behind a platform that turns it, or at its own ONVIF device service,
    `control_address`, on the same host and with the same login.
    `calibration` is [[x, y, lng, lat], …]: points of the picture (in fractions of it) and where they lie on the ground.
    """

    class Sampling(models.TextChoices):
        TIMED = "timed", "定时采样"
        KEY_FRAMES = "key_frames", "仅关键帧"

    class SourceKind(models.TextChoices):
        POLICE = "police", "公安"
        URBAN_MANAGEMENT = "urban_management", "城管"
        PROPERTY = "property", "物业"
        SCHOOL = "school", "学校"
        MARKET = "market", "市场"
        SITE = "site", "工地"
        TRAFFIC = "traffic", "交通"
        WATER = "water", "水务"
        FOREST = "forest", "林业"
        OTHER = "other", "其他"

    class Priority(models.IntegerChoices):
        HIGH = 1, "高"
        NORMAL = 2, "中"
        LOW = 3, "低"

    code = models.CharField("编码", max_length=40, unique=True)
    name = models.CharField("名称", max_length=80)
    source = models.CharField(
        "视频地址", max_length=500, help_text="rtsp://、rtsps:// 或 file:///；账号和口令另行加密保存，不在其中"
    )
    sub_source = models.CharField(
        "子码流地址", max_length=500, blank=True, help_text="与视频地址同一主机；小画面播放用，可空"
    )
    secret = models.TextField("账号口令（密文）", blank=True, editable=False)
    gateway = models.ForeignKey(
        "video.Gateway", models.PROTECT, null=True, blank=True, related_name="cameras", verbose_name="视频平台"
    )
    channel = models.CharField("平台通道", max_length=120, blank=True)
    group = models.ForeignKey(
        "video.CameraGroup", models.SET_NULL, null=True, blank=True, related_name="cameras", verbose_name="分组"
    )
    source_kind = models.CharField("来源", max_length=20, choices=SourceKind, default=SourceKind.OTHER)
    priority = models.SmallIntegerField("优先级", choices=Priority, default=Priority.NORMAL)
    sampling = models.CharField("采样方式", max_length=12, choices=Sampling, default=Sampling.TIMED)
    pictures_per_second = models.FloatField("每秒分析帧数", default=5.0)
    enabled = models.BooleanField("启用", default=True)
    version = models.PositiveIntegerField("版本", default=1, editable=False)
    area_path = models.CharField("区域路径", max_length=120, editable=False)
    area_label = models.CharField("区域", max_length=120, editable=False)
    district_id = models.BigIntegerField("区县", null=True, editable=False)
    street_id = models.BigIntegerField("街道", null=True, editable=False)
    community_id = models.BigIntegerField("社区", null=True, editable=False)
    grid_id = models.BigIntegerField("网格", null=True, editable=False)
    point = PointField("位置", geography=True, srid=4326)
    is_high = models.BooleanField("高空瞭望", default=False)
    height_m = models.FloatField("安装高度（米）", null=True, blank=True)
    bearing = models.FloatField("朝向（度，北为 0，顺时针）", null=True, blank=True)
    view_angle = models.FloatField("水平视场角（度）", null=True, blank=True)
    view_range_m = models.FloatField("可视距离（米）", null=True, blank=True)
    can_turn = models.BooleanField("有云台", default=False, db_default=False)
    control_address = models.CharField(
        "ONVIF 服务地址",
        max_length=300,
        blank=True,
        default="",
        db_default="",
        help_text="与视频地址同一主机；转动云台用，可空",
    )
    calibration = models.JSONField("画面与地面对应点", default=list, blank=True, editable=False)

    objects = CameraQuerySet.as_manager()

    if TYPE_CHECKING:
        lease: CameraLease
        reference: CameraReference
        turning: CameraTurning
        zones: ZoneQuerySet
        masks: models.QuerySet[Mask]
        model_uses: models.QuerySet[ModelUse]

    class Meta:
        verbose_name = verbose_name_plural = "摄像机"
        ordering = ("code",)
        constraints = [
            models.CheckConstraint(
                condition=Q(pictures_per_second__gt=0) & Q(pictures_per_second__lte=25),
                name="a_camera_is_sampled_at_most_25_times_a_second",
            ),
            models.CheckConstraint(condition=Q(priority__range=(1, 3)), name="a_camera_has_one_of_three_priorities"),
            models.CheckConstraint(
                condition=(Q(bearing=None) | Q(bearing__gte=0, bearing__lt=360))
                & (Q(view_angle=None) | Q(view_angle__gt=0, view_angle__lte=360))
                & (Q(view_range_m=None) | Q(view_range_m__gt=0)),
                name="a_view_cone_can_be_drawn",
            ),
            models.UniqueConstraint(
                fields=["gateway", "channel"],
                condition=Q(gateway__isnull=False),
                name="a_channel_of_a_gateway_is_one_camera",
            ),
        ]
        indexes = [
            models.Index(fields=["district_id", "code"], name="cameras_of_a_district"),
            models.Index(fields=["street_id", "code"], name="cameras_of_a_street"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def lng(self) -> float:
        return float(self.point.x)

    @property
    def lat(self) -> float:
        return float(self.point.y)
