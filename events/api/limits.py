"""Limits, bounds of similarity and steps of escalation over HTTP."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.site_policies import may_set, require_reader
from core.actor import Actor
from core.api.idempotency import idempotent
from core.api.requests import actor_of
from core.deadlines.arithmetic import LimitType
from events.actions.limits import drop_similarity, set_limit, set_similarity, set_steps
from events.api.answers import inputs, speaks_english
from events.limit_shapes import LimitBook, LimitHistory
from events.queries.limits import limit_groups, limit_history, similarity_rows, step_plans
from events.rules.escalation import CLOCKS_OF, MOST_STEPS, Step, Way
from events.rules.limits import Unit

Input = serializers.Serializer[Any]
LARGEST = 2**31 - 1
"""What is too large for a limit is said by its rule; this is what a column holds."""


class _Version(Input):
    version = serializers.IntegerField(min_value=0, max_value=LARGEST, help_text="0: nobody has set it yet")


class SetLimitInput(_Version):
    measure = serializers.ChoiceField(choices=[one.value for one in (*LimitType, *Unit)])
    amount = serializers.DecimalField(max_digits=14, decimal_places=6)


class SetSimilarityInput(_Version):
    type_code = serializers.CharField(max_length=48, required=False, allow_blank=True, default="")
    metres = serializers.IntegerField(min_value=-LARGEST, max_value=LARGEST)
    hours = serializers.IntegerField(min_value=-LARGEST, max_value=LARGEST)


class DropSimilarityInput(_Version):
    type_code = serializers.CharField(max_length=48)


class StepInput(Input):
    percent = serializers.IntegerField(min_value=-LARGEST, max_value=LARGEST)
    step = serializers.ChoiceField(choices=[step.value for step in Step])
    urgent = serializers.BooleanField(required=False, default=True)
    supervises = serializers.BooleanField(required=False, default=False)


class SetStepsInput(_Version):
    subject_kind = serializers.ChoiceField(choices=list(CLOCKS_OF))
    clock = serializers.CharField(max_length=32)
    steps = serializers.ListField(
        child=StepInput(), max_length=4 * MOST_STEPS, help_text="none: the usual steps hold again"
    )


def _book(actor: Actor, *, english: bool) -> dict[str, Any]:
    return {
        "groups": limit_groups(english=english),
        "similarity": similarity_rows(),
        "plans": step_plans(english=english),
        "may_edit": may_set(actor),
    }


class LimitBookView(APIView):
    """Everything that is set for the lifecycle, and what is usual."""

    @extend_schema(operation_id="limits_list", responses=LimitBook)
    def get(self, request: Request) -> Response:
        actor = actor_of(request)
        require_reader(actor)
        return Response(_book(actor, english=speaks_english(request)))


class LimitView(APIView):
    """One limit; clocks that run already keep theirs."""

    @extend_schema(operation_id="limits_set", request=SetLimitInput, responses=LimitBook)
    @idempotent
    def put(self, request: Request, kind: str) -> Response:
        actor = actor_of(request)
        set_limit(kind=kind, actor=actor, **inputs(SetLimitInput, request.data))
        return Response(_book(actor, english=speaks_english(request)))


class SimilarityView(APIView):
    """Within how many metres and hours two events may be one matter."""

    @extend_schema(operation_id="similarity_set", request=SetSimilarityInput, responses=LimitBook)
    @idempotent
    def put(self, request: Request) -> Response:
        actor = actor_of(request)
        set_similarity(actor=actor, **inputs(SetSimilarityInput, request.data))
        return Response(_book(actor, english=speaks_english(request)))


class SimilarityDropView(APIView):
    """The type has no bounds of its own any more."""

    @extend_schema(operation_id="similarity_drop", request=DropSimilarityInput, responses=LimitBook)
    @idempotent
    def post(self, request: Request) -> Response:
        actor = actor_of(request)
        drop_similarity(actor=actor, **inputs(DropSimilarityInput, request.data))
        return Response(_book(actor, english=speaks_english(request)))


class StepsView(APIView):
    """Who is told of a clock at which part of its limit, and how."""

    @extend_schema(operation_id="escalation_steps_set", request=SetStepsInput, responses=LimitBook)
    @idempotent
    def put(self, request: Request) -> Response:
        actor, values = actor_of(request), inputs(SetStepsInput, request.data)
        ways = [Way(one["percent"], Step(one["step"]), one["urgent"], one["supervises"]) for one in values.pop("steps")]
        set_steps(actor=actor, ways=ways, **values)
        return Response(_book(actor, english=speaks_english(request)))


class LimitHistoryView(APIView):
    """Who set what, newest first."""

    @extend_schema(operation_id="limits_history", responses=LimitHistory)
    def get(self, request: Request) -> Response:
        require_reader(actor_of(request))
        return Response({"items": limit_history(english=speaks_english(request))})
