"""Addresses of what surrounds cameras."""

from django.urls import path

from video.api.gateways import (
    DiscoveryView,
    GatewayChannelsView,
    GatewayDevicesView,
    GatewayListView,
    GatewayView,
    OnvifStreamsView,
)
from video.api.places import CalibrationView, CameraViewsView, GroundView, NearestCamerasView
from video.api.registry import CameraViewAcceptView, GroupListView, GroupView, ReasonListView
from video.api.sheets import (
    CameraExportView,
    CameraImportApplyView,
    CameraImportPreviewView,
    CameraTemplateView,
)

urlpatterns = [
    path("cameras/reasons", ReasonListView.as_view(), name="camera-reasons"),
    path("cameras/nearest", NearestCamerasView.as_view(), name="cameras-nearest"),
    path("cameras/views.geojson", CameraViewsView.as_view(), name="camera-views"),
    path("cameras/export.xlsx", CameraExportView.as_view(), name="cameras-export"),
    path("cameras/template.xlsx", CameraTemplateView.as_view(), name="cameras-template"),
    path("cameras/import/preview", CameraImportPreviewView.as_view(), name="cameras-import-preview"),
    path("cameras/import", CameraImportApplyView.as_view(), name="cameras-import"),
    path("cameras/discovery", DiscoveryView.as_view(), name="camera-discovery"),
    path("cameras/discovery/streams", OnvifStreamsView.as_view(), name="camera-discovery-streams"),
    path("cameras/<int:camera_id>/accept-view", CameraViewAcceptView.as_view(), name="camera-accept-view"),
    path("cameras/<int:camera_id>/calibration", CalibrationView.as_view(), name="camera-calibration"),
    path("cameras/<int:camera_id>/ground", GroundView.as_view(), name="camera-ground"),
    path("camera-groups", GroupListView.as_view(), name="camera-groups"),
    path("camera-groups/<int:group_id>", GroupView.as_view(), name="camera-group"),
    path("camera-gateways", GatewayListView.as_view(), name="camera-gateways"),
    path("camera-gateways/<int:gateway_id>", GatewayView.as_view(), name="camera-gateway"),
    path("camera-gateways/<int:gateway_id>/devices", GatewayDevicesView.as_view(), name="camera-gateway-devices"),
    path("camera-gateways/<int:gateway_id>/channels", GatewayChannelsView.as_view(), name="camera-gateway-channels"),
]
