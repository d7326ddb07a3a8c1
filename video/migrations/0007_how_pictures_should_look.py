import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("video", "0006_replays_and_zones_on_trial"),
    ]

    operations = [
        migrations.CreateModel(
            name="CameraReference",
            fields=[
                (
                    "camera",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="reference",
                        serialize=False,
                        to="video.camera",
                    ),
                ),
                ("packed", models.BinaryField(verbose_name="轮廓")),
                ("taken_at", models.DateTimeField(verbose_name="更新时间")),
            ],
            options={
                "verbose_name": "参考画面",
                "verbose_name_plural": "参考画面",
            },
        ),
    ]
