"""Every address of the platform: the API of each app, tiles, protected media, the admin and /health."""

from django.contrib import admin
from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView

from accounts.api import urls as accounts
from analytics.api import urls as analytics
from core.api import urls as core
from dispatch.api import urls as dispatch
from events.api import public_urls as public
from events.api import urls as events
from grids.api import urls as grids
from notify.api import urls as notify
from registry.api import urls as registry
from sensors.api import urls as sensors
from video.api import urls as video
from wall.api import urls as wall

admin.site.site_header = "一网 管理后台"
admin.site.site_title = "一网"
admin.site.index_title = "配置与查阅"

API = [
    *events.urlpatterns,  # first, because most requests are theirs and addresses are tried in turn
    *core.urlpatterns,
    *accounts.urlpatterns,
    *grids.urlpatterns,
    *registry.urlpatterns,
    *notify.urlpatterns,
    *dispatch.urlpatterns,
    *public.urlpatterns,
    *sensors.urlpatterns,
    *video.urlpatterns,
    *analytics.urlpatterns,
    *wall.urlpatterns,
    path("schema", SpectacularAPIView.as_view(), name="schema"),
]

urlpatterns = [
    path("api/v1/", include(API)),
    *core.root_urlpatterns,
    *grids.root_urlpatterns,
    *registry.root_urlpatterns,
    *sensors.root_urlpatterns,
    *public.root_urlpatterns,
    *events.root_urlpatterns,
    path("admin/", admin.site.urls),
]

handler400 = "core.api.fallbacks.bad_request"
handler404 = "core.api.fallbacks.not_found"
handler500 = "core.api.fallbacks.server_error"
