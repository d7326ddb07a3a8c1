from django.urls import path

from wall.api.footing import FootingAskView, FootingConfirmView, FootingRefuseView, FootingTickView, FootingView
from wall.api.public import PairingView, ScreenSessionView
from wall.api.scenes import SceneCheckView, SceneListView, SceneVersionsView, SceneView
from wall.api.screen import (
    WallBehindView,
    WallMusterView,
    WallNearView,
    WallOverviewView,
    WallSeenView,
    WallStateView,
    WallStillView,
)
from wall.api.walls import WallCommandView, WallListView, WallPairView, WallRevokeView, WallView

urlpatterns = [
    path("wall/state", WallStateView.as_view(), name="wall_state"),
    path("wall/seen", WallSeenView.as_view(), name="wall_seen"),
    path("wall/near", WallNearView.as_view(), name="wall_near"),
    path("wall/muster", WallMusterView.as_view(), name="wall_muster"),
    path("wall/behind", WallBehindView.as_view(), name="wall_behind"),
    path("wall/overview", WallOverviewView.as_view(), name="wall_overview"),
    path("wall/stills/<int:alert_id>", WallStillView.as_view(), name="wall_still"),
    path("walls", WallListView.as_view(), name="walls"),
    path("walls/pair", WallPairView.as_view(), name="walls_pair"),
    path("walls/<int:wall_id>", WallView.as_view(), name="walls_wall"),
    path("walls/<int:wall_id>/revoke", WallRevokeView.as_view(), name="walls_revoke"),
    path("walls/<int:wall_id>/command", WallCommandView.as_view(), name="walls_command"),
    path("scenes", SceneListView.as_view(), name="scenes"),
    path("scenes/check", SceneCheckView.as_view(), name="scenes_check"),
    path("scenes/<slug:code>", SceneView.as_view(), name="scene"),
    path("scenes/<slug:code>/versions", SceneVersionsView.as_view(), name="scene_versions"),
    path("footing", FootingView.as_view(), name="footing"),
    path("footing/ask", FootingAskView.as_view(), name="footing_ask"),
    path("footing/confirm", FootingConfirmView.as_view(), name="footing_confirm"),
    path("footing/refuse", FootingRefuseView.as_view(), name="footing_refuse"),
    path("footing/tick", FootingTickView.as_view(), name="footing_tick"),
    path("public/walls/pairings", PairingView.as_view(), name="public_walls_code"),
    path("public/walls/session", ScreenSessionView.as_view(), name="public_walls_session"),
]
