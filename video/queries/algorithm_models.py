"""Which models know the words that an algorithm needs, and whether they are there."""

from pathlib import Path
from typing import cast

from django.conf import settings

from core.errors import Language
from video.detectors.manifest import ModelEntry, read_manifest
from video.detectors.own import OwnModel, read_own
from video.detectors.store import ModelState, own_state_of, state_of
from video.zone_shapes import AlgorithmModel, AlgorithmModelState

_NO_MODEL = {
    "zh": "没有任何已登记的模型认识：{words}。请在模型管理中启用或上传合适的模型。",
    "en": "No registered model knows: {words}. Enable or upload one that does under models.",
}
_NOT_READY = {
    "zh": "缺少模型：{detail}",
    "en": "Model missing: {detail}",
}


class KnownModels:
    """The detectors of the manifest and the site's own, each with its words and its state, read once for a question."""

    def __init__(self, language: Language) -> None:
        folder = Path(settings.MODEL_DIR)
        self._language = language
        self._models: list[tuple[frozenset[str], AlgorithmModel]] = []
        for entry in read_manifest():
            if entry.purpose == "detector":
                state = state_of(entry, folder, settings.MODEL_LICENCES)
                self._models.append((frozenset(entry.labels), _shipped(entry, state, language)))
        for own in read_own(folder):
            self._models.append((frozenset(own.labels), _own(own, own_state_of(own, folder))))

    def knowing(self, words: frozenset[str]) -> list[AlgorithmModel]:
        """Those that know any of the words, the usable ones first."""
        found = [model for known, model in self._models if known & words]
        return sorted(found, key=lambda model: model.state != "ready")

    def missing_for(self, words: frozenset[str]) -> str:
        """Why nothing can look for some of the words, with the remedy; empty when nothing is missing."""
        ready = frozenset[str]().union(*(known for known, model in self._models if model.state == "ready"))
        lacking = words - ready
        if not lacking:
            return ""
        offered = self.knowing(lacking)
        if offered:
            return _NOT_READY[self._language].format(detail=offered[0].detail)
        return _NO_MODEL[self._language].format(words="、".join(sorted(lacking)))


def _shipped(entry: ModelEntry, state: ModelState, language: Language) -> AlgorithmModel:
    return AlgorithmModel(
        name=entry.name,
        title=entry.title[language],
        version=entry.version,
        licence=entry.licence,
        licence_note=entry.licence_note,
        state=cast(AlgorithmModelState, state.state),
        detail="" if state.state == "ready" else state.detail,
    )


def _own(model: OwnModel, state: ModelState) -> AlgorithmModel:
    return AlgorithmModel(
        name=model.name,
        title=model.name,
        version="",
        licence=model.licence,
        licence_note="",
        state=cast(AlgorithmModelState, state.state),
        detail=state.detail,
    )
