from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("grids", "0006_what_grids_are_measured_by"),
    ]

    operations = [
        migrations.AddField(
            model_name="boundaryimport",
            name="attempt",
            field=models.SmallIntegerField(default=0, editable=False, verbose_name="读取次数"),
        ),
        migrations.AddField(
            model_name="boundaryimport",
            name="path",
            field=models.CharField(blank=True, default="", editable=False, max_length=120, verbose_name="待读文件"),
        ),
        migrations.AddField(
            model_name="boundaryimport",
            name="problem",
            field=models.JSONField(default=dict, editable=False, verbose_name="未能读取的原因"),
        ),
        migrations.AddField(
            model_name="boundaryimport",
            name="read",
            field=models.IntegerField(default=0, editable=False, verbose_name="已读图形"),
        ),
        migrations.AddField(
            model_name="boundaryimport",
            name="total",
            field=models.IntegerField(editable=False, null=True, verbose_name="图形总数"),
        ),
        migrations.AlterField(
            model_name="boundaryimport",
            name="format",
            field=models.CharField(blank=True, max_length=12, verbose_name="格式"),
        ),
        migrations.AlterField(
            model_name="boundaryimport",
            name="layer",
            field=models.CharField(blank=True, max_length=120, verbose_name="所选图层"),
        ),
        migrations.AlterField(
            model_name="boundaryimport",
            name="state",
            field=models.CharField(
                choices=[
                    ("received", "等待读取"),
                    ("reading", "读取中"),
                    ("refused", "未能读取"),
                    ("read", "已读取"),
                    ("placed", "已定坐标"),
                    ("drafted", "已进草稿"),
                    ("dropped", "已放弃"),
                ],
                default="read",
                max_length=8,
                verbose_name="状态",
            ),
        ),
    ]
