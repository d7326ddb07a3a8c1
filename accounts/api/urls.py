from django.urls import path

from accounts.api.calendars import (
    CalendarListView,
    CalendarPreviewView,
    LegalYearView,
    SiteCalendarView,
    UnitCalendarView,
)
from accounts.api.views import SessionView, UnitListView
from accounts.api.views_of_pages import SavedViewListView, SavedViewView, SharedViewView

urlpatterns = [
    path("session", SessionView.as_view(), name="session"),
    path("views", SavedViewListView.as_view(), name="views"),
    path("views/<int:view_id>", SavedViewView.as_view(), name="view"),
    path("views/shared/<slug:link>", SharedViewView.as_view(), name="shared-view"),
    path("units", UnitListView.as_view(), name="units"),
    path("units/<int:unit_id>/calendar", UnitCalendarView.as_view(), name="unit-calendar"),
    path("calendars", CalendarListView.as_view(), name="calendars"),
    path("calendars/site", SiteCalendarView.as_view(), name="site-calendar"),
    path("calendars/preview", CalendarPreviewView.as_view(), name="calendar-preview"),
    path("calendars/law/<int:year>", LegalYearView.as_view(), name="legal-year"),
]
