from django.urls import path

from dispatch.api.field import PositionsView, RespondersNearView
from dispatch.api.task_rules import SignInsView, TaskRuleHistoryView, TaskRuleListView, TaskRuleView
from dispatch.api.tasks import (
    TaskAcceptView,
    TaskArriveView,
    TaskDetailView,
    TaskDoneView,
    TaskListView,
    TaskRefuseView,
    TaskReportArrivalView,
    TaskSeeView,
)

urlpatterns = [
    path("tasks", TaskListView.as_view(), name="tasks"),
    path("tasks/<int:task_id>", TaskDetailView.as_view(), name="task"),
    path("tasks/<int:task_id>/moves/see", TaskSeeView.as_view(), name="task_see"),
    path("tasks/<int:task_id>/moves/accept", TaskAcceptView.as_view(), name="task_accept"),
    path("tasks/<int:task_id>/moves/arrive", TaskArriveView.as_view(), name="task_arrive"),
    path("tasks/<int:task_id>/moves/report_arrival", TaskReportArrivalView.as_view(), name="task_report_arrival"),
    path("tasks/<int:task_id>/moves/done", TaskDoneView.as_view(), name="task_done"),
    path("tasks/<int:task_id>/moves/refuse", TaskRefuseView.as_view(), name="task_refuse"),
    path("task-rules", TaskRuleListView.as_view(), name="task_rules"),
    path("task-rules/history", TaskRuleHistoryView.as_view(), name="task_rule_history"),
    path("task-rules/<slug:kind>", TaskRuleView.as_view(), name="task_rule"),
    path("task-rules/<slug:kind>/sign-ins", SignInsView.as_view(), name="task_rule_sign_ins"),
    path("responders/near", RespondersNearView.as_view(), name="responders_near"),
    path("positions", PositionsView.as_view(), name="positions"),
]
