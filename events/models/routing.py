"""Where events go, as data: ordered rules, the matrix of responsibility, and what counts as similar."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length

RULE_KIND = "routing_rule"
ROW_KIND = "responsibility_row"
RULE_STATES = [("draft", "草稿"), ("on", "启用"), ("off", "停用")]
OWNER_LEVELS = [("district", "区级"), ("street", "街道")]


class RoutingRuleQuerySet(models.QuerySet["RoutingRule"]):
    def in_order(self) -> Self:
        """Those of the smallest area first, the site-wide ones last; in each set by position."""
        return self.order_by(Length("area_path").desc(), "area_path", "position", "id")

    def in_force(self) -> Self:
        return self.filter(state="on").in_order()


class RoutingRule(models.Model):
    """One rule of the set. `edition` counts what it says, `version` every change of it: a rule may be switched on when
    it was replayed in the edition it now has. While a rule is on it is not edited; a draft `replaces` it instead.

    A rule of an area is asked for places in it, before those of the areas around it and the site-wide ones.
    """

    name = models.CharField("名称", max_length=80)
    area_path = models.CharField("区域路径", max_length=120, blank=True, help_text="空：全区")
    area_label = models.CharField("区域", max_length=120, blank=True)
    position = models.PositiveIntegerField("顺序")
    state = models.CharField("状态", max_length=8, choices=RULE_STATES, default="draft")
    version = models.PositiveIntegerField(default=1)
    edition = models.PositiveIntegerField("版本", default=1)
    expression = models.TextField("条件")
    lead_unit_code = models.CharField("主办部门", max_length=32, blank=True)
    lead_office_code = models.CharField("按区域的科室", max_length=32, blank=True)
    owner_level = models.CharField("主责中心层级", max_length=16, blank=True, choices=OWNER_LEVELS)
    co_unit_codes = models.JSONField("协办部门", default=list)
    level = models.PositiveSmallIntegerField("建议级别", null=True, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)
    automatic = models.BooleanField("自动派遣", default=False)
    replaces = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, verbose_name="替换", related_name="successors"
    )
    edited_at = models.DateTimeField("编辑时间")
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    switched_at = models.DateTimeField("启停时间", null=True, blank=True)
    switched_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    replayed_edition = models.PositiveIntegerField("已回放版本", null=True, blank=True)
    replayed_at = models.DateTimeField("回放时间", null=True, blank=True)
    replay = models.JSONField("回放结果", default=dict)
    problem = models.CharField("最近的运行错误", max_length=200, blank=True)
    problem_at = models.DateTimeField("出错时间", null=True, blank=True)
    removed_at = models.DateTimeField("删除时间", null=True, blank=True)

    objects = RoutingRuleQuerySet.as_manager()

    if TYPE_CHECKING:
        replaces_id: int | None
        edited_by_id: int | None
        switched_by_id: int | None

    class Meta:
        db_table = "events_routing_rule"
        verbose_name = verbose_name_plural = "分派规则"
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="on") | Q(replayed_edition=F("edition"), switched_at__isnull=False, removed_at=None),
                name="a_rule_in_force_was_replayed",
            ),
            models.CheckConstraint(
                condition=Q(level=None) | Q(level__range=(1, 4)), name="a_rule_suggests_a_level_of_four"
            ),
            models.CheckConstraint(
                condition=Q(lead_unit_code="") | Q(lead_office_code=""), name="a_rule_names_its_lead_one_way"
            ),
            models.CheckConstraint(
                condition=Q(automatic=False) | ~Q(lead_unit_code="", lead_office_code=""),
                name="an_automatic_rule_names_its_lead",
            ),
            models.CheckConstraint(condition=~Q(replaces=F("id")), name="a_rule_does_not_replace_itself"),
        ]

    def __str__(self) -> str:
        return self.name


class ResponsibilityRow(models.Model):
    """定事定格定责定人: what kind of event, in which area, which unit leads, who answers in person."""

    type_code = models.CharField("案件类型", max_length=48, blank=True)
    main_class = models.CharField("大类", max_length=40, blank=True)
    area_path = models.CharField("区域路径", max_length=120)
    area_label = models.CharField("区域", max_length=120)
    unit = models.ForeignKey("accounts.OrgUnit", models.PROTECT, verbose_name="主办部门", related_name="+")
    responder = models.ForeignKey(
        "dispatch.Responder", models.SET_NULL, null=True, blank=True, verbose_name="责任人", related_name="+"
    )
    note = models.CharField("说明", max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)
    edited_at = models.DateTimeField("编辑时间")
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    if TYPE_CHECKING:
        unit_id: int
        responder_id: int | None

    class Meta:
        db_table = "events_responsibility_row"
        verbose_name = verbose_name_plural = "责任清单"
        constraints = [
            models.CheckConstraint(
                condition=Q(type_code="") & ~Q(main_class="") | ~Q(type_code="") & Q(main_class=""),
                name="a_responsibility_is_for_a_type_or_a_main_class",
            ),
            models.UniqueConstraint(
                fields=["type_code", "main_class", "area_path"], name="one_unit_answers_for_a_matter_in_an_area"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.type_code or self.main_class} {self.area_label}"


class SimilarityLimit(models.Model):
    """Within how many metres and hours two events of a type may be the same matter. The row without a type holds for
    all others.
    """

    type_code = models.CharField("案件类型", max_length=48, blank=True, unique=True, help_text="空：其余所有类型")
    metres = models.PositiveIntegerField("距离（米）", default=50)
    hours = models.PositiveIntegerField("时间（小时）", default=24)
    version = models.PositiveIntegerField("版本", default=1)
    set_at = models.DateTimeField("设定时间", null=True, blank=True)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="设定人"
    )

    class Meta:
        db_table = "events_similarity_limit"
        verbose_name = verbose_name_plural = "相似案件范围"
        constraints = [
            models.CheckConstraint(condition=Q(metres__range=(1, 2000)), name="similar_events_are_near"),
            models.CheckConstraint(condition=Q(hours__range=(1, 24 * 90)), name="similar_events_are_recent"),
        ]

    def __str__(self) -> str:
        return f"{self.type_code or '*'}: {self.metres} m / {self.hours} h"
