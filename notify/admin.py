"""How messages fared, and the site's own defaults. Texts and addresses are not edited here."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from notify.models import Delivery, Message, Preference
from notify.queries.rows import address_of, masked


@admin.register(Preference)
class PreferenceAdmin(admin.ModelAdmin[Preference]):
    list_display = ("kind", "channel", "mode", "user")
    list_filter = ("channel", "mode", "kind")
    list_select_related = ("user",)
    raw_id_fields = ("user",)


class LookedAt(admin.ModelAdmin[Any]):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Message)
class MessageAdmin(LookedAt):
    list_display = ("created_at", "kind", "recipient", "is_urgent", "read_at")
    list_filter = ("kind", "is_urgent")
    exclude = ("address", "values")
    show_full_result_count = False


@admin.register(Delivery)
class DeliveryAdmin(LookedAt):
    list_display = ("id", "channel", "state", "reason", "message", "to", "attempts", "error", "sent_at")
    list_filter = ("channel", "state", "reason")
    list_select_related = ("message", "message__user")
    show_full_result_count = False

    @admin.display(description="收件地址")
    def to(self, delivery: Delivery) -> str:
        return masked(address_of(delivery.message, delivery.channel))
