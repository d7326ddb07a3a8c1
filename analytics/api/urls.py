from django.urls import path

from analytics.api.views import WallSnapshotView

urlpatterns = [path("wall/snapshot", WallSnapshotView.as_view(), name="wall_snapshot")]
