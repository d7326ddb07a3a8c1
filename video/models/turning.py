"""Who turns a camera just now."""

from typing import TYPE_CHECKING

from django.db import models


class CameraTurning(models.Model):
    """A camera's head is turned by one person at a time: until `held_until` by `holder`, who holds it for some seconds
    with every step. While `is_moving` it has been told to go on until `moves_until`; whoever finds that past stops it.
    """

    camera = models.OneToOneField("video.Camera", models.CASCADE, primary_key=True, related_name="turning")
    holder = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+", verbose_name="操作人")
    held_until = models.DateTimeField("占用到")
    is_moving = models.BooleanField("正在转动", default=False)
    moves_until = models.DateTimeField("转动到", null=True)

    if TYPE_CHECKING:
        camera_id: int
        holder_id: int | None

    class Meta:
        db_table = "video_camera_turning"
        verbose_name = verbose_name_plural = "云台占用"

    def __str__(self) -> str:
        return f"{self.camera_id} {self.holder_id or '—'}"
