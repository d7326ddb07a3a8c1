"""What a saved view may hold: the filters that its page has, short enough to stand in an address."""

from collections.abc import Mapping
from typing import Final

MOST_VIEWS: Final = 20
"""Of one person on one page: more are not found again in a menu."""
LONGEST_NAME: Final = 40
LONGEST_VALUE: Final = 200

FILTERS: Final[Mapping[str, frozenset[str]]] = {
    "desk": frozenset({"street", "stage", "q", "mine", "by"}),
    "tickets": frozenset({"box", "q"}),
}
"""page → the filters it knows today. A view may be older and name one that is gone: pages say so, and go on without."""


def unknown_filters(page: str, query: Mapping[str, str]) -> list[str]:
    return sorted(set(query) - FILTERS[page])
