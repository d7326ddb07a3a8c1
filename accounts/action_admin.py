"""What admin pages share that write through actions: a refusal becomes a message, and nothing is written."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from accounts.models import User
from core.errors import DomainError


def spoken(error: DomainError) -> str:
    """The error and, where there are any, its fields, as one message."""
    fields = "".join(str(row.get("message_zh", "")) for row in error.extra.get("errors", []))
    return error.detail("zh") + fields


class ActionAdmin(admin.ModelAdmin[Any]):
    """Saves and deletes through actions; a refusal becomes a message and nothing is written."""

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return self._or_message(request, lambda: super(ActionAdmin, self).changeform_view(request, *args, **kwargs))

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return self._or_message(request, lambda: super(ActionAdmin, self).delete_view(request, *args, **kwargs))

    def _or_message(self, request: HttpRequest, view: Callable[[], HttpResponse]) -> HttpResponse:
        try:
            return view()
        except DomainError as error:
            self.message_user(request, spoken(error), messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())


def actor_in(request: HttpRequest) -> Any:
    user = request.user
    assert isinstance(user, User)
    return user.as_actor()


def points_or_refused(check: Callable[[], list[list[float]]]) -> list[list[float]]:
    """The points of a zone or mask, their refusal told in the form."""
    try:
        return check()
    except DomainError as error:
        raise forms.ValidationError(spoken(error), code=error.code) from error
