"""What cameras saw, kept for some days so that rules can be tried on it."""

from django.db import models


class DetectionBlock(models.Model):
    """About a minute of one camera's looks, packed (pipeline/packing.py): boxes, words, scores and times, no pixels.

    `run` names the life of the rules that saw it: blocks of one run follow each other in the stream's own time.
    `brightness` is the middle grey at its beginning, 0 to 255.
    """

    camera = models.ForeignKey("video.Camera", models.CASCADE, related_name="+", verbose_name="摄像机")
    run = models.BigIntegerField("运行")
    began_at = models.DateTimeField("起")
    ended_at = models.DateTimeField("止")
    looks = models.IntegerField("分析帧数")
    things = models.IntegerField("目标数")
    brightness = models.SmallIntegerField("亮度", default=0)
    data = models.BinaryField("数据")

    class Meta:
        verbose_name = verbose_name_plural = "检测记录"
        indexes = [
            models.Index(fields=["camera", "began_at"], name="detections_of_a_camera"),
            models.Index(fields=["ended_at"], name="detections_by_their_age"),
        ]

    def __str__(self) -> str:
        return f"{self.camera_id} {self.began_at:%Y-%m-%d %H:%M:%S}"
