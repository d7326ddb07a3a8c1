"""What kinds of events there are, when a case is opened for one, and within which limits it is settled.

Types and scenarios are versioned: an event keeps the version it was born with, a change makes a new one.
"""

from typing import Self

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from core.deadlines.arithmetic import Limit, LimitType
from events.rules.limits import NUMBER_UNITS, Unit

LIMIT_TYPE_NAMES = {
    LimitType.URGENT_HOURS: "紧急工作时",
    LimitType.WORKING_HOURS: "工作时",
    LimitType.WORKING_DAYS: "工作日",
    LimitType.CALENDAR_DAYS: "自然日",
}
TWO_DIGITS = RegexValidator(r"^\d{2}$", "两位数字，如 01；本地大类从 99 往下编。")
LIMIT_TYPES = [(limit_type.value, name) for limit_type, name in LIMIT_TYPE_NAMES.items()]
NUMBER_UNIT_NAMES = [(unit.value, name) for unit, name in zip(Unit, ("次", "个", "%", "分"), strict=True)]


class Level(models.IntegerChoices):
    """How pressing; the colour on every screen follows it."""

    CRITICAL = 1, "特急"
    URGENT = 2, "紧急"
    IMPORTANT = 3, "重要"
    ORDINARY = 4, "一般"


class Category(models.TextChoices):
    PART = "part", "部件"
    EVENT = "event", "事件"
    GOVERNANCE = "governance", "治理事项"


class ReportGroup(models.TextChoices):
    ENFORCEMENT = "enforcement", "行政执法"
    SERVICE = "service", "民生求助"
    DISPUTE = "dispute", "矛盾纠纷"


class CheckMode(models.TextChoices):
    ON_SITE = "on_site", "现场核查"
    VIDEO = "video", "视频核查"
    CALL_BACK = "call_back", "电话回访"


class Scenario(models.Model):
    """A procedure for one kind of problem; `definition` is the validated pack as it was loaded."""

    code = models.CharField("代码", max_length=48)
    version = models.PositiveIntegerField("版本", default=1)
    is_current = models.BooleanField("当前版本", default=True)
    number = models.PositiveSmallIntegerField("编号")
    name = models.CharField("名称", max_length=80)
    definition = models.JSONField("内容")
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "场景"
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="a_scenario_version_is_written_once"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(is_current=True), name="one_current_version_per_scenario"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} v{self.version}"


class MainClassQuerySet(models.QuerySet["MainClass"]):
    def current(self) -> Self:
        return self.filter(is_current=True)


