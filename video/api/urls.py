from django.urls import path

from video.api.algorithms import AlgorithmListView, AlgorithmView
from video.api.cameras import CameraListView, CameraStillView, CameraView
from video.api.load import VideoLoadView, VideoMetricsView
from video.api.model_shadows import ModelShadowListView, ModelShadowStopView, ModelShadowView
from video.api.models import (
    ModelFileView,
    ModelListView,
    ModelPictureView,
    ModelSwitchView,
    ModelTrialView,
    ModelUseView,
    ModelView,
    PlateTypesView,
    PlateView,
)
from video.api.precision import PrecisionAlertsView, PrecisionView
from video.api.presets import PresetListView, PresetView
from video.api.previews import CameraPreviewView
from video.api.registry_urls import urlpatterns as registry
from video.api.replays import (
    CameraReplaysView,
    CameraTrialsView,
    ReplayCancelView,
    ReplayView,
    SwitchOnView,
    TrialListView,
    TrialStillView,
    TrialView,
)
from video.api.review import HoldsView, JudgementsView, ReviewView
from video.api.turning import HeadGoToView, HeadMoveView, HeadPresetsView, HeadStopView
from video.api.viewings import (
    CameraTreeView,
    CameraViewingsView,
    TileCameraListView,
    ViewingKeepView,
    ViewingListView,
    ViewingView,
)
from video.api.zones import CameraMasksView, CameraZonesView, MaskView, ZoneView

urlpatterns = [
    *registry,
    path("cameras", CameraListView.as_view(), name="cameras"),
    path("cameras/<int:camera_id>", CameraView.as_view(), name="camera"),
    path("cameras/<int:camera_id>/preview", CameraPreviewView.as_view(), name="camera-preview"),
    path("cameras/<int:camera_id>/still.jpg", CameraStillView.as_view(), name="camera-still"),
    path("cameras/<int:camera_id>/turn", HeadMoveView.as_view(), name="camera-turn"),
    path("cameras/<int:camera_id>/turn/stop", HeadStopView.as_view(), name="camera-turn-stop"),
    path("cameras/<int:camera_id>/head-presets", HeadPresetsView.as_view(), name="camera-head-presets"),
    path("cameras/<int:camera_id>/head-presets/go", HeadGoToView.as_view(), name="camera-head-go-to"),
    path("cameras/<int:camera_id>/viewings", CameraViewingsView.as_view(), name="camera-viewings"),
    path("cameras/<int:camera_id>/zones", CameraZonesView.as_view(), name="camera-zones"),
    path("cameras/<int:camera_id>/masks", CameraMasksView.as_view(), name="camera-masks"),
    path("masks/<int:mask_id>", MaskView.as_view(), name="mask"),
    path("zones/<int:zone_id>", ZoneView.as_view(), name="zone"),
    path("algorithms", AlgorithmListView.as_view(), name="algorithms"),
    path("algorithms/<slug:code>", AlgorithmView.as_view(), name="algorithm"),
    path("models", ModelListView.as_view(), name="models"),
    path("models/<int:model_id>", ModelView.as_view(), name="model"),
    path("models/<int:model_id>/file", ModelFileView.as_view(), name="model-file"),
    path("models/<int:model_id>/trial", ModelTrialView.as_view(), name="model-trial"),
    path("models/<int:model_id>/switch", ModelSwitchView.as_view(), name="model-switch"),
    path("models/<int:model_id>/pictures/<int:number>.jpg", ModelPictureView.as_view(), name="model-picture"),
    path("model-uses", ModelUseView.as_view(), name="model-uses"),
    path("model-shadows", ModelShadowListView.as_view(), name="model-shadows"),
    path("model-shadows/<int:shadow_id>", ModelShadowView.as_view(), name="model-shadow"),
    path("model-shadows/<int:shadow_id>/stop", ModelShadowStopView.as_view(), name="model-shadow-stop"),
    path("plates/types", PlateTypesView.as_view(), name="plate-types"),
    path("alerts/<int:alert_id>/plate", PlateView.as_view(), name="alert-plate"),
    path("review", ReviewView.as_view(), name="review"),
    path("review/judgements", JudgementsView.as_view(), name="review-judgements"),
    path("review/holds", HoldsView.as_view(), name="review-holds"),
    path("cameras/<int:camera_id>/replays", CameraReplaysView.as_view(), name="camera-replays"),
    path("cameras/<int:camera_id>/trials", CameraTrialsView.as_view(), name="camera-trials"),
    path("replays/<int:replay_id>", ReplayView.as_view(), name="replay"),
    path("replays/<int:replay_id>/cancel", ReplayCancelView.as_view(), name="replay-cancel"),
    path("trials", TrialListView.as_view(), name="trials"),
    path("trials/<int:zone_id>", TrialView.as_view(), name="trial"),
    path("trials/<int:zone_id>/switch-on", SwitchOnView.as_view(), name="trial-switch-on"),
    path("trial-findings/<int:finding_id>/still.jpg", TrialStillView.as_view(), name="trial-still"),
    path("precision", PrecisionView.as_view(), name="precision"),
    path("precision/alerts", PrecisionAlertsView.as_view(), name="precision-alerts"),
    path("video/cameras", TileCameraListView.as_view(), name="video-cameras"),
    path("video/tree", CameraTreeView.as_view(), name="video-tree"),
    path("video/load", VideoLoadView.as_view(), name="video-load"),
    path("video/metrics", VideoMetricsView.as_view(), name="video-metrics"),
    path("video/presets", PresetListView.as_view(), name="video-presets"),
    path("video/presets/<int:preset_id>", PresetView.as_view(), name="video-preset"),
    path("viewings", ViewingListView.as_view(), name="viewings"),
    path("viewings/<int:viewing_id>", ViewingView.as_view(), name="viewing"),
    path("viewings/<int:viewing_id>/keep", ViewingKeepView.as_view(), name="viewing-keep"),
]
