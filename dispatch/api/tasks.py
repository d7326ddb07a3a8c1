"""Field tasks over HTTP: my list, one task, and the moves of the one who holds it."""

from collections.abc import Mapping
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.actor import Actor
from core.api.idempotency import idempotent
from core.api.pages import PageQuery, page_of
from core.api.problems import language_of
from core.api.requests import actor_of
from core.live.snapshot import position
from dispatch.actions import task_moves
from dispatch.api.serializers import (
    TaskAcceptSerializer,
    TaskArriveSerializer,
    TaskDoneSerializer,
    TaskListQuerySerializer,
    TaskRefuseSerializer,
    TaskReportArrivalSerializer,
    TaskSeeSerializer,
)
from dispatch.models import FieldTask
from dispatch.queries.subject_facts import ground_of_task
from dispatch.queries.tasks import allowed_moves, standing_at, task_rows, visible_task
from dispatch.rules.geofence import Fix
from dispatch.shapes import FieldTaskDetail, FieldTaskPage


def detail_of(task: FieldTask, request: Request) -> Response:
    actor, stream = actor_of(request), position()
    row = task_rows([task], seen_from=standing_at(actor))[0]
    moves = allowed_moves(task, actor, english=language_of(request) == "en")
    detail = FieldTaskDetail.model_validate(
        row.model_dump()
        | {
            "ground": ground_of_task(task),
            "allowed_moves": moves,
            "as_of": stream.as_of,
            "epoch": stream.epoch,
        }
    )
    return Response(detail.model_dump(mode="json"))


def body_of(serializer: type[serializers.Serializer[Any]], request: Request) -> Mapping[str, Any]:
    body = serializer(data=request.data)
    body.is_valid(raise_exception=True)
    values: Mapping[str, Any] = body.validated_data
    return values


def fix_of(body: Mapping[str, Any]) -> Fix | None:
    """The position in a body, where both coordinates are given."""
    if "lng" not in body or "lat" not in body:
        return None
    return Fix(body["lng"], body["lat"], 0.0 if body["pinned"] else body["accuracy_m"], body["pinned"])


class TaskListView(APIView):
    """The person's own tasks, newest first; with `everyone` all that the grants cover."""

    @extend_schema(operation_id="tasks_list", parameters=[PageQuery, TaskListQuerySerializer], responses=FieldTaskPage)
    def get(self, request: Request) -> Response:
        query = TaskListQuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        actor, stream = actor_of(request), position()
        tasks = FieldTask.objects.select_related("assignee")
        tasks = tasks.visible_to(actor) if query.validated_data["everyone"] else tasks.held_by(actor)
        if state := query.validated_data.get("state"):
            tasks = tasks.open() if state == "open" else tasks.ended()
        here = standing_at(actor)
        page = page_of(
            tasks,
            request,
            order=("-issued_at", "-id"),
            shape=lambda rows: task_rows(rows, seen_from=here),
        )
        body = FieldTaskPage(items=page.items, next=page.next, as_of=stream.as_of, epoch=stream.epoch)
        return Response(body.model_dump(mode="json"))


class TaskDetailView(APIView):
    """One task with its photos from before and the moves this person may make."""

    @extend_schema(operation_id="tasks_get", responses=FieldTaskDetail)
    def get(self, request: Request, task_id: int) -> Response:
        return detail_of(visible_task(task_id, actor_of(request)), request)


class TaskMoveView(APIView):
    """A move of the one who holds the task: each subclass names its body and its action."""

    body_type: type[serializers.Serializer[Any]]

    def perform(self, task_id: int, actor: Actor, body: Mapping[str, Any]) -> FieldTask:
        raise NotImplementedError

    def move(self, request: Request, task_id: int) -> Response:
        return detail_of(self.perform(task_id, actor_of(request), body_of(self.body_type, request)), request)


class TaskSeeView(TaskMoveView):
    """The assignee has opened the task."""

    body_type = TaskSeeSerializer

    def perform(self, task_id: int, actor: Actor, body: Mapping[str, Any]) -> FieldTask:
        return task_moves.see(task_id=task_id, version=body["version"], actor=actor)

    @extend_schema(operation_id="tasks_see", request=TaskSeeSerializer, responses=FieldTaskDetail)
    @idempotent
    def post(self, request: Request, task_id: int) -> Response:
        return self.move(request, task_id)


class TaskAcceptView(TaskMoveView):
    """The assignee takes the task."""

    body_type = TaskAcceptSerializer

    def perform(self, task_id: int, actor: Actor, body: Mapping[str, Any]) -> FieldTask:
        return task_moves.accept(task_id=task_id, version=body["version"], actor=actor)

    @extend_schema(operation_id="tasks_accept", request=TaskAcceptSerializer, responses=FieldTaskDetail)
    @idempotent
    def post(self, request: Request, task_id: int) -> Response:
        return self.move(request, task_id)


class TaskArriveView(TaskMoveView):
    """The assignee signs in at the place; 422 `outside_geofence` with the distance where the fix is too far away."""

    body_type = TaskArriveSerializer

    def perform(self, task_id: int, actor: Actor, body: Mapping[str, Any]) -> FieldTask:
        fix = Fix(body["lng"], body["lat"], 0.0 if body["pinned"] else body["accuracy_m"], body["pinned"])
        return task_moves.arrive(task_id=task_id, version=body["version"], actor=actor, fix=fix)

    @extend_schema(operation_id="tasks_arrive", request=TaskArriveSerializer, responses=FieldTaskDetail)
    @idempotent
    def post(self, request: Request, task_id: int) -> Response:
        return self.move(request, task_id)


class TaskReportArrivalView(TaskMoveView):
    """The desk heard that the responder has arrived; 409 `no_recent_fix` where that will not do."""

    body_type = TaskReportArrivalSerializer

    def perform(self, task_id: int, actor: Actor, body: Mapping[str, Any]) -> FieldTask:
        return task_moves.report_arrival(task_id=task_id, version=body["version"], actor=actor)

    @extend_schema(operation_id="tasks_report_arrival", request=TaskReportArrivalSerializer, responses=FieldTaskDetail)
    @idempotent
    def post(self, request: Request, task_id: int) -> Response:
        return self.move(request, task_id)


class TaskDoneView(TaskMoveView):
    """The assignee hands in the result; the subject moves with it."""

    body_type = TaskDoneSerializer

    def perform(self, task_id: int, actor: Actor, body: Mapping[str, Any]) -> FieldTask:
        outcome = task_moves.Outcome(
            passed=body["passed"], note=body["note"], attachment_ids=body["attachment_ids"], fix=fix_of(body)
        )
        return task_moves.done(task_id=task_id, version=body["version"], actor=actor, outcome=outcome)

    @extend_schema(operation_id="tasks_done", request=TaskDoneSerializer, responses=FieldTaskDetail)
    @idempotent
    def post(self, request: Request, task_id: int) -> Response:
        return self.move(request, task_id)


class TaskRefuseView(TaskMoveView):
    """The assignee cannot do it and says why."""

    body_type = TaskRefuseSerializer

    def perform(self, task_id: int, actor: Actor, body: Mapping[str, Any]) -> FieldTask:
        return task_moves.refuse(task_id=task_id, version=body["version"], actor=actor, reason=body["reason"])

    @extend_schema(operation_id="tasks_refuse", request=TaskRefuseSerializer, responses=FieldTaskDetail)
    @idempotent
    def post(self, request: Request, task_id: int) -> Response:
        return self.move(request, task_id)
