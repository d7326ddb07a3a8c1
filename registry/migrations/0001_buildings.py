import django.contrib.gis.db.models.fields
import django.contrib.gis.db.models.functions
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("grids", "0001_division_tree_and_base_map"),
    ]

    operations = [
        migrations.CreateModel(
            name="Building",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60, verbose_name="名称")),
                ("address", models.CharField(blank=True, max_length=120, verbose_name="地址")),
                ("height_m", models.FloatField(verbose_name="高度（米）")),
                ("levels", models.PositiveSmallIntegerField(verbose_name="层数")),
                ("households", models.PositiveIntegerField(default=0, verbose_name="户数")),
                ("area_path", models.CharField(db_index=True, editable=False, max_length=120, verbose_name="区域路径")),
                ("footprint", django.contrib.gis.db.models.fields.PolygonField(srid=4326, verbose_name="轮廓")),
                (
                    "footprint_3857",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.contrib.gis.db.models.functions.Transform("footprint", 3857),
                        output_field=django.contrib.gis.db.models.fields.PolygonField(spatial_index=False, srid=3857),
                    ),
                ),
                (
                    "community",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="grids.area",
                    ),
                ),
                (
                    "district",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="grids.area",
                    ),
                ),
                (
                    "grid",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="grids.area",
                    ),
                ),
                (
                    "street",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="grids.area",
                    ),
                ),
            ],
            options={
                "verbose_name": "楼栋",
                "verbose_name_plural": "楼栋",
                "indexes": [
                    django.contrib.postgres.indexes.GistIndex(fields=["footprint_3857"], name="building_for_tiles")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("height_m__gt", 0), ("height_m__lt", 1000)), name="a_building_has_a_height"
                    )
                ],
            },
        ),
    ]
