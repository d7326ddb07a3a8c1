import django.contrib.gis.db.models.fields
import django.db.models.deletion
from django.db import migrations, models

import core.checks


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0006_walls_have_a_post"),
    ]

    operations = [
        migrations.CreateModel(
            name="Sensor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40, verbose_name="编码")),
                ("name", models.CharField(max_length=80, verbose_name="名称")),
                ("version", models.IntegerField(default=1, editable=False, verbose_name="版本")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("water_level", "水位"),
                            ("rainfall", "雨量"),
                            ("ponding", "积水"),
                            ("flow", "流量"),
                            ("pipe_pressure", "管网压力"),
                            ("water_ph", "水质 pH"),
                            ("water_oxygen", "水质溶解氧"),
                            ("turbidity", "水质浊度"),
                            ("pm25", "PM2.5"),
                            ("pm10", "PM10"),
                            ("tsp", "扬尘 TSP"),
                            ("noise", "噪声"),
                            ("temperature", "气温"),
                            ("humidity", "相对湿度"),
                            ("wind_speed", "风速"),
                            ("gas", "可燃气体"),
                            ("smoke", "烟感"),
                            ("hydrant_pressure", "消防水压"),
                            ("leakage_current", "电气火灾剩余电流"),
                            ("manhole_cover", "井盖"),
                            ("bin_fill", "垃圾满溢"),
                            ("parking", "停车占用"),
                            ("street_lamp", "路灯"),
                            ("bridge_strain", "桥梁应变"),
                            ("tilt", "倾角"),
                            ("crack", "裂缝宽度"),
                        ],
                        max_length=24,
                        verbose_name="类型",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("in_use", "在用"), ("switched_off", "停用"), ("removed", "拆除")],
                        default="in_use",
                        max_length=12,
                        verbose_name="状态",
                    ),
                ),
                ("area_path", models.CharField(editable=False, max_length=120, verbose_name="区域路径")),
                ("district_id", models.BigIntegerField(editable=False, null=True, verbose_name="区县")),
                ("street_id", models.BigIntegerField(editable=False, null=True, verbose_name="街道")),
                ("community_id", models.BigIntegerField(editable=False, null=True, verbose_name="社区")),
                ("grid_id", models.BigIntegerField(editable=False, null=True, verbose_name="网格")),
                ("point", django.contrib.gis.db.models.fields.PointField(srid=4326, verbose_name="位置")),
                ("address", models.CharField(blank=True, max_length=120, verbose_name="地址")),
                ("maker", models.CharField(blank=True, max_length=60, verbose_name="厂商")),
                ("model_name", models.CharField(blank=True, max_length=60, verbose_name="型号")),
                ("installed_on", models.DateField(blank=True, null=True, verbose_name="安装日期")),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.orgunit",
                        verbose_name="主管单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "传感器",
                "verbose_name_plural": "传感器",
                "ordering": ("code",),
                "indexes": [
                    models.Index(fields=["district_id", "code"], name="sensors_of_a_district"),
                    models.Index(fields=["street_id", "code"], name="sensors_of_a_street"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("code",), name="a_sensor_code_is_given_once"),
                    models.CheckConstraint(
                        condition=core.checks.OneOf(
                            "kind",
                            [
                                "water_level",
                                "rainfall",
                                "ponding",
                                "flow",
                                "pipe_pressure",
                                "water_ph",
                                "water_oxygen",
                                "turbidity",
                                "pm25",
                                "pm10",
                                "tsp",
                                "noise",
                                "temperature",
                                "humidity",
                                "wind_speed",
                                "gas",
                                "smoke",
                                "hydrant_pressure",
                                "leakage_current",
                                "manhole_cover",
                                "bin_fill",
                                "parking",
                                "street_lamp",
                                "bridge_strain",
                                "tilt",
                                "crack",
                            ],
                        ),
                        name="a_sensor_is_of_a_known_kind",
                    ),
                    models.CheckConstraint(
                        condition=core.checks.OneOf("state", ["in_use", "switched_off", "removed"]),
                        name="a_sensor_is_in_a_known_state",
                    ),
                ],
            },
        ),
    ]
