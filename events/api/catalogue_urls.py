from django.urls import path

from events.api.catalogue import (
    CatalogueExportView,
    CatalogueRestoreView,
    CatalogueRetireView,
    CatalogueTypeView,
    CatalogueView,
    ImportApplyView,
    ImportPreviewView,
)
from events.api.main_classes import MainClassListView, MainClassRestoreView, MainClassRetireView, MainClassView

catalogue_patterns = [
    path("catalogue/types", CatalogueView.as_view(), name="catalogue"),
    path("catalogue/types/<str:code>", CatalogueTypeView.as_view(), name="catalogue-type"),
    path("catalogue/types/<str:code>/retire", CatalogueRetireView.as_view(), name="catalogue-retire"),
    path("catalogue/types/<str:code>/restore", CatalogueRestoreView.as_view(), name="catalogue-restore"),
    path("catalogue/main-classes", MainClassListView.as_view(), name="main-classes"),
    path("catalogue/main-classes/<str:category>/<str:code>", MainClassView.as_view(), name="main-class"),
    path(
        "catalogue/main-classes/<str:category>/<str:code>/retire",
        MainClassRetireView.as_view(),
        name="main-class-retire",
    ),
    path(
        "catalogue/main-classes/<str:category>/<str:code>/restore",
        MainClassRestoreView.as_view(),
        name="main-class-restore",
    ),
    path("catalogue/export.xlsx", CatalogueExportView.as_view(), name="catalogue-export"),
    path("catalogue/import/preview", ImportPreviewView.as_view(), name="catalogue-import-preview"),
    path("catalogue/import/apply", ImportApplyView.as_view(), name="catalogue-import-apply"),
]
