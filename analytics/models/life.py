"""What the assessment counts: one row for each run of an event, one for each department's stint as lead.

Derived from history by `actions.lives`, and may be derived again at any time; nothing else writes here.
"""

from django.db import models
from django.db.models import Q


class Placed(models.Model):
    """Where the event lay when it was reported: a figure of an area is an equality."""

    event_id = models.BigIntegerField("案件")
    run = models.PositiveSmallIntegerField("第几次办理")
    area_path = models.CharField("区域路径", max_length=120)
    district_id = models.BigIntegerField("区县")
    street_id = models.BigIntegerField("街道", null=True)
    community_id = models.BigIntegerField("社区", null=True)
    grid_id = models.BigIntegerField("网格", null=True)
    type_code = models.CharField("案件类型", max_length=48)
    source = models.CharField("来源", max_length=24, default="")
    unit_id = models.BigIntegerField("主办部门", null=True)
    is_exempt = models.BooleanField("免考核", default=False)
    due_at = models.DateTimeField("处置到期", null=True)
    handled_at = models.DateTimeField("处置完成", null=True)
    handling_late = models.PositiveIntegerField("处置超时秒数", null=True)

    class Meta:
        abstract = True


class EventLife(Placed):
    """A run. Lateness is in seconds past the due time, empty where the step was not judged."""

    has_citizen = models.BooleanField("有市民上报人")
    reported_at = models.DateTimeField("上报")
    reported_by_id = models.BigIntegerField("上报人", null=True)
    accepted_at = models.DateTimeField("受理", null=True)
    accepted_by_id = models.BigIntegerField("受理人", null=True)
    accept_late = models.PositiveIntegerField("受理超时秒数", null=True)
    verify_asked_at = models.DateTimeField("转核实", null=True)
    verified_at = models.DateTimeField("核实反馈", null=True)
    filed_at = models.DateTimeField("立案", null=True)
    dispatched_at = models.DateTimeField("派遣", null=True)
    dispatch_late = models.PositiveIntegerField("派遣超时秒数", null=True)
    verdict_at = models.DateTimeField("核查", null=True)
    verdict_by_id = models.BigIntegerField("核查人", null=True)
    check_late = models.PositiveIntegerField("核查超时秒数", null=True)
    first_check_passed = models.BooleanField("首次核查通过", null=True)
    last_check_passed = models.BooleanField("最后核查通过", null=True)
    contact_due_at = models.DateTimeField("首次联系到期", null=True)
    contacted_at = models.DateTimeField("首次联系", null=True)
    contact_late = models.PositiveIntegerField("首次联系超时秒数", null=True)
    answer_due_at = models.DateTimeField("答复到期", null=True)
    answered_at = models.DateTimeField("答复", null=True)
    answer_late = models.PositiveIntegerField("答复超时秒数", null=True)
    call_back_due_at = models.DateTimeField("回访到期", null=True)
    called_back_at = models.DateTimeField("回访", null=True)
    call_back_late = models.PositiveIntegerField("回访超时秒数", null=True)
    is_solved = models.BooleanField("回访已解决", null=True)
    is_pleased = models.BooleanField("回访满意", null=True)
    ended_at = models.DateTimeField("结束", null=True)
    closed_at = models.DateTimeField("结案", null=True)
    closed_by_id = models.BigIntegerField("结案人", null=True)
    close_late = models.PositiveIntegerField("结案超时秒数", null=True)
    ending = models.CharField("结案方式", max_length=16, blank=True)
    ended_as = models.CharField("结果", max_length=16, blank=True)
    reopened_at = models.DateTimeField("重开", null=True)
    is_suspended = models.BooleanField("挂账中", default=False)
    reworks = models.PositiveSmallIntegerField("返工次数", default=0)
    satisfaction = models.PositiveSmallIntegerField("满意度", null=True)

    class Meta:
        db_table = "analytics_event_life"
        verbose_name = verbose_name_plural = "案件办理"
        constraints = [models.UniqueConstraint(fields=["event_id", "run"], name="a_run_is_counted_once")]
        indexes = [
            models.Index(fields=["reported_at"], name="lives_by_report"),
            models.Index(fields=["closed_at"], name="lives_by_closing"),
            models.Index(fields=["due_at"], name="lives_by_due"),
            models.Index(fields=["reported_at"], condition=Q(ended_at=None), name="lives_that_run"),
        ]

    def __str__(self) -> str:
        return f"{self.event_id}/{self.run}"


class DepartmentStint(Placed):
    """A department as lead, from a dispatch to it."""

    place = models.PositiveSmallIntegerField("序号")
    unit_id = models.BigIntegerField("部门")
    dispatched_at = models.DateTimeField("派遣")
    dispatched_by_id = models.BigIntegerField("派遣人", null=True)
    dispatch_late = models.PositiveIntegerField("派遣超时秒数", null=True)
    signed_at = models.DateTimeField("签收", null=True)
    sign_late = models.PositiveIntegerField("签收超时秒数", null=True)
    verdict_at = models.DateTimeField("核查", null=True)
    first_check_passed = models.BooleanField("首次核查通过", null=True)
    last_check_passed = models.BooleanField("最后核查通过", null=True)
    returns = models.PositiveSmallIntegerField("回退次数", default=0)
    returns_refused = models.PositiveSmallIntegerField("驳回回退次数", default=0)
    is_relieved = models.BooleanField("回退成立", default=False)
    has_shirked = models.BooleanField("推诿", default=False)
    extensions = models.PositiveSmallIntegerField("延期次数", default=0)
    suspensions = models.PositiveSmallIntegerField("挂账次数", default=0)
    reworks = models.PositiveSmallIntegerField("返工次数", default=0)
    closed_at = models.DateTimeField("结案", null=True)

    class Meta:
        db_table = "analytics_department_stint"
        verbose_name = verbose_name_plural = "部门承办"
        constraints = [
            models.UniqueConstraint(fields=["event_id", "run", "place"], name="a_stint_is_counted_once"),
        ]
        indexes = [
            models.Index(fields=["dispatched_at"], name="stints_by_dispatch"),
            models.Index(fields=["handled_at"], name="stints_by_handling"),
        ]

    def __str__(self) -> str:
        return f"{self.event_id}/{self.run} {self.unit_id}"


class LivesMark(models.Model):
    """How far history has been read: every row of transactions before this number is counted, by these `rules`."""

    rules = models.PositiveSmallIntegerField(default=0)
    transaction = models.BigIntegerField(default=0)
    read_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "analytics_lives_mark"

    def __str__(self) -> str:
        return f"{self.transaction} ({self.read_at})"
