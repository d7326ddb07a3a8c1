"""What stands in docs/ALGORITHMS.md about each algorithm: written from its declaration, its model and its clips."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from video.detectors.manifest import ModelEntry, read_manifest
from video.rules.algorithms import Algorithm, Parameter
from video.trials.clips import TrialClip

BEGINS, ENDS = "<!-- declared: begin -->", "<!-- declared: end -->"


def described(algorithms: Mapping[str, Algorithm], clips: Sequence[TrialClip]) -> str:
    """The Markdown of all algorithms, in the order of their declarations."""
    models = [entry for entry in read_manifest() if entry.purpose == "detector"]
    parts = [_one(one, models, [clip for clip in clips if clip.algorithm == one.code]) for one in algorithms.values()]
    return "\n\n".join(parts)


def _one(algorithm: Algorithm, models: list[ModelEntry], clips: list[TrialClip]) -> str:
    lines = [
        f"### {algorithm.name['en']} · {algorithm.name['zh']}",
        "",
        f"`{algorithm.code}`, raises `{algorithm.default_type}`"
        + (", only ever as a suspicion that a person decides" if algorithm.suspected else ""),
        "",
        f"**Sees.** {algorithm.sees['en']}",
        "",
        f"**Cannot.** {algorithm.limits['en']}",
        "",
        f"**Model.** {_model(algorithm, models)}",
        "",
        f"**Starts with.** {', '.join(_parameter(parameter) for parameter in algorithm.parameters)}.",
        "",
        "**Tried on.**",
        "",
        *(_tried_on(clip) for clip in clips),
    ]
    return "\n".join(lines)


def _model(algorithm: Algorithm, models: list[ModelEntry]) -> str:
    words = algorithm.words({})
    if not words:
        return "None: it compares pictures."
    knowing = [entry for entry in models if words <= set(entry.labels)]
    if not knowing:
        return f"None that is known sees {', '.join(sorted(words))}."
    named = "; ".join(f"{entry.name} ({entry.licence})" for entry in knowing)
    return f"Any that knows {', '.join(sorted(words))}: {named}."


def _parameter(parameter: Parameter) -> str:
    value = parameter.default
    return f"{parameter.name} {value:g}" if isinstance(value, int | float) else f"{parameter.name} {value}"


def _tried_on(clip: TrialClip) -> str:
    spans = ", ".join(f"from {begins:g} to {ends:g} s" for begins, ends in clip.positive)
    true = f"there {spans}" if spans else "must stay silent"
    return f"- `{clip.name}`, {'composed' if clip.composed else 'real'}, {clip.seconds:g} s, {true}: {clip.shows}."
