from django.urls import path

from dispatch.api.field import PositionsView, RespondersNearView
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
    path("responders/near", RespondersNearView.as_view(), name="responders_near"),
    path("positions", PositionsView.as_view(), name="positions"),
]
