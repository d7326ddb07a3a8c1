from django.urls import path

from events.api.limits import (
    LimitBookView,
    LimitHistoryView,
    LimitView,
    SimilarityDropView,
    SimilarityView,
    StepsView,
)
from events.api.public_rules import PublicRulesHistoryView, PublicRulesTrialView, PublicRulesView

limit_patterns = [
    path("limits", LimitBookView.as_view(), name="limits"),
    path("limits/history", LimitHistoryView.as_view(), name="limit-history"),
    path("limits/similarity", SimilarityView.as_view(), name="similarity"),
    path("limits/similarity/drop", SimilarityDropView.as_view(), name="similarity-drop"),
    path("limits/escalation", StepsView.as_view(), name="escalation-steps"),
    path("limits/clocks/<str:kind>", LimitView.as_view(), name="limit"),
    path("public-rules", PublicRulesView.as_view(), name="public-rules"),
    path("public-rules/trial", PublicRulesTrialView.as_view(), name="public-rules-trial"),
    path("public-rules/history", PublicRulesHistoryView.as_view(), name="public-rules-history"),
]
