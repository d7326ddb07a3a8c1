"""Which detectors a camera needs, and which word each of them answers for. One word has one model on a camera."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass

HIDDEN = "person"
"""Heads of found people are hidden in every picture that is kept, so some detector must always look for people."""


@dataclass(frozen=True, slots=True)
class ModelPlan:
    """A detector by name, and the words taken from it."""

    name: str
    words: tuple[str, ...]


def models_for(
    targets: Mapping[str, Set[str]], asked: Mapping[str, str], words: Mapping[str, tuple[str, ...]]
) -> tuple[ModelPlan, ...]:
    """`targets`: algorithm → words it looks for, for the algorithms of one camera. `asked`: algorithm → the model that
    somebody chose for it; `""` is the choice for everything else. `words`: model → words it knows, in order of
    preference.

    A word that the chosen model does not know comes from the first model that does; one that none knows is left out
    (the algorithm's page says so).
    """
    owner: dict[str, str] = {}
    wanted = {HIDDEN: asked.get("", "")}
    for algorithm in sorted(targets, key=lambda code: (code not in asked, code)):
        for word in sorted(targets[algorithm]):
            if algorithm in asked or word not in wanted:
                wanted.setdefault(word, asked.get(algorithm, asked.get("", "")))
                wanted[word] = asked.get(algorithm, wanted[word])
    for word, choice in wanted.items():
        knowing = [name for name, known in words.items() if word in known]
        if knowing:
            owner[word] = choice if choice in knowing else knowing[0]
    plans, taken = [], set(owner)
    for name in (name for name in words if name in owner.values()):
        extra = [word for word in words[name] if word not in taken]
        taken.update(extra)
        mine = tuple(word for word in words[name] if owner.get(word) == name or word in extra)
        plans.append(ModelPlan(name, mine))
    return tuple(plans)
