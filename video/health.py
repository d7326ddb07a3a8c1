"""Registers cameras and models with the health registry."""

from core.health import register_provider
from video.queries.health import camera_health, model_health

register_provider("cameras", camera_health, is_degraded=lambda cameras: bool(cameras["failing"]))
register_provider("models", model_health, is_degraded=lambda models: any(m["state"] == "missing" for m in models))
