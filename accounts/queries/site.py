"""What the sign-in page and every map need to know of the district; told by the division tree, which lies above."""

from collections.abc import Callable
from typing import Any

SiteOf = Callable[[], dict[str, Any] | None]
_site: list[SiteOf] = []


def register_site(site: SiteOf) -> None:
    """From the tree: {name, path, center_name, bounds [west, south, east, north], camera} or None without a tree."""
    _site[:] = [site]


def site() -> dict[str, Any] | None:
    return _site[0]() if _site else None
