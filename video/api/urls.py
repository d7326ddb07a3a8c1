from django.urls import path

from video.api.cameras import AlgorithmListView, CameraListView, CameraStillView, CameraView
from video.api.zones import CameraZonesView, ZoneView

urlpatterns = [
    path("cameras", CameraListView.as_view(), name="cameras"),
    path("cameras/<int:camera_id>", CameraView.as_view(), name="camera"),
    path("cameras/<int:camera_id>/still.jpg", CameraStillView.as_view(), name="camera-still"),
    path("cameras/<int:camera_id>/zones", CameraZonesView.as_view(), name="camera-zones"),
    path("zones/<int:zone_id>", ZoneView.as_view(), name="zone"),
    path("algorithms", AlgorithmListView.as_view(), name="algorithms"),
]
