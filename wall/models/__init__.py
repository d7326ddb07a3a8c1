"""What walls show and which walls there are."""

from wall.models.device import Pairing, WallDevice
from wall.models.footing import Footing
from wall.models.scene import Scene

__all__ = ["Footing", "Pairing", "Scene", "WallDevice"]
