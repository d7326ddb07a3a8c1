from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("video", "0014_cameras_are_turned"),
    ]

    operations = [
        migrations.AddField(
            model_name="mask",
            name="hides",
            field=models.BooleanField(db_default=False, default=False, verbose_name="隐私遮挡"),
        ),
    ]