class MainClass(models.Model):
    """A main class 大类 of a category, with its two digits; local ones are numbered downwards from 99.

    Versioned as its types are: a new name is a new version, and types of the class get one with it. A version without a
    successor that is no longer current is retired.
    """

    category = models.CharField("类别", max_length=16, choices=Category)
    code = models.CharField("大类代码", max_length=2, validators=[TWO_DIGITS])
    name = models.CharField("大类", max_length=40)
    version = models.PositiveIntegerField("版本", default=1)
    is_current = models.BooleanField("当前版本", default=True)
    made_at = models.DateTimeField("生效时间", null=True, blank=True)
    made_by = models.CharField("修改人", max_length=80, blank=True)
    note = models.CharField("修改说明", max_length=200, blank=True)

    objects = MainClassQuerySet.as_manager()

    class Meta:
        db_table = "events_main_class"
        verbose_name = verbose_name_plural = "案件大类"
        ordering = ["category", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["category", "code", "version"], name="a_main_class_version_is_written_once"
            ),
            models.UniqueConstraint(
                fields=["category", "code"],
                condition=Q(is_current=True),
                name="a_main_class_number_is_given_once",
            ),
            models.UniqueConstraint(
                fields=["category", "name"], condition=Q(is_current=True), name="a_main_class_is_named_once"
            ),
            models.CheckConstraint(condition=Q(code__regex=r"^\d{2}$"), name="a_main_class_has_two_digits"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class EventTypeQuerySet(models.QuerySet["EventType"]):
    def current(self) -> Self:
        return self.filter(is_current=True)


class EventType(models.Model):
    """A sub class 小类 with what its procedure asks for.

    A version without a successor that is no longer current is retired: nobody can choose it for a new event, and events
    that were born with it go on to their end by it.
    """

    code = models.CharField("代码", max_length=48)
    version = models.PositiveIntegerField("版本", default=1)
    is_current = models.BooleanField("当前版本", default=True)
    name = models.CharField("名称", max_length=60)
    category = models.CharField("类别", max_length=16, choices=Category)
    main_class = models.CharField("大类", max_length=40)
    main_code = models.CharField("大类代码", max_length=2, blank=True)
    sub_code = models.CharField("小类代码", max_length=2, blank=True)
    position = models.PositiveSmallIntegerField("排序", default=0)
    filing_standard = models.CharField("立案标准", max_length=500, blank=True)
    report_group = models.CharField("报表分组", max_length=16, choices=ReportGroup)
    default_level = models.PositiveSmallIntegerField("默认级别", choices=Level, default=Level.ORDINARY)
    default_unit_code = models.CharField("默认主办部门", max_length=32)
    scenario_code = models.CharField("场景", max_length=48, blank=True)
    check_mode = models.CharField("核查方式", max_length=16, choices=CheckMode, default=CheckMode.ON_SITE)
    needs_before_photo = models.BooleanField("处置前须有照片", default=False)
    needs_after_photo = models.BooleanField("处置后须有照片", default=True)
    needs_check_photo = models.BooleanField("核查须有照片", default=False)
    verification_advised = models.BooleanField("建议先核实", default=False)
    allows_self_handling = models.BooleanField("可自行处置", default=False)
    is_starting_set = models.BooleanField(
        "起始目录", default=False, help_text="随软件提供的起始目录；管理员修改后即为本地版本，重新装载不再覆盖"
    )
    made_at = models.DateTimeField("生效时间", null=True, blank=True)
    made_by = models.CharField("修改人", max_length=80, blank=True)
    note = models.CharField("修改说明", max_length=200, blank=True)
    digest = models.CharField(max_length=64)

    objects = EventTypeQuerySet.as_manager()

    class Meta:
        db_table = "events_event_type"
        verbose_name = verbose_name_plural = "案件类型"
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="a_type_version_is_written_once"),
            models.UniqueConstraint(fields=["code"], condition=Q(is_current=True), name="one_current_version_per_type"),
            models.UniqueConstraint(
                fields=["category", "main_code", "sub_code"],
                condition=Q(is_current=True) & ~Q(sub_code=""),
                name="a_number_belongs_to_one_current_type",
            ),
            models.CheckConstraint(condition=Q(default_level__range=(1, 4)), name="a_type_has_a_level_of_four"),
        ]

    @property
    def number(self) -> str:
        """Main and sub class in four digits, as `0501`; empty where the type has none."""
        return f"{self.main_code}{self.sub_code}" if self.sub_code else ""

    def __str__(self) -> str:
        return f"{self.name}（{self.code} v{self.version}）"


class Condition(models.Model):
    """立案条件: when a case of the type is opened, and the handling limit that then applies."""

    type = models.ForeignKey(EventType, models.CASCADE, related_name="conditions", verbose_name="案件类型")
    code = models.CharField("代码", max_length=48)
    text = models.CharField("立案条件", max_length=200)
    closing_standard = models.CharField("结案标准", max_length=300, blank=True)
    limit_type = models.CharField("时限类型", max_length=16, choices=LIMIT_TYPES)
    limit_amount = models.DecimalField("时限", max_digits=14, decimal_places=6)
    position = models.PositiveSmallIntegerField("顺序", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "立案条件"
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["type", "code"], name="a_condition_is_named_once_per_type"),
            models.CheckConstraint(condition=Q(limit_amount__gt=0), name="a_condition_has_a_limit"),
        ]

    @property
    def limit(self) -> Limit:
        return Limit(LimitType(self.limit_type), self.limit_amount)

    def __str__(self) -> str:
        return self.text


class ClockLimit(models.Model):
    """A limit that is the same for every type, as an administrator has set it: the time of a step (accept, verify,
    sign …) or of a window, or a number (`limit_type` is then one of `NUMBER_UNITS`). `rules.limits` has them all.
    """

    kind = models.CharField("环节", max_length=32, unique=True)
    limit_type = models.CharField("时限类型", max_length=16, choices=LIMIT_TYPES + NUMBER_UNIT_NAMES)
    limit_amount = models.DecimalField("时限", max_digits=14, decimal_places=6)
    version = models.PositiveIntegerField("版本", default=1)
    set_at = models.DateTimeField("设定时间", null=True, blank=True)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="设定人"
    )

    class Meta:
        db_table = "events_clock_limit"
        verbose_name = verbose_name_plural = "环节时限"
        constraints = [
            models.CheckConstraint(
                condition=Q(limit_amount__gt=0) | Q(limit_type="points", limit_amount=0), name="a_step_has_a_limit"
            )
        ]

    @property
    def is_time(self) -> bool:
        return self.limit_type not in NUMBER_UNITS

    @property
    def limit(self) -> Limit:
        return Limit(LimitType(self.limit_type), self.limit_amount)

    def __str__(self) -> str:
        return f"{self.kind} {self.limit_amount} {self.limit_type}"
