from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0020_limits_say_who_set_them"),
    ]

    operations = [
        migrations.AlterField(
            model_name="exportjob",
            name="kind",
            field=models.CharField(
                choices=[("events", "案件"), ("orders", "工单"), ("alerts", "告警")], max_length=8, verbose_name="内容"
            ),
        ),
    ]
