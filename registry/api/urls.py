from django.urls import path

from registry.api.tiles import BuildingTileView

root_urlpatterns = [
    path("tiles/buildings/<int:z>/<int:x>/<int:y>.mvt", BuildingTileView.as_view(), name="building-tiles"),
]
