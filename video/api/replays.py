"""What a change would do, over HTTP: replays of the past, and zones on trial."""

from typing import Any

from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api.idempotency import idempotent
from core.api.problems import language_of
from core.api.requests import actor_of
from events.api.answers import inputs
from events.api.media import send_file
from video.actions.replays import ask_replay, cancel_replay
from video.actions.trials import start_trial, switch_on
from video.api.cameras import body_of
from video.api.zone_serializers import ZoneFieldsSerializer
from video.api.zones import zone_answer
from video.errors import StillNotThere
from video.queries.cameras import visible_camera
from video.queries.replays import replay_detail, replay_list, visible_replay
from video.queries.trials import trial_list, trial_report, visible_finding, visible_trial
from video.replay_shapes import ReplayDetail, ReplayList, ZoneTrialList, ZoneTrialReport
from video.zone_shapes import ZoneRow


class CandidateSerializer(ZoneFieldsSerializer):
    """What differs from the zone in force; all of it where there is none."""

    name = serializers.CharField(max_length=60, required=False)
    polygon = serializers.ListField(
        child=serializers.ListField(child=serializers.FloatField(), min_length=2, max_length=2), required=False
    )
    algorithm = serializers.CharField(max_length=40, required=False)


class ZoneReplayInput(serializers.Serializer[Any]):
    zone_id = serializers.IntegerField(min_value=1, max_value=2**63 - 1, required=False, allow_null=True)
    zone = CandidateSerializer()
    days = serializers.IntegerField(min_value=1, max_value=31, default=3)


class ZoneTrialInput(serializers.Serializer[Any]):
    compares_with = serializers.IntegerField(min_value=1, max_value=2**63 - 1, required=False, allow_null=True)
    zone = CandidateSerializer()


class SwitchOnInput(serializers.Serializer[Any]):
    """`replaces`: the zone it was compared with is switched off."""

    replaces = serializers.BooleanField(default=True)


class TrialReportQuery(serializers.Serializer[Any]):
    days = serializers.IntegerField(min_value=1, max_value=31, default=7)


class CameraReplaysView(APIView):
    """Zones as they might be, run over what the camera saw."""

    @extend_schema(operation_id="replays_list", responses=ReplayList)
    def get(self, request: Request, camera_id: int) -> Response:
        actor = actor_of(request)
        return Response(replay_list(visible_camera(actor, camera_id), actor).model_dump(mode="json"))

    @extend_schema(operation_id="replays_ask", request=ZoneReplayInput, responses={202: ReplayDetail})
    @idempotent
    def post(self, request: Request, camera_id: int) -> Response:
        actor = actor_of(request)
        camera = visible_camera(actor, camera_id)
        asked = body_of(ZoneReplayInput, request)
        job = ask_replay(
            camera_id=camera.pk,
            zone_id=asked.get("zone_id"),
            changes=asked["zone"],
            days=asked["days"],
            actor=actor,
        )
        return Response(replay_detail(job.pk, actor).model_dump(mode="json"), status=status.HTTP_202_ACCEPTED)


class ReplayView(APIView):
    """One replay: how far it is, and what it found."""

    @extend_schema(operation_id="replays_get", responses=ReplayDetail)
    def get(self, request: Request, replay_id: int) -> Response:
        return Response(replay_detail(replay_id, actor_of(request)).model_dump(mode="json"))


class ReplayCancelView(APIView):
    """It is not needed any more."""

    @extend_schema(operation_id="replays_cancel", request=None, responses=ReplayDetail)
    @idempotent
    def post(self, request: Request, replay_id: int) -> Response:
        actor = actor_of(request)
        cancel_replay(replay_id=visible_replay(replay_id, actor).pk, actor=actor)
        return Response(replay_detail(replay_id, actor).model_dump(mode="json"))


class CameraTrialsView(APIView):
    """A zone that watches and raises nothing."""

    @extend_schema(operation_id="trials_start", request=ZoneTrialInput, responses={201: ZoneRow})
    @idempotent
    def post(self, request: Request, camera_id: int) -> Response:
        actor = actor_of(request)
        camera = visible_camera(actor, camera_id)
        asked = body_of(ZoneTrialInput, request)
        zone = start_trial(
            camera_id=camera.pk, compares_with=asked.get("compares_with"), changes=asked["zone"], actor=actor
        )
        return zone_answer(zone, request, status.HTTP_201_CREATED)


class TrialListView(APIView):
    """Zones on trial."""

    @extend_schema(operation_id="trials_list", responses=ZoneTrialList)
    def get(self, request: Request) -> Response:
        return Response(trial_list(actor_of(request), language_of(request._request)).model_dump(mode="json"))


class TrialView(APIView):
    """A zone on trial against the one in force."""

    @extend_schema(operation_id="trials_report", parameters=[TrialReportQuery], responses=ZoneTrialReport)
    def get(self, request: Request, zone_id: int) -> Response:
        actor = actor_of(request)
        days = inputs(TrialReportQuery, request.query_params)["days"]
        report = trial_report(visible_trial(zone_id, actor), actor, language_of(request._request), days=days)
        return Response(report.model_dump(mode="json"))


class SwitchOnView(APIView):
    """From now on it raises alerts."""

    @extend_schema(operation_id="trials_switch_on", request=SwitchOnInput, responses=ZoneRow)
    @idempotent
    def post(self, request: Request, zone_id: int) -> Response:
        actor = actor_of(request)
        zone = visible_trial(zone_id, actor)
        replaces = body_of(SwitchOnInput, request)["replaces"]
        return zone_answer(switch_on(zone_id=zone.pk, actor=actor, replaces=replaces), request)


class TrialStillView(APIView):
    """What a zone on trial found, heads and faces hidden."""

    @extend_schema(operation_id="trials_still", responses={(200, "image/jpeg"): OpenApiTypes.BINARY})
    def get(self, request: Request, finding_id: int) -> HttpResponseBase:
        found = visible_finding(finding_id, actor_of(request))
        if found.still is None:
            raise StillNotThere()
        return send_file(request._request, found.still.path, found.still.content_type)
