"""The declared algorithms in the reader's language."""

from core.errors import Language
from video.rules.algorithms import Algorithm, Parameter, read_algorithms
from video.shapes import AlgorithmShape, ParameterShape


def algorithm_shapes(language: Language) -> list[AlgorithmShape]:
    return [_shape(algorithm, language) for algorithm in read_algorithms().values()]


def _shape(algorithm: Algorithm, language: Language) -> AlgorithmShape:
    return AlgorithmShape(
        code=algorithm.code,
        name=algorithm.name[language],
        targets=sorted(algorithm.targets),
        default_level=algorithm.default_level,
        default_type=algorithm.default_type,
        parameters=[_parameter(parameter, language) for parameter in algorithm.parameters],
        limits=algorithm.limits[language],
    )


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
