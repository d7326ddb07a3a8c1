"""Clocks, the ledger of when they ran, and the thresholds they crossed."""

from decimal import Decimal

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0002_history_is_append_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="Deadline",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("subject_kind", models.CharField(max_length=32)),
                ("subject_id", models.BigIntegerField()),
                ("district_id", models.BigIntegerField(null=True)),
                ("kind", models.CharField(max_length=32)),
                (
                    "limit_type",
                    models.CharField(
                        choices=[
                            ("urgent_hours", "urgent_hours"),
                            ("working_hours", "working_hours"),
                            ("working_days", "working_days"),
                            ("calendar_days", "calendar_days"),
                        ],
                        max_length=16,
                    ),
                ),
                ("limit_amount", models.DecimalField(decimal_places=6, max_digits=14)),
                ("calendar_key", models.CharField(blank=True, max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("running", "计时中"),
                            ("paused", "暂停"),
                            ("stopped", "已停止"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="running",
                        max_length=16,
                    ),
                ),
                ("started_at", models.DateTimeField()),
                ("running_since", models.DateTimeField(null=True)),
                ("counted_before", models.DurationField()),
                ("warn_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("stopped_at", models.DateTimeField(null=True)),
                ("overdue_seconds", models.PositiveIntegerField(default=0)),
                ("next_threshold", models.PositiveSmallIntegerField(null=True)),
                ("fire_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "core_deadline",
                "indexes": [
                    models.Index(
                        fields=["subject_kind", "subject_id"],
                        name="deadlines_of_a_subject",
                    ),
                    models.Index(
                        condition=models.Q(("state", "running")),
                        fields=["fire_at"],
                        name="deadlines_to_fire",
                    ),
                    models.Index(
                        condition=models.Q(("state", "running")),
                        fields=["subject_kind", "kind", "due_at"],
                        name="deadlines_running_by_due",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["running", "paused"])),
                        fields=("subject_kind", "subject_id", "kind"),
                        name="one_open_deadline_per_subject_and_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("limit_amount__gt", Decimal("0"))),
                        name="a_deadline_has_a_limit",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("running_since__isnull", False), ("state", "running")),
                            models.Q(
                                models.Q(("state", "running"), _negated=True),
                                ("running_since", None),
                            ),
                            _connector="OR",
                        ),
                        name="a_deadline_runs_since_a_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("warn_at__lte", models.F("due_at"))),
                        name="a_deadline_warns_before_it_is_due",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DeadlineFiring",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "threshold",
                    models.PositiveSmallIntegerField(help_text="percent of the limit"),
                ),
                ("crossed_at", models.DateTimeField()),
                ("fired_at", models.DateTimeField()),
                (
                    "deadline",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="firings",
                        to="core.deadline",
                    ),
                ),
            ],
            options={
                "db_table": "core_deadline_firing",
                "constraints": [
                    models.UniqueConstraint(fields=("deadline", "threshold"), name="a_threshold_fires_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="DeadlineInterval",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "kind",
                    models.CharField(choices=[("run", "计时"), ("pause", "暂停")], max_length=8),
                ),
                ("started_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "deadline",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="intervals",
                        to="core.deadline",
                    ),
                ),
            ],
            options={
                "db_table": "core_deadline_interval",
                "ordering": ["started_at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("deadline",),
                        name="one_open_interval_per_deadline",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at", None),
                            ("ended_at__gte", models.F("started_at")),
                            _connector="OR",
                        ),
                        name="an_interval_ends_after_it_starts",
                    ),
                ],
            },
        ),
    ]
