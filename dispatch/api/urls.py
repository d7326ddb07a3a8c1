from django.urls import path

from dispatch.api.field import PositionsView, RespondersNearView
from dispatch.api.grid_teams import (
    CoverageGapsView,
    DutyEntryView,
    DutyListsView,
    GridTeamMembersView,
    GridTeamMemberView,
    GridTeamView,
)
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
    path("grid-teams", GridTeamView.as_view(), name="grid_team"),
    path("grid-teams/members", GridTeamMembersView.as_view(), name="grid_team_members"),
    path("grid-teams/members/<int:member_id>", GridTeamMemberView.as_view(), name="grid_team_member"),
    path("responsibility/gaps", CoverageGapsView.as_view(), name="responsibility_gaps"),
    path("duty-lists", DutyListsView.as_view(), name="duty_lists"),
    path("duty-lists/<int:entry_id>", DutyEntryView.as_view(), name="duty_entry"),
    path("positions", PositionsView.as_view(), name="positions"),
]
