"""The declared algorithms in the reader's language."""

from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Q

from core.actor import Actor
from core.errors import Language, NotFound
from video.models import Camera, Zone
from video.queries.algorithm_models import KnownModels
from video.rules.algorithms import Algorithm, Parameter, read_algorithms
from video.zone_shapes import AlgorithmCamera, AlgorithmPage, AlgorithmShape, ParameterShape

MOST_CAMERAS = 200


def algorithm_shapes(language: Language) -> list[AlgorithmShape]:
    models = KnownModels(language)
    return [AlgorithmShape.model_validate(_values(one, language, models)) for one in read_algorithms().values()]


def algorithm_page(actor: Actor, code: str, language: Language) -> AlgorithmPage:
    """One algorithm with how often it is used in what the actor may see. Raises NotFound."""
    algorithm = read_algorithms().get(code)
    if algorithm is None:
        raise NotFound()
    drawn = Zone.objects.filter(algorithm=code, camera__in=Camera.objects.visible_to(actor))
    counts = drawn.aggregate(
        zones=Count("id"),
        watching=Count("id", filter=Q(enabled=True, camera__enabled=True)),
        cameras=Count("camera", distinct=True),
    )
    values = _values(algorithm, language, KnownModels(language))
    return AlgorithmPage.model_validate(values | counts | {"used_by": _used_by(actor, code)})


def _used_by(actor: Actor, code: str) -> list[AlgorithmCamera]:
    with_it = Q(zones__algorithm=code)
    cameras = Camera.objects.visible_to(actor).filter(with_it).values("id", "code", "name", "area_label", "enabled")
    counted = cameras.annotate(
        zone_names=ArrayAgg("zones__name", filter=with_it, order_by="zones__id"),
        watching=Count("zones", filter=with_it & Q(zones__enabled=True)),
    ).order_by("code")[:MOST_CAMERAS]
    return [
        AlgorithmCamera.model_validate({("zones" if key == "zone_names" else key): row[key] for key in row})
        for row in map(dict, counted)
    ]


def _values(algorithm: Algorithm, language: Language, models: KnownModels) -> dict[str, Any]:
    words = algorithm.words({})
    missing = models.missing_for(words)
    return {
        "code": algorithm.code,
        "name": algorithm.name[language],
        "targets": sorted(algorithm.targets),
        "default_level": algorithm.default_level,
        "default_type": algorithm.default_type,
        "suspected": algorithm.suspected,
        "about_person": algorithm.about_person,
        "opt_in_model": algorithm.opt_in_model,
        "keeps_still": algorithm.keeps_still,
        "cool_down_seconds": algorithm.cool_down_seconds,
        "parameters": [_parameter(parameter, language) for parameter in algorithm.parameters],
        "sensitivity": {choice: dict(values) for choice, values in algorithm.sensitivity.items()},
        "night": dict(algorithm.night),
        "shapes": {mode: str(rule.get("shape", "area")) for mode, rule in algorithm.rules.items()},
        "sees": algorithm.sees[language],
        "limits": algorithm.limits[language],
        "models": models.knowing(words or algorithm.targets),
        "state": "missing_model" if missing else "ready",
        "state_detail": missing,
    }


def _parameter(parameter: Parameter, language: Language) -> ParameterShape:
    return ParameterShape.model_validate(
        {
            "name": parameter.name,
            "title": parameter.title[language],
            "type": parameter.type,
            "default": parameter.default,
            "minimum": parameter.minimum,
            "maximum": parameter.maximum,
            "choices": list(parameter.choices),
            "help": parameter.help[language] if parameter.help else None,
        }
    )
