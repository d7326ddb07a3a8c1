from django.urls import path

from analytics.api.indicators import (
    AssessmentEventsView,
    AssessmentView,
    IndicatorListView,
    IndicatorTrialView,
    IndicatorVersionsView,
    IndicatorView,
)
from analytics.api.views import WallSnapshotView

urlpatterns = [
    path("wall/snapshot", WallSnapshotView.as_view(), name="wall_snapshot"),
    path("assessment", AssessmentView.as_view(), name="assessment"),
    path("assessment/events", AssessmentEventsView.as_view(), name="assessment_events"),
    path("indicators", IndicatorListView.as_view(), name="indicators"),
    path("indicators/<slug:code>/trial", IndicatorTrialView.as_view(), name="indicator_trial"),
    path("indicators/<slug:code>/versions", IndicatorVersionsView.as_view(), name="indicator_versions"),
    path("indicators/<slug:code>", IndicatorView.as_view(), name="indicator"),
]
