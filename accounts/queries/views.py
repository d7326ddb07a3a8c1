"""Saved views: one's own, and those whose link somebody was given."""

from typing import Any

from accounts.models import SavedView
from accounts.rules.views import unknown_filters
from core.actor import Actor
from core.errors import NotFound


def own_view(view_id: int, actor: Actor, *, lock: bool = False) -> SavedView:
    """NotFound for a view of somebody else."""
    views = SavedView.objects.select_for_update() if lock else SavedView.objects.all()
    view = views.of(actor).filter(pk=view_id).first()
    if view is None:
        raise NotFound()
    return view


def shared_view(link: str) -> SavedView:
    """The view behind a link, for whoever is signed in; NotFound once it was taken back."""
    view = SavedView.objects.select_related("owner").filter(link=link).first() if link else None
    if view is None:
        raise NotFound()
    return view


def view_row(view: SavedView) -> dict[str, Any]:
    return {
        "id": view.pk,
        "page": view.page,
        "name": view.name,
        "query": view.query,
        "gone": unknown_filters(view.page, view.query),
        "link": view.link,
    }


def shared_row(view: SavedView) -> dict[str, Any]:
    """What the reader of a link learns: the filters and who made them, not what they find."""
    gone = unknown_filters(view.page, view.query)
    return {"page": view.page, "name": view.name, "query": view.query, "gone": gone, "by": view.owner.name}
