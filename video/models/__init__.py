from video.models.camera import Camera
from video.models.detections import DetectionBlock
from video.models.gateway import Gateway
from video.models.group import CameraGroup
from video.models.lease import CameraLease
from video.models.mask import Mask
from video.models.model_shadow import ModelShadow, ModelShadowFinding
from video.models.own_model import ModelUse, OwnModel
from video.models.reference import CameraReference
from video.models.replay import ReplayJob
from video.models.shadow import ShadowFinding
from video.models.turning import CameraTurning
from video.models.viewing import CameraViewing, VideoPreset
from video.models.worker import VideoWorker
from video.models.zone import Zone

__all__ = [
    "Camera",
    "CameraGroup",
    "CameraLease",
    "CameraReference",
    "CameraTurning",
    "CameraViewing",
    "DetectionBlock",
    "Gateway",
    "Mask",
    "ModelShadow",
    "ModelShadowFinding",
    "ModelUse",
    "OwnModel",
    "ReplayJob",
    "ShadowFinding",
    "VideoPreset",
    "VideoWorker",
    "Zone",
]
