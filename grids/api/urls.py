from django.urls import path

from grids.api import import_urls, unit_grid_urls
from grids.api.drafts import (
    DraftBorderView,
    DraftChecksView,
    DraftCodesView,
    DraftHistoryView,
    DraftListView,
    DraftMoveView,
    DraftPlanView,
    DraftStepView,
    DraftView,
)
from grids.api.map_sources import ArchiveTileView, MapSourceListView
from grids.api.norms import GridNormsHistoryView, GridNormsTrialView, GridNormsView
from grids.api.tiles import BaseTileView, PublicTileView, UnitGridTileView
from grids.api.views import (
    AreaBoundaryView,
    AreaDetailView,
    AreaGeoJsonView,
    AreaListView,
    LocateView,
    SuccessionView,
)

urlpatterns = [
    path("map-sources", MapSourceListView.as_view(), name="map-sources"),
    path("areas", AreaListView.as_view(), name="areas"),
    path("areas/geojson", AreaGeoJsonView.as_view(), name="areas-geojson"),
    path("areas/locate", LocateView.as_view(), name="areas-locate"),
    path("areas/succession", SuccessionView.as_view(), name="areas-succession"),
    path("area-drafts", DraftListView.as_view(), name="area-drafts"),
    path("area-drafts/<int:draft_id>", DraftView.as_view(), name="area-draft"),
    path("area-drafts/<int:draft_id>/plan", DraftPlanView.as_view(), name="area-draft-plan"),
    path("area-drafts/<int:draft_id>/checks", DraftChecksView.as_view(), name="area-draft-checks"),
    path("area-drafts/<int:draft_id>/border", DraftBorderView.as_view(), name="area-draft-border"),
    path("area-drafts/<int:draft_id>/codes", DraftCodesView.as_view(), name="area-draft-codes"),
    path("area-drafts/<int:draft_id>/history", DraftHistoryView.as_view(), name="area-draft-history"),
    path("area-drafts/<int:draft_id>/steps", DraftStepView.as_view(), name="area-draft-steps"),
    path("area-drafts/<int:draft_id>/moves", DraftMoveView.as_view(), name="area-draft-moves"),
    path("areas/<int:area_id>", AreaDetailView.as_view(), name="area"),
    path("areas/<int:area_id>/boundary", AreaBoundaryView.as_view(), name="area-boundary"),
    path("grid-norms", GridNormsView.as_view(), name="grid-norms"),
    path("grid-norms/trial", GridNormsTrialView.as_view(), name="grid-norms-trial"),
    path("grid-norms/history", GridNormsHistoryView.as_view(), name="grid-norms-history"),
    *import_urls.urlpatterns,
    *unit_grid_urls.urlpatterns,
]

root_urlpatterns = [
    path("tiles/base/<int:z>/<int:x>/<int:y>.mvt", BaseTileView.as_view(), name="base-tiles"),
    path("tiles/archive/<int:source_id>/<int:z>/<int:x>/<int:y>", ArchiveTileView.as_view(), name="archive-tiles"),
    path("tiles/unit-grids/<int:z>/<int:x>/<int:y>.mvt", UnitGridTileView.as_view(), name="unit-grid-tiles"),
    path("tiles/public/<int:z>/<int:x>/<int:y>.mvt", PublicTileView.as_view(), name="public-tiles"),
]
