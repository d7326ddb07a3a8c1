from video.models.camera import Camera
from video.models.detections import DetectionBlock
from video.models.gateway import Gateway
from video.models.group import CameraGroup
from video.models.lease import CameraLease
from video.models.mask import Mask
from video.models.viewing import CameraViewing, VideoPreset
from video.models.zone import Zone

__all__ = ["Camera", "CameraGroup", "CameraLease", "CameraViewing", "DetectionBlock", "Gateway", "Mask", "VideoPreset", "Zone"]
