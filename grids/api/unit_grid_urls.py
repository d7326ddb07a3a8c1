from django.urls import path

from grids.api.unit_grids import (
    DutyZoneListView,
    DutyZoneView,
    UnitGridAtView,
    UnitGridListView,
    UnitGridMapView,
    UnitGridRunsView,
    UnitGridRunView,
    ZoneHistoryView,
    ZonePeopleView,
)

urlpatterns = [
    path("unit-grids", UnitGridListView.as_view(), name="unit-grids"),
    path("unit-grids/geojson", UnitGridMapView.as_view(), name="unit-grids-geojson"),
    path("unit-grids/at", UnitGridAtView.as_view(), name="unit-grids-at"),
    path("unit-grids/runs", UnitGridRunsView.as_view(), name="unit-grid-runs"),
    path("unit-grids/runs/<int:run_id>", UnitGridRunView.as_view(), name="unit-grid-run"),
    path("duty-zones", DutyZoneListView.as_view(), name="duty-zones"),
    path("duty-zones/people", ZonePeopleView.as_view(), name="duty-zone-people"),
    path("duty-zones/history", ZoneHistoryView.as_view(), name="duty-zone-history"),
    path("duty-zones/<int:zone_id>", DutyZoneView.as_view(), name="duty-zone"),
]
