"""How a camera's picture should look."""

from django.db import models


class CameraReference(models.Model):
    """The outlines of the scene a camera should show (pipeline/picture_health.py), so that a worker that takes it over
    still knows whether it was turned away. Taking the row away lets the present view be learned as the right one."""

    camera = models.OneToOneField("video.Camera", models.CASCADE, primary_key=True, related_name="reference")
    packed = models.BinaryField("轮廓")
    taken_at = models.DateTimeField("更新时间")

    class Meta:
        verbose_name = verbose_name_plural = "参考画面"

    def __str__(self) -> str:
        return str(self.camera_id)
