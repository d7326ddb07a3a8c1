from django.urls import path

from analytics.api.indicators import AssessmentEventsView, AssessmentView, IndicatorView
from analytics.api.views import WallSnapshotView

urlpatterns = [
    path("wall/snapshot", WallSnapshotView.as_view(), name="wall_snapshot"),
    path("assessment", AssessmentView.as_view(), name="assessment"),
    path("assessment/events", AssessmentEventsView.as_view(), name="assessment_events"),
    path("indicators/<slug:code>", IndicatorView.as_view(), name="indicator"),
]
