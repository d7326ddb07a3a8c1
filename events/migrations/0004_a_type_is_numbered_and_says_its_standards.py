"""Types get their numbers and standards; until now an empty digest marked what an administrator had made."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0003_moves_beyond_the_main_path"),
    ]

    operations = [
        migrations.CreateModel(
            name="MainClass",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "category",
                    models.CharField(
                        choices=[("part", "部件"), ("event", "事件"), ("governance", "治理事项")],
                        max_length=16,
                        verbose_name="类别",
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        max_length=2,
                        validators=[
                            django.core.validators.RegexValidator("^\\d{2}$", "两位数字，如 01；本地大类从 99 往下编。")
                        ],
                        verbose_name="大类代码",
                    ),
                ),
                ("name", models.CharField(max_length=40, verbose_name="大类")),
            ],
            options={
                "verbose_name": "案件大类",
                "verbose_name_plural": "案件大类",
                "db_table": "events_main_class",
                "ordering": ["category", "code"],
            },
        ),
        migrations.AddField(
            model_name="condition",
            name="closing_standard",
            field=models.CharField(blank=True, max_length=300, verbose_name="结案标准"),
        ),
        migrations.AddField(
            model_name="eventtype",
            name="filing_standard",
            field=models.CharField(blank=True, max_length=500, verbose_name="立案标准"),
        ),
        migrations.AddField(
            model_name="eventtype",
            name="is_starting_set",
            field=models.BooleanField(
                default=False,
                help_text="随软件提供的起始目录；管理员修改后即为本地版本，重新装载不再覆盖",
                verbose_name="起始目录",
            ),
        ),
        migrations.AddField(
            model_name="eventtype",
            name="made_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="生效时间"),
        ),
        migrations.AddField(
            model_name="eventtype",
            name="made_by",
            field=models.CharField(blank=True, max_length=80, verbose_name="修改人"),
        ),
        migrations.AddField(
            model_name="eventtype",
            name="main_code",
            field=models.CharField(blank=True, max_length=2, verbose_name="大类代码"),
        ),
        migrations.AddField(
            model_name="eventtype",
            name="needs_before_photo",
            field=models.BooleanField(default=False, verbose_name="处置前须有照片"),
        ),
        migrations.AddField(
            model_name="eventtype",
            name="needs_check_photo",
            field=models.BooleanField(default=False, verbose_name="核查须有照片"),
        ),
        migrations.AddField(
            model_name="eventtype",
            name="note",
            field=models.CharField(blank=True, max_length=200, verbose_name="修改说明"),
        ),
        migrations.AddField(
            model_name="eventtype",
            name="position",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="排序"),
        ),
        migrations.AddField(
            model_name="eventtype",
            name="sub_code",
            field=models.CharField(blank=True, max_length=2, verbose_name="小类代码"),
        ),
        migrations.AddConstraint(
            model_name="eventtype",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_current", True), models.Q(("sub_code", ""), _negated=True)),
                fields=("category", "main_code", "sub_code"),
                name="a_number_belongs_to_one_current_type",
            ),
        ),
        migrations.AddConstraint(
            model_name="mainclass",
            constraint=models.UniqueConstraint(fields=("category", "code"), name="a_main_class_number_is_given_once"),
        ),
        migrations.AddConstraint(
            model_name="mainclass",
            constraint=models.UniqueConstraint(fields=("category", "name"), name="a_main_class_is_named_once"),
        ),
        migrations.AddConstraint(
            model_name="mainclass",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "^\\d{2}$")), name="a_main_class_has_two_digits"
            ),
        ),
        migrations.RunSQL(
            "UPDATE events_event_type SET is_starting_set = (digest <> '')",
            "UPDATE events_event_type SET digest = '' WHERE NOT is_starting_set",
        ),
    ]
