"""Every address of the platform: the API of each app, tiles, protected media, the admin and /health."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from drf_spectacular.views import SpectacularAPIView

Pattern = URLPattern | URLResolver


def _app_patterns(attribute: str) -> list[Pattern]:
    """`attribute` (urlpatterns, root_urlpatterns) of every installed app's api/urls.py."""
    found: list[Pattern] = []
    for config in apps.get_app_configs():
        name = f"{config.name}.api.urls"
        if "." not in config.name and find_spec(f"{config.name}.api") and find_spec(name):
            found += getattr(import_module(name), attribute, [])
    return found


urlpatterns: list[Pattern] = [
    path(
        "api/v1/", include([*_app_patterns("urlpatterns"), path("schema", SpectacularAPIView.as_view(), name="schema")])
    ),
    path("", include(_app_patterns("root_urlpatterns"))),
    path("admin/", admin.site.urls),
]
