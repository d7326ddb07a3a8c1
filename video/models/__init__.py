from video.models.camera import Camera
from video.models.lease import CameraLease
from video.models.zone import Zone

__all__ = ["Camera", "CameraLease", "Zone"]
