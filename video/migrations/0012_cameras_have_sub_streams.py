from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("video", "0011_who_watches_cameras"),
    ]

    operations = [
        migrations.AddField(
            model_name="camera",
            name="sub_source",
            field=models.CharField(
                blank=True,
                help_text="与视频地址同一主机；小画面播放用，可空",
                max_length=500,
                verbose_name="子码流地址",
            ),
        ),
    ]
