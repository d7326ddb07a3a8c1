from django.urls import path

from grids.api import import_urls
from grids.api.tiles import BaseTileView, PublicTileView
from grids.api.views import AreaBoundaryView, AreaDetailView, AreaGeoJsonView, AreaListView, LocateView

urlpatterns = [
    path("areas", AreaListView.as_view(), name="areas"),
    path("areas/geojson", AreaGeoJsonView.as_view(), name="areas-geojson"),
    path("areas/locate", LocateView.as_view(), name="areas-locate"),
    path("areas/<int:area_id>", AreaDetailView.as_view(), name="area"),
    path("areas/<int:area_id>/boundary", AreaBoundaryView.as_view(), name="area-boundary"),
    *import_urls.urlpatterns,
]

root_urlpatterns = [
    path("tiles/base/<int:z>/<int:x>/<int:y>.mvt", BaseTileView.as_view(), name="base-tiles"),
    path("tiles/public/<int:z>/<int:x>/<int:y>.mvt", PublicTileView.as_view(), name="public-tiles"),
]
