from django.urls import path

from events.api.evidence_holds import EvidenceHoldListView, EvidenceHoldReleaseView
from events.api.retention import RetentionBookView, RetentionHistoryView, RetentionRuleView, RetentionTrialView

retention_patterns = [
    path("evidence-holds", EvidenceHoldListView.as_view(), name="evidence-holds"),
    path("evidence-holds/<int:hold_id>/release", EvidenceHoldReleaseView.as_view(), name="evidence-hold-release"),
    path("retention", RetentionBookView.as_view(), name="retention"),
    path("retention/history", RetentionHistoryView.as_view(), name="retention-history"),
    path("retention/<str:code>", RetentionRuleView.as_view(), name="retention-rule"),
    path("retention/<str:code>/trial", RetentionTrialView.as_view(), name="retention-trial"),
]
