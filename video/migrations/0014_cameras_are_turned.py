import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("video", "0013_models_on_trial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="camera",
            name="can_turn",
            field=models.BooleanField(db_default=False, default=False, verbose_name="有云台"),
        ),
        migrations.AddField(
            model_name="camera",
            name="control_address",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="与视频地址同一主机；转动云台用，可空",
                max_length=300,
                verbose_name="ONVIF 服务地址",
            ),
        ),
        migrations.AddField(
            model_name="cameraviewing",
            name="turned_at",
            field=models.DateTimeField(null=True, verbose_name="最近转动云台"),
        ),
        migrations.CreateModel(
            name="CameraTurning",
            fields=[
                (
                    "camera",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="turning",
                        serialize=False,
                        to="video.camera",
                    ),
                ),
                ("held_until", models.DateTimeField(verbose_name="占用到")),
                ("is_moving", models.BooleanField(default=False, verbose_name="正在转动")),
                ("moves_until", models.DateTimeField(null=True, verbose_name="转动到")),
                (
                    "holder",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="操作人",
                    ),
                ),
            ],
            options={
                "verbose_name": "云台占用",
                "verbose_name_plural": "云台占用",
                "db_table": "video_camera_turning",
            },
        ),
    ]
