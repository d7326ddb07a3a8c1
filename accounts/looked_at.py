"""Rows of the admin that are looked at only."""

from django.http import HttpRequest


class LookedAt:
    """Neither made, changed nor removed here: that is done where its history is written."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False
