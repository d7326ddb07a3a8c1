"""Standard texts: what departments and seats write again and again, with places for the facts of the case."""

from django.db import models

MOVES = [
    ("finish", "处置反馈"),
    ("close", "结案答复"),
    ("reply", "回复催督办"),
    ("return", "回退"),
    ("reject", "不予受理"),
]


class ReplyTemplate(models.Model):
    """A text to begin from. It fits a move, and where `type_code` is given only cases of that type.

    `{编号}`, `{事项}`, `{地点}`, `{部门}`, `{类型}`, `{日期}` and `{时间}` are filled in by the page when it is taken
    up: the person reads and changes the text before it is sent.
    """

    move = models.CharField("用于", max_length=32, choices=MOVES)
    type_code = models.CharField("案件类型", max_length=48, blank=True, help_text="留空用于所有类型")
    name = models.CharField("名称", max_length=40)
    text = models.TextField("内容", max_length=2000)
    rank = models.PositiveSmallIntegerField("排序", default=100)
    is_active = models.BooleanField("启用", default=True)

    class Meta:
        db_table = "events_reply_template"
        verbose_name = verbose_name_plural = "答复模板"
        ordering = ["move", "rank", "id"]
        constraints = [
            models.UniqueConstraint(fields=["move", "type_code", "name"], name="a_standard_text_has_a_name_of_its_own"),
            models.CheckConstraint(condition=~models.Q(text=""), name="a_standard_text_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.get_move_display()} {self.name}"
