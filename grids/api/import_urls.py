from django.urls import path

from grids.api.boundary_imports import (
    ImportDraftView,
    ImportListView,
    ImportPlacingView,
    ImportPreviewView,
    ImportRepairsView,
    ImportRowsView,
    ImportRowView,
    ImportView,
)

urlpatterns = [
    path("boundary-imports", ImportListView.as_view(), name="boundary-imports"),
    path("boundary-imports/<int:import_id>", ImportView.as_view(), name="boundary-import"),
    path("boundary-imports/<int:import_id>/placing", ImportPlacingView.as_view(), name="boundary-import-placing"),
    path("boundary-imports/<int:import_id>/preview", ImportPreviewView.as_view(), name="boundary-import-preview"),
    path("boundary-imports/<int:import_id>/rows", ImportRowsView.as_view(), name="boundary-import-rows"),
    path("boundary-imports/<int:import_id>/rows/<int:number>", ImportRowView.as_view(), name="boundary-import-row"),
    path("boundary-imports/<int:import_id>/repairs", ImportRepairsView.as_view(), name="boundary-import-repairs"),
    path("boundary-imports/<int:import_id>/draft", ImportDraftView.as_view(), name="boundary-import-draft"),
]
