"""Reading the division tree as lists and names."""

from grids.models import Area


def names_of(paths: list[str]) -> dict[str, tuple[str, str]]:
    """path → (name, level) of the areas that exist."""
    return {path: (name, level) for path, name, level in Area.objects.filter(path__in=paths).values_list(
        "path", "name", "level"
    )}  # fmt: skip


def labels_of(paths: list[str]) -> dict[str, str]:
    """path → how people say it (望江街道 荷花社区 3号网格), for lists of many rows in one query."""
    rows = Area.objects.filter(path__in=paths).values_list(
        "path", "name", "street__name", "community__name", "grid__name"
    )
    return {
        path: " ".join(part for part in (street, community, grid) if part) or name
        for path, name, street, community, grid in rows
    }
