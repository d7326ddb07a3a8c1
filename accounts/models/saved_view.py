"""Filters of a page under a name."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from core.actor import Actor


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def of(self, actor: Actor) -> Self:
        """The actor's own views."""
        return self.filter(owner_id=actor.user_id) if actor.user_id is not None else self.none()


class SavedView(models.Model):
    """How somebody likes to see a page: the filters as they stand in its address, never what they find.

    Whoever has the `link` may read the filters, while it is given; what they show is what the reader may see.
    """

    class Page(models.TextChoices):
        DESK = "desk", "调度台"
        TICKETS = "tickets", "工单"

    owner = models.ForeignKey("accounts.User", models.CASCADE, related_name="views", verbose_name="用户")
    page = models.CharField("页面", max_length=16, choices=Page)
    name = models.CharField("名称", max_length=40)
    query = models.JSONField("筛选条件", default=dict)
    link = models.CharField("分享链接", max_length=32, blank=True)
    changed_at = models.DateTimeField("修改时间", auto_now=True)

    objects = SavedViewQuerySet.as_manager()

    if TYPE_CHECKING:
        owner_id: int

    class Meta:
        db_table = "accounts_saved_view"
        verbose_name = verbose_name_plural = "保存的视图"
        constraints = [
            models.UniqueConstraint(fields=["owner", "page", "name"], name="a_persons_view_has_a_name_of_its_own"),
            models.UniqueConstraint(fields=["link"], condition=~Q(link=""), name="a_link_leads_to_one_view"),
        ]

    def __str__(self) -> str:
        return f"{self.get_page_display()} {self.name}"
