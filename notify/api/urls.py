from django.urls import path

from notify.api.views import (
    DeliveryListView,
    MessageListView,
    PreferencesView,
    ReadView,
    ReceiptView,
    UnreadView,
)

urlpatterns = [
    path("messages", MessageListView.as_view(), name="messages"),
    path("messages/unread", UnreadView.as_view(), name="messages-unread"),
    path("messages/read", ReadView.as_view(), name="messages-read"),
    path("messages/preferences", PreferencesView.as_view(), name="messages-preferences"),
    path("deliveries", DeliveryListView.as_view(), name="deliveries"),
    path("deliveries/receipts", ReceiptView.as_view(), name="delivery-receipts"),
]
