"""Saving, renaming, sharing and dropping one's own views of a page.

A person's own arrangement of a page, like the wishes about messages: it decides nothing about the city, so it has no
history and no screen but the person's own shows it.
"""

import secrets
from collections.abc import Mapping
from typing import cast

from django.db import IntegrityError, transaction

from accounts.errors import TooManyViews, UnknownFilter, ViewNameTaken
from accounts.models import SavedView, User
from accounts.queries.views import own_view
from accounts.rules.views import MOST_VIEWS, unknown_filters
from core.actor import Actor


@transaction.atomic
def save_view(*, actor: Actor, page: str, name: str, query: Mapping[str, str]) -> SavedView:
    """A new view under a name that is new on this page: ViewNameTaken, TooManyViews, UnknownFilter."""
    _require_known(page, query)
    owner = User.objects.select_for_update().get(pk=cast(int, actor.user_id))  # one at a time, so that the limit holds
    if SavedView.objects.filter(owner=owner, page=page).count() >= MOST_VIEWS:
        raise TooManyViews(most=MOST_VIEWS)
    view = SavedView(owner=owner, page=page, name=name, query=dict(query))
    return _written(view)


@transaction.atomic
def change_view(
    *, view_id: int, actor: Actor, name: str | None = None, query: Mapping[str, str] | None = None
) -> SavedView:
    """Another name, other filters, or both. Whoever has its link sees the new filters."""
    view = own_view(view_id, actor, lock=True)
    if query is not None:
        _require_known(view.page, query)
        view.query = dict(query)
    view.name = name if name is not None else view.name
    return _written(view)


@transaction.atomic
def share_view(*, view_id: int, actor: Actor, shared: bool) -> SavedView:
    """Give a link that leads to the filters, or take it back: the one that was sent then leads nowhere."""
    view = own_view(view_id, actor, lock=True)
    if shared and not view.link:
        view.link = secrets.token_urlsafe(18)
    elif not shared:
        view.link = ""
    return _written(view)


@transaction.atomic
def drop_view(*, view_id: int, actor: Actor) -> None:
    own_view(view_id, actor, lock=True).delete()


def _written(view: SavedView) -> SavedView:
    try:
        with transaction.atomic():
            view.save()
    except IntegrityError as error:
        raise ViewNameTaken(name=view.name) from error
    return view


def _require_known(page: str, query: Mapping[str, str]) -> None:
    if unknown := unknown_filters(page, query):
        raise UnknownFilter(names="、".join(unknown))
