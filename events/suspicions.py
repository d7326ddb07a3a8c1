"""Rules that only suspect: what they find is left to a person, however often it was right.

Whoever knows the rules tells which (video: its declared algorithms), once, when the apps are ready.
"""

from collections.abc import Iterable

_only_suspected: set[tuple[str, str]] = set()


def only_suspect(source: str, rules: Iterable[str]) -> None:
    """Findings of these rules of the source are never confirmed, nor filed, without a person."""
    _only_suspected.update((source, rule) for rule in rules)


def is_only_suspected(source: str, rule: str) -> bool:
    return (source, rule) in _only_suspected
