"""Which models know the words that an algorithm needs, and whether they are there."""

from functools import cache
from pathlib import Path

from django.conf import settings

from core.errors import Language
from video.detectors.manifest import ModelEntry, read_manifest
from video.detectors.store import MissingModel, model_path
from video.zone_shapes import AlgorithmModel

_NO_MODEL = {
    "zh": "没有任何已登记的模型认识：{words}。请在模型管理中启用或上传合适的模型。",
    "en": "No registered model knows: {words}. Enable or upload one that does under models.",
}


def models_knowing(words: frozenset[str]) -> list[AlgorithmModel]:
    """Every model of the manifest that knows all the words, the usable ones first."""
    found = [_shape(entry) for entry in _manifest() if words and words <= set(entry.labels)]
    return sorted(found, key=lambda model: model.state != "ready")


def what_is_missing(words: frozenset[str], language: Language) -> str:
    """Why nothing can look for these words, with the remedy; empty when a model can, or when none is needed."""
    if not words:
        return ""
    models = models_knowing(words)
    if any(model.state == "ready" for model in models):
        return ""
    return models[0].detail if models else _NO_MODEL[language].format(words="、".join(sorted(words)))


@cache
def _manifest() -> tuple[ModelEntry, ...]:
    return tuple(read_manifest())


def _shape(entry: ModelEntry) -> AlgorithmModel:
    try:
        model_path(entry.name, Path(settings.MODEL_DIR))
        missing = ""
    except MissingModel as error:
        missing = str(error)
    return AlgorithmModel(
        name=entry.name,
        version=entry.version,
        licence=entry.licence,
        licence_note=entry.licence_note,
        state="missing" if missing else "ready",
        detail=missing,
    )
