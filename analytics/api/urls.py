from django.urls import path

from analytics.api.indicators import (
    AssessmentEventsView,
    AssessmentView,
    IndicatorListView,
    IndicatorTrialView,
    IndicatorVersionsView,
    IndicatorView,
)
from analytics.api.insight import (
    AlarmAlertsView,
    AlarmsView,
    FigureEventsView,
    HandlingView,
    RepeatedEventsView,
    RepeatsView,
    RunningView,
)
from analytics.api.risk import RiskEventsView, RiskJudgeView, RiskListView
from analytics.api.risk_rules import RiskRuleHistoryView, RiskRuleListView, RiskRuleTrialView, RiskRuleView
from analytics.api.views import WallSnapshotView

urlpatterns = [
    path("wall/snapshot", WallSnapshotView.as_view(), name="wall_snapshot"),
    path("assessment", AssessmentView.as_view(), name="assessment"),
    path("assessment/events", AssessmentEventsView.as_view(), name="assessment_events"),
    path("insight/running", RunningView.as_view(), name="insight_running"),
    path("insight/events", FigureEventsView.as_view(), name="insight_events"),
    path("insight/handling", HandlingView.as_view(), name="insight_handling"),
    path("insight/repeats", RepeatsView.as_view(), name="insight_repeats"),
    path("insight/repeats/events", RepeatedEventsView.as_view(), name="insight_repeats_events"),
    path("insight/alarms", AlarmsView.as_view(), name="insight_alarms"),
    path("insight/alarms/alerts", AlarmAlertsView.as_view(), name="insight_alarms_alerts"),
    path("risks", RiskListView.as_view(), name="risks"),
    path("risks/judge", RiskJudgeView.as_view(), name="risks_judge"),
    path("risks/<int:risk_id>/events", RiskEventsView.as_view(), name="risk_events"),
    path("risk-rules", RiskRuleListView.as_view(), name="risk_rules"),
    path("risk-rules/history", RiskRuleHistoryView.as_view(), name="risk_rule_history"),
    path("risk-rules/<slug:code>", RiskRuleView.as_view(), name="risk_rule"),
    path("risk-rules/<slug:code>/trial", RiskRuleTrialView.as_view(), name="risk_rule_trial"),
    path("indicators", IndicatorListView.as_view(), name="indicators"),
    path("indicators/<slug:code>/trial", IndicatorTrialView.as_view(), name="indicator_trial"),
    path("indicators/<slug:code>/versions", IndicatorVersionsView.as_view(), name="indicator_versions"),
    path("indicators/<slug:code>", IndicatorView.as_view(), name="indicator"),
]
