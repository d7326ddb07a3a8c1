"""Masks: parts of a camera's picture in which nothing is looked for, or that nobody is shown."""

from typing import TYPE_CHECKING

from django.db import models


class Mask(models.Model):
    """A polygon in fractions of the picture that counts for every zone of the camera: what stands in it is not seen,
    and its pixels are compared with nothing. For a neighbour's window, a waving tree, a road behind the fence.

    One that `hides` (隐私遮挡) is also painted over in every picture that leaves the processes which read the camera:
    stills, evidence, clips, and what people watch live.
    """

    camera = models.ForeignKey("video.Camera", models.CASCADE, related_name="masks", verbose_name="摄像机")
    name = models.CharField("名称", max_length=60)
    polygon = models.JSONField("多边形")
    hides = models.BooleanField("隐私遮挡", default=False, db_default=False)
    version = models.IntegerField("版本", default=1, db_default=1, editable=False)

    if TYPE_CHECKING:
        camera_id: int

    class Meta:
        verbose_name = verbose_name_plural = "屏蔽区"
        ordering = ("camera", "id")
        constraints = [
            models.UniqueConstraint(fields=["camera", "name"], name="masks_of_a_camera_have_different_names")
        ]

    def __str__(self) -> str:
        return f"{self.camera_id} {self.name}"
