"""Models over HTTP: what there is and what runs it, a site's own from telling to switching on, and who uses which."""

from collections.abc import Mapping
from typing import IO, Any

from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api.idempotency import idempotent
from core.api.problems import language_of
from core.api.requests import actor_of
from events.api.media import send_file
from video.actions.model_uses import choose_model
from video.actions.own_models import edit_model, remove_model, send_model, switch_model, tell_of_model, try_again
from video.actions.plates import ask_plate
from video.api.cameras import body_of
from video.api.model_serializers import (
    ChosenModelSerializer,
    ModelChangesSerializer,
    NewModelSerializer,
    PlateAskingSerializer,
    SwitchSerializer,
)
from video.model_shapes import ModelBook, ModelRow, PlateAnswer, PlateTypes, UseAnswer
from video.models import OwnModel
from video.policies import require_model_reader
from video.queries.models import model_book, own_model, own_row, trial_picture, video_workers
from video.queries.plates import types_with_plates


class BareFile(BaseParser):
    """The body as it comes, in pieces: a model is never held in memory whole."""

    media_type = "application/octet-stream"

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        return {}


def _answer(model: OwnModel, request: Request, code: int = status.HTTP_200_OK) -> Response:
    row = own_row(model, language_of(request._request), may_edit=True, workers=video_workers())
    return Response(row.model_dump(mode="json"), status=code)


class ModelListView(APIView):
    """All models, what runs them, and where they are used."""

    @extend_schema(operation_id="models_list", responses=ModelBook)
    def get(self, request: Request) -> Response:
        actor = actor_of(request)
        require_model_reader(actor)
        return Response(model_book(actor, language_of(request._request)).model_dump(mode="json"))

    @extend_schema(operation_id="models_tell", request=NewModelSerializer, responses={201: ModelRow})
    @idempotent
    def post(self, request: Request) -> Response:
        model = tell_of_model(actor=actor_of(request), **body_of(NewModelSerializer, request))
        return _answer(model, request, status.HTTP_201_CREATED)


class ModelView(APIView):
    """One of the site's own models."""

    @extend_schema(operation_id="models_edit", request=ModelChangesSerializer, responses=ModelRow)
    @idempotent
    def patch(self, request: Request, model_id: int) -> Response:
        changes = dict(body_of(ModelChangesSerializer, request, partial=True))
        version = changes.pop("version", None)
        actor = actor_of(request)
        return _answer(edit_model(model_id=model_id, changes=changes, actor=actor, version=version), request)

    @extend_schema(operation_id="models_remove", responses={204: None})
    @idempotent
    def delete(self, request: Request, model_id: int) -> Response:
        remove_model(model_id=model_id, actor=actor_of(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


class ModelFileView(APIView):
    """The file of a model. Sending the same file again is the same; there is no key to it."""

    parser_classes = [BareFile]

    @extend_schema(
        operation_id="models_send",
        request={"application/octet-stream": OpenApiTypes.BINARY},
        responses={202: ModelRow},
    )
    def put(self, request: Request, model_id: int) -> Response:
        announced = int(request.META.get("CONTENT_LENGTH") or 0)
        model = send_model(model_id=model_id, stream=request._request, announced=announced, actor=actor_of(request))
        return _answer(model, request, status.HTTP_202_ACCEPTED)


class ModelTrialView(APIView):
    """The model is tried once more."""

    @extend_schema(operation_id="models_try", request=None, responses={202: ModelRow})
    @idempotent
    def post(self, request: Request, model_id: int) -> Response:
        model = try_again(model_id=model_id, actor=actor_of(request))
        return _answer(model, request, status.HTTP_202_ACCEPTED)


class ModelSwitchView(APIView):
    """A tried model becomes usable, or is taken from the workers."""

    @extend_schema(operation_id="models_switch", request=SwitchSerializer, responses=ModelRow)
    @idempotent
    def post(self, request: Request, model_id: int) -> Response:
        body = body_of(SwitchSerializer, request)
        model = switch_model(model_id=model_id, on=body["on"], actor=actor_of(request), version=body.get("version"))
        return _answer(model, request)


class ModelPictureView(APIView):
    """A picture the model was tried on, faces hidden, with the boxes it saw."""

    @extend_schema(operation_id="models_picture", responses={(200, "image/jpeg"): OpenApiTypes.BINARY})
    def get(self, request: Request, model_id: int, number: int) -> HttpResponseBase:
        require_model_reader(actor_of(request))
        own_model(model_id)
        response = send_file(request._request, trial_picture(model_id, number), "image/jpeg")
        response["Cache-Control"] = "private, max-age=3600"
        return response


class ModelUseView(APIView):
    """Which detector is used where."""

    @extend_schema(operation_id="model_uses_choose", request=ChosenModelSerializer, responses=UseAnswer)
    @idempotent
    def post(self, request: Request) -> Response:
        body = body_of(ChosenModelSerializer, request)
        camera, algorithm, model = body.get("camera"), body.get("algorithm", ""), body["model"]
        choose_model(model=model, camera_id=camera, algorithm=algorithm, actor=actor_of(request))
        return Response(UseAnswer(camera=camera, algorithm=algorithm, model=model).model_dump(mode="json"))


class PlateTypesView(APIView):
    """Where a page offers to read a plate."""

    @extend_schema(operation_id="plates_types", responses=PlateTypes)
    def get(self, request: Request) -> Response:
        return Response(PlateTypes(types=types_with_plates(actor_of(request))).model_dump(mode="json"))


class PlateView(APIView):
    """The plate of the vehicle of an alert, where an enforcement scenario asks for it. It is answered and not kept."""

    @extend_schema(operation_id="alerts_plate", request=PlateAskingSerializer, responses=PlateAnswer)
    def post(self, request: Request, alert_id: int) -> Response:
        body = body_of(PlateAskingSerializer, request)
        plate, vehicle = ask_plate(alert_id=alert_id, purpose=body["purpose"], actor=actor_of(request))
        answer = PlateAnswer(plate=plate.text, score=round(plate.score, 3), why=plate.why if vehicle else "no_vehicle")
        response = Response(answer.model_dump(mode="json"))
        response["Cache-Control"] = "no-store"
        return response
