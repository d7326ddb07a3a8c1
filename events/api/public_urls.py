from django.urls import path

from events.api.public import (
    AskAgainView,
    ChallengeView,
    MeTooView,
    NearView,
    PublicReportView,
    PublicSiteView,
    PublicUploadView,
    RatingView,
    SuggestView,
    TrackView,
)
from events.api.reporters import (
    AcceptHeldView,
    HeldContactView,
    HeldPhotoView,
    HeldReportListView,
    RejectHeldView,
    ReporterContactView,
    ReporterListView,
)

urlpatterns = [
    path("public/site", PublicSiteView.as_view(), name="public-site"),
    path("public/challenge", ChallengeView.as_view(), name="public-challenge"),
    path("public/suggest", SuggestView.as_view(), name="public-suggest"),
    path("public/uploads", PublicUploadView.as_view(), name="public-uploads"),
    path("public/near", NearView.as_view(), name="public-near"),
    path("public/reports", PublicReportView.as_view(), name="public-reports"),
    path("public/me-too", MeTooView.as_view(), name="public-me-too"),
    path("public/track/<str:receipt>", TrackView.as_view(), name="public-track"),
    path("public/track/<str:receipt>/rating", RatingView.as_view(), name="public-rating"),
    path("public/track/<str:receipt>/reopen", AskAgainView.as_view(), name="public-reopen"),
    path("events/<int:event_id>/reporters", ReporterListView.as_view(), name="event-reporters"),
    path(
        "events/<int:event_id>/reporters/<int:reporter_id>/contact",
        ReporterContactView.as_view(),
        name="reporter-contact",
    ),
    path("held-reports", HeldReportListView.as_view(), name="held-reports"),
    path("held-reports/<int:held_id>/contact", HeldContactView.as_view(), name="held-report-contact"),
    path("held-reports/<int:held_id>/accept", AcceptHeldView.as_view(), name="held-report-accept"),
    path("held-reports/<int:held_id>/reject", RejectHeldView.as_view(), name="held-report-reject"),
]

root_urlpatterns = [
    path("media/held/<int:held_id>/<int:attachment_id>", HeldPhotoView.as_view(), name="held-photo"),
    path(
        "media/held/<int:held_id>/<int:attachment_id>/thumb",
        HeldPhotoView.as_view(),
        {"thumb": True},
        name="held-photo-thumb",
    ),
]
