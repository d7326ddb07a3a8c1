from django.urls import path

from accounts.api.calendars import UnitCalendarView
from accounts.api.views import SessionView, UnitListView

urlpatterns = [
    path("session", SessionView.as_view(), name="session"),
    path("units", UnitListView.as_view(), name="units"),
    path("units/<int:unit_id>/calendar", UnitCalendarView.as_view(), name="unit-calendar"),
]
