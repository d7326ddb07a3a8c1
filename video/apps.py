from importlib import import_module

from django.apps import AppConfig


class VideoConfig(AppConfig):
    name = "video"
    verbose_name = "视频感知"

    def ready(self) -> None:
        import_module("video.live")
        import_module("video.health")
        import_module("video.connections").connect()
        import_module("video.recordings").register()
