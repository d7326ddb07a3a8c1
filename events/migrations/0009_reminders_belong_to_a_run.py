from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0008_reminders_wait_and_steps_are_data"),
    ]

    operations = [
        migrations.AddField(
            model_name="reminder",
            name="run",
            field=models.PositiveSmallIntegerField(default=1, verbose_name="第几次办理"),
        ),
    ]
