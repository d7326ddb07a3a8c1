"""How far the relay has moved the outbox, kept outside Redis so that a loss there is noticed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0003_deadlines")]

    operations = [
        migrations.CreateModel(
            name="RelayPosition",
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
                ("last_id", models.CharField(default="0-0", max_length=48)),
            ],
            options={
                "db_table": "core_relay_position",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("id", 1)),
                        name="there_is_one_relay_position",
                    )
                ],
            },
        ),
    ]
