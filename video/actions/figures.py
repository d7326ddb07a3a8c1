"""Workers leave their figures in Redis, where the web processes find them: one value per worker, no history."""

from core.redis import client, key
from video.worker_shapes import WorkerFigures

KEPT_SECONDS = 20
"""For four times the pause between two: then the worker is taken for dead."""


def figures_key(holder: str) -> str:
    return key("video", "figures", holder)


def tell_figures(figures: WorkerFigures) -> None:
    """Raises what the Redis client raises."""
    client().set(figures_key(figures.holder), figures.model_dump_json(), ex=KEPT_SECONDS)


def forget_figures(holder: str) -> None:
    client().delete(figures_key(holder))
