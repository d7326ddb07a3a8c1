"""What a site measures its governance grids by; set by administrators."""

from django.db import models

from core.models import SiteSetting
from grids.rules.norms import HOUSEHOLDS


class GridNorms(SiteSetting):
    """One row: the first holds, and there is no second; without it the usual norms hold."""

    households_per_worker = models.IntegerField("每名网格员户数", default=HOUSEHOLDS.usual)

    class Meta:
        db_table = "grids_norms"
        verbose_name = verbose_name_plural = "网格标准"

    def __str__(self) -> str:
        return f"≤ {self.households_per_worker}"
