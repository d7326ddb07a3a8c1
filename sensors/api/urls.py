from django.urls import path

from sensors.api.sensors import SensorHistoryView, SensorKindsView, SensorListView, SensorStateView, SensorView
from sensors.api.sheets import (
    SensorExportView,
    SensorImportApplyView,
    SensorImportPreviewView,
    SensorTemplateView,
)
from sensors.api.tiles import SensorTileView

urlpatterns = [
    path("sensors", SensorListView.as_view(), name="sensors"),
    path("sensors/kinds", SensorKindsView.as_view(), name="sensor-kinds"),
    path("sensors/export.xlsx", SensorExportView.as_view(), name="sensors-export"),
    path("sensors/template.xlsx", SensorTemplateView.as_view(), name="sensors-template"),
    path("sensors/import/preview", SensorImportPreviewView.as_view(), name="sensors-import-preview"),
    path("sensors/import", SensorImportApplyView.as_view(), name="sensors-import"),
    path("sensors/<int:sensor_id>", SensorView.as_view(), name="sensor"),
    path("sensors/<int:sensor_id>/state", SensorStateView.as_view(), name="sensor-state"),
    path("sensors/<int:sensor_id>/history", SensorHistoryView.as_view(), name="sensor-history"),
]

root_urlpatterns = [
    path("tiles/sensors/<int:z>/<int:x>/<int:y>.mvt", SensorTileView.as_view(), name="sensor-tiles"),
]
