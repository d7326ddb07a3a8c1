from django.urls import path

from events.api.routing import (
    ExpressionCheckView,
    ResponsibilityListView,
    ResponsibilityPeopleView,
    ResponsibilityRemoveView,
    ResponsibilityView,
    RoutingReplayView,
    RoutingRuleListView,
    RoutingRuleOrderView,
    RoutingRuleRemoveView,
    RoutingRuleSwitchView,
    RoutingRuleView,
)
from events.api.suggestions import SimilarEventsView, TypeSuggestionView
from events.api.who_answers import WhoAnswersView

routing_patterns = [
    path("routing-rules", RoutingRuleListView.as_view(), name="routing-rules"),
    path("routing-rules/order", RoutingRuleOrderView.as_view(), name="routing-rules-order"),
    path("routing-rules/check", ExpressionCheckView.as_view(), name="routing-rules-check"),
    path("routing-rules/<int:rule_id>", RoutingRuleView.as_view(), name="routing-rule"),
    path("routing-rules/<int:rule_id>/switch", RoutingRuleSwitchView.as_view(), name="routing-rule-switch"),
    path("routing-rules/<int:rule_id>/remove", RoutingRuleRemoveView.as_view(), name="routing-rule-remove"),
    path("routing-rules/<int:rule_id>/replay", RoutingReplayView.as_view(), name="routing-rule-replay"),
    path("who-answers", WhoAnswersView.as_view(), name="who-answers"),
    path("responsibilities", ResponsibilityListView.as_view(), name="responsibilities"),
    path("responsibilities/people", ResponsibilityPeopleView.as_view(), name="responsibilities-people"),
    path("responsibilities/<int:row_id>", ResponsibilityView.as_view(), name="responsibility"),
    path("responsibilities/<int:row_id>/remove", ResponsibilityRemoveView.as_view(), name="responsibility-remove"),
    path("event-types/suggest", TypeSuggestionView.as_view(), name="event-types-suggest"),
    path("events/similar", SimilarEventsView.as_view(), name="events-similar"),
]
