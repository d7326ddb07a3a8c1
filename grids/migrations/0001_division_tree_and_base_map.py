import django.contrib.gis.db.models.fields
import django.contrib.gis.db.models.functions
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        BtreeGistExtension(),
        migrations.CreateModel(
            name="MapDataset",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=24, unique=True, verbose_name="数据集")),
                ("stamp", models.CharField(max_length=16, verbose_name="版本标记")),
                ("source", models.CharField(blank=True, max_length=80, verbose_name="来源")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="更新时间")),
            ],
            options={
                "verbose_name": "地图数据集",
                "verbose_name_plural": "地图数据集",
                "db_table": "grids_map_dataset",
            },
        ),
        migrations.CreateModel(
            name="Area",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=24, unique=True, verbose_name="代码")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("city", "市"),
                            ("district", "区县"),
                            ("street", "街道"),
                            ("community", "社区"),
                            ("grid", "网格"),
                            ("micro_grid", "微网格"),
                        ],
                        max_length=12,
                        verbose_name="层级",
                    ),
                ),
                ("name", models.CharField(max_length=40, verbose_name="名称")),
                ("label", models.CharField(max_length=16, verbose_name="路径标签")),
                ("path", models.CharField(max_length=120, unique=True, verbose_name="路径")),
                ("households", models.PositiveIntegerField(default=0, verbose_name="户数")),
                ("label_point", django.contrib.gis.db.models.fields.PointField(srid=4326, verbose_name="标注位置")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="版本")),
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
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="grids.area",
                        verbose_name="上级区域",
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
                "verbose_name": "区域",
                "verbose_name_plural": "区域",
                "ordering": ("code",),
            },
        ),
        migrations.CreateModel(
            name="AreaBoundary",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(verbose_name="版本")),
                ("geometry", django.contrib.gis.db.models.fields.MultiPolygonField(srid=4326, verbose_name="范围")),
                (
                    "geometry_3857",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.contrib.gis.db.models.functions.Transform("geometry", 3857),
                        output_field=django.contrib.gis.db.models.fields.MultiPolygonField(
                            spatial_index=False, srid=3857
                        ),
                    ),
                ),
                ("validity", django.contrib.postgres.fields.ranges.DateTimeRangeField(verbose_name="有效期")),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="boundaries",
                        to="grids.area",
                        verbose_name="区域",
                    ),
                ),
            ],
            options={
                "verbose_name": "区域范围",
                "verbose_name_plural": "区域范围",
                "db_table": "grids_area_boundary",
            },
        ),
        migrations.CreateModel(
            name="MapFeature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("water", "水系"), ("road", "道路"), ("green", "绿地")],
                        max_length=8,
                        verbose_name="类别",
                    ),
                ),
                ("feature_class", models.CharField(max_length=16, verbose_name="等级")),
                ("name", models.CharField(blank=True, max_length=40, verbose_name="名称")),
                ("min_zoom", models.PositiveSmallIntegerField(default=10, verbose_name="起始级别")),
                ("geometry", django.contrib.gis.db.models.fields.GeometryField(srid=4326, verbose_name="形状")),
                (
                    "geometry_3857",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.contrib.gis.db.models.functions.Transform("geometry", 3857),
                        output_field=django.contrib.gis.db.models.fields.GeometryField(spatial_index=False, srid=3857),
                    ),
                ),
            ],
            options={
                "verbose_name": "底图要素",
                "verbose_name_plural": "底图要素",
                "db_table": "grids_map_feature",
                "indexes": [
                    django.contrib.postgres.indexes.GistIndex(fields=["geometry_3857"], name="map_feature_for_tiles")
                ],
            },
        ),
        migrations.CreateModel(
            name="MapView",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("center_name", models.CharField(max_length=40, verbose_name="中心名称")),
                ("center", django.contrib.gis.db.models.fields.PointField(srid=4326, verbose_name="中心")),
                ("zoom", models.FloatField(default=12.0, verbose_name="级别")),
                ("pitch", models.FloatField(default=0.0, verbose_name="倾角")),
                ("bearing", models.FloatField(default=0.0, verbose_name="方位角")),
                (
                    "area",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="map_view",
                        to="grids.area",
                        verbose_name="区域",
                    ),
                ),
            ],
            options={
                "verbose_name": "初始视图",
                "verbose_name_plural": "初始视图",
                "db_table": "grids_map_view",
            },
        ),
        migrations.AddIndex(
            model_name="area",
            index=models.Index(fields=["level", "code"], name="area_by_level_and_code"),
        ),
        migrations.AddConstraint(
            model_name="area",
            constraint=models.UniqueConstraint(
                fields=("parent", "label"), name="an_area_has_one_label_under_its_parent", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="area",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("level", "city"), ("parent__isnull", True)),
                    models.Q(("level", "city"), _negated=True),
                    _connector="OR",
                ),
                name="a_city_has_no_parent",
            ),
        ),
        migrations.AddIndex(
            model_name="areaboundary",
            index=django.contrib.postgres.indexes.GistIndex(fields=["geometry_3857"], name="boundary_for_tiles"),
        ),
        migrations.AddIndex(
            model_name="areaboundary",
            index=models.Index(
                condition=models.Q(("validity__endswith", None)), fields=["area"], name="present_boundary_of_area"
            ),
        ),
        migrations.AddConstraint(
            model_name="areaboundary",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[("area", "="), ("validity", "&&")], name="an_area_has_one_outline_at_a_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="areaboundary",
            constraint=models.UniqueConstraint(fields=("area", "version"), name="boundary_versions_are_numbered_once"),
        ),
        migrations.AddConstraint(
            model_name="areaboundary",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Func(models.F("geometry"), function="ST_IsValid", output_field=models.BooleanField())
                ),
                name="an_outline_does_not_cross_itself",
            ),
        ),
    ]
