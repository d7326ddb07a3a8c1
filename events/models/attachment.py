"""Photos, stills, clips and documents, each served through its owner's scope."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.actor import Actor
from events.models.alert import Alert
from events.models.event import Event


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those of events and alerts the actor sees, and the actor's own uploads while they belong to nothing yet."""
        if actor.is_system:
            return self
        alerts = Alert.objects.visible_to(actor)
        return self.filter(
            Q(event__isnull=True, uploader_id=actor.user_id)
            | Q(event__in=Event.objects.visible_to(actor).values("pk"))
            | Q(pk__in=alerts.filter(still__isnull=False).values("still_id"))
            | Q(pk__in=alerts.filter(clip__isnull=False).values("clip_id"))
        )


class Attachment(models.Model):
    """A file under the media folder, named by its content; it goes on to the site's store where there is one
    (`in_store`). `blurred`: faces are unrecognisable in it."""

    class Kind(models.TextChoices):
        PHOTO = "photo", "照片"
        STILL = "still", "视频截图"
        CLIP = "clip", "视频片段"
        DOCUMENT = "document", "文件"

    class Purpose(models.TextChoices):
        UPLOADED = "", "未归属"
        EVIDENCE = "evidence", "告警证据"
        REPORT = "report", "上报"
        VERIFICATION = "verification", "核实"
        BEFORE = "before", "处置前"
        AFTER = "after", "处置后"
        CHECK = "check", "核查"
        BASIS = "basis", "依据"

    event = models.ForeignKey(
        "events.Event", models.PROTECT, null=True, blank=True, related_name="attachments", verbose_name="案件"
    )
    kind = models.CharField("类别", max_length=16, choices=Kind)
    purpose = models.CharField("用途", max_length=16, choices=Purpose, blank=True)
    path = models.CharField("文件", max_length=200)
    thumb_path = models.CharField("缩略图", max_length=200, blank=True)
    content_type = models.CharField("格式", max_length=60)
    sha256 = models.CharField("摘要", max_length=64)
    size = models.PositiveIntegerField("字节数", default=0)
    width = models.PositiveIntegerField("宽", null=True)
    height = models.PositiveIntegerField("高", null=True)
    blurred = models.BooleanField("人脸已模糊", default=False)
    uploader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, verbose_name="上传人", related_name="+"
    )
    created_at = models.DateTimeField("上传时间")
    erase_after = models.DateTimeField("保留至", null=True)
    in_store = models.BooleanField("已入附件存储", default=False, db_default=False)

    objects = AttachmentQuerySet.as_manager()

    if TYPE_CHECKING:
        event_id: int | None
        uploader_id: int | None

    class Meta:
        verbose_name = verbose_name_plural = "附件"
        indexes = [
            models.Index(fields=["erase_after"], name="attachments_to_erase", condition=Q(erase_after__isnull=False)),
            models.Index(fields=["id"], name="attachments_to_store", condition=Q(in_store=False)),
            models.Index(fields=["path"], name="attachments_by_path"),
            models.Index(fields=["kind", "created_at"], name="attachments_by_age"),
            models.Index(fields=["thumb_path"], name="attachments_by_thumb", condition=~Q(thumb_path="")),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.sha256[:8]}"
