from django.urls import path

from registry.api.components import (
    ComponentHistoryView,
    ComponentListView,
    ComponentRelocateView,
    ComponentsDueView,
    ComponentsNearView,
    ComponentStateView,
    ComponentTypesView,
    ComponentView,
)
from registry.api.imports import (
    ImportCancelView,
    ImportFaultsView,
    ImportListView,
    ImportStartView,
    ImportView,
)
from registry.api.tiles import BuildingTileView, ComponentTileView

urlpatterns = [
    path("components", ComponentListView.as_view(), name="components"),
    path("components/types", ComponentTypesView.as_view(), name="component-types"),
    path("components/due", ComponentsDueView.as_view(), name="components-due"),
    path("components/near", ComponentsNearView.as_view(), name="components-near"),
    path("components/imports", ImportListView.as_view(), name="component-imports"),
    path("components/imports/<int:import_id>", ImportView.as_view(), name="component-import"),
    path("components/imports/<int:import_id>/start", ImportStartView.as_view(), name="component-import-start"),
    path("components/imports/<int:import_id>/cancel", ImportCancelView.as_view(), name="component-import-cancel"),
    path("components/imports/<int:import_id>/faults", ImportFaultsView.as_view(), name="component-import-faults"),
    path("components/<int:component_id>", ComponentView.as_view(), name="component"),
    path("components/<int:component_id>/relocate", ComponentRelocateView.as_view(), name="component-relocate"),
    path("components/<int:component_id>/state", ComponentStateView.as_view(), name="component-state"),
    path("components/<int:component_id>/history", ComponentHistoryView.as_view(), name="component-history"),
]

root_urlpatterns = [
    path("tiles/buildings/<int:z>/<int:x>/<int:y>.mvt", BuildingTileView.as_view(), name="building-tiles"),
    path("tiles/components/<int:z>/<int:x>/<int:y>.mvt", ComponentTileView.as_view(), name="component-tiles"),
]
