"""Which detectors look at a camera: what was chosen for it, for its algorithms, and for the site."""

from collections.abc import Mapping
from pathlib import Path

from django.conf import settings

from video.detectors.store import words_of_models
from video.models import Camera, ModelUse
from video.rules.algorithms import read_algorithms
from video.rules.model_choice import ModelPlan, models_for


def site_choices() -> dict[str, str]:
    """algorithm (empty: all) → the model chosen for the whole site."""
    return dict(ModelUse.objects.filter(camera__isnull=True).values_list("algorithm", "model"))


def models_of(camera: Camera, site: Mapping[str, str]) -> tuple[ModelPlan, ...]:
    """The detectors of a camera whose `zones` and `model_uses` are at hand, without further queries.

    What was chosen for the camera goes before what was chosen for the site, and there what names the algorithm first.
    """
    own = {use.algorithm: use.model for use in camera.model_uses.all()}
    algorithms = read_algorithms()
    codes = {zone.algorithm for zone in camera.zones.all() if zone.enabled and zone.algorithm in algorithms}
    asked = {code: model for code in (*codes, "") if (model := own.get(code) or own.get("") or site.get(code))}
    if "" not in asked and "" in site:
        asked[""] = site[""]
    targets = {code: algorithms[code].targets for code in codes}
    return models_for(targets, asked, words_of_models(Path(settings.MODEL_DIR)))
