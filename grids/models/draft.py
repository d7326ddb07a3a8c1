"""Changes of the division tree that are prepared before anybody else sees them."""

from typing import Self

from django.conf import settings
from django.contrib.gis.db import models
from django.contrib.postgres.fields import ArrayField
from django.db.models import Q

from accounts.scope import area_grants
from core.actor import Actor
from grids.models.area import AreaLevel
from grids.policies import TREE_ROLES


class DraftState(models.TextChoices):
    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "送审"
    APPROVED = "approved", "待生效"
    PUBLISHED = "published", "已发布"
    WITHDRAWN = "withdrawn", "已作废"


OPEN_DRAFTS = (DraftState.DRAFT, DraftState.SUBMITTED, DraftState.APPROVED)


class BoundaryDraftQuerySet(models.QuerySet["BoundaryDraft"]):
    def visible_to(self, actor: Actor) -> Self:
        """Drafts below what the actor may change: nobody else looks into what is not decided yet."""
        condition = Q(pk__in=[])
        for grant in area_grants(actor, TREE_ROLES):
            condition |= Q(root__path=grant.area_path) | Q(root__path__startswith=grant.area_path + ".")
        return self.filter(condition)


class BoundaryDraft(models.Model):
    """A version of the outlines below `root` (a district, street or community) that is being prepared.

    It holds only what becomes different (`DraftArea`). Nothing of it is in force before it is published; then all of
    it is at once, and the areas it closes stay as the past of the tree. `version` grows with every edit and move.
    """

    root = models.ForeignKey("grids.Area", models.PROTECT, related_name="drafts", verbose_name="范围")
    number = models.IntegerField("版本号")
    title = models.CharField("说明", max_length=80, blank=True)
    source = models.CharField("来源", max_length=120, blank=True)
    state = models.CharField("状态", max_length=12, choices=DraftState, default=DraftState.DRAFT)
    version = models.IntegerField("修订", default=1, editable=False)
    created_at = models.DateTimeField("建立时间")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField("修改时间")
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    reason = models.CharField("退回或作废的理由", max_length=200, blank=True)
    effective_at = models.DateTimeField("计划生效时间", null=True)
    published_at = models.DateTimeField("生效时间", null=True)

    objects = BoundaryDraftQuerySet.as_manager()

    class Meta:
        db_table = "grids_boundary_draft"
        verbose_name = verbose_name_plural = "边界草稿"
        constraints = [
            models.UniqueConstraint(fields=["root", "number"], name="drafts_of_an_area_are_numbered_once"),
        ]
        indexes = [
            models.Index(fields=["effective_at"], condition=Q(state="approved"), name="drafts_that_come_into_force")
        ]

    def __str__(self) -> str:
        return f"v{self.number} {self.title}"


class DraftArea(models.Model):
    """One area as the draft wants it: a present one changed or closed, or a new one.

    `area` and `base_version` say which area, in which version, the change began from; both are empty for a new one.
    `outline` may be anything while it is drafted (the checks say what is wrong with it). `origins` are the areas whose
    ground it took, for the people who read the history.
    """

    class Change(models.TextChoices):
        ADD = "add", "新增"
        CHANGE = "change", "变更"
        CLOSE = "close", "撤销"

    draft = models.ForeignKey(BoundaryDraft, models.CASCADE, related_name="areas", verbose_name="草稿")
    change = models.CharField("变更", max_length=8, choices=Change)
    area = models.ForeignKey("grids.Area", models.PROTECT, null=True, related_name="drafted", verbose_name="区域")
    base_version = models.IntegerField("所据版本", null=True)
    level = models.CharField("层级", max_length=12, choices=AreaLevel)
    parent = models.ForeignKey("grids.Area", models.PROTECT, null=True, related_name="+", verbose_name="上级区域")
    parent_draft = models.ForeignKey("self", models.CASCADE, null=True, related_name="parts", verbose_name="上级新区域")
    code = models.CharField("代码", max_length=24, blank=True)
    name = models.CharField("名称", max_length=40, blank=True)
    households = models.IntegerField("户数", default=0)
    outline = models.GeometryField("范围", srid=4326)
    origins = ArrayField(models.BigIntegerField(), default=list, verbose_name="来自")

    class Meta:
        db_table = "grids_draft_area"
        verbose_name = verbose_name_plural = "草稿中的区域"
        constraints = [
            models.UniqueConstraint(
                fields=["draft", "area"], condition=Q(area__isnull=False), name="a_draft_holds_an_area_once"
            ),
            models.CheckConstraint(
                condition=Q(change="add", area__isnull=True, base_version__isnull=True)
                | Q(~Q(change="add"), area__isnull=False, base_version__isnull=False),
                name="only_a_new_area_is_of_no_area",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.code}）"


class DraftEdit(models.Model):
    """One step of drawing. `before` holds the draft's rows as they were, so that the step can be undone."""

    draft = models.ForeignKey(BoundaryDraft, models.CASCADE, related_name="edits", verbose_name="草稿")
    version = models.IntegerField("修订")
    operation = models.CharField("操作", max_length=16)
    at = models.DateTimeField("时间")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    touched = ArrayField(models.BigIntegerField(), default=list)
    before = models.JSONField(default=list)
    undone = models.BooleanField(default=False)

    class Meta:
        db_table = "grids_draft_edit"
        verbose_name = verbose_name_plural = "草稿的修改"
        ordering = ("version",)
        constraints = [
            models.UniqueConstraint(fields=["draft", "version"], name="edits_of_a_draft_are_numbered_once"),
        ]

    def __str__(self) -> str:
        return f"{self.operation} {self.version}"


class AreaSuccession(models.Model):
    """Where the ground of an area went when a draft was published: one row for each area that holds a part of it now.

    `share` is the part of the old outline's ground, 0–1. The successor with the greatest share comes first.
    """

    draft = models.ForeignKey(BoundaryDraft, models.PROTECT, related_name="successions", verbose_name="草稿")
    old = models.ForeignKey("grids.Area", models.PROTECT, related_name="successions", verbose_name="原区域")
    new = models.ForeignKey("grids.Area", models.PROTECT, related_name="predecessions", verbose_name="现区域")
    share = models.FloatField("占原面积")
    at = models.DateTimeField("生效时间")

    class Meta:
        db_table = "grids_area_succession"
        verbose_name = verbose_name_plural = "区域沿革"
        constraints = [
            models.UniqueConstraint(fields=["draft", "old", "new"], name="a_succession_is_written_once"),
        ]

    def __str__(self) -> str:
        return f"{self.old_id} → {self.new_id}"
