"""Algorithms over HTTP: what a zone can be watched for, and what each way cannot see."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api.problems import language_of
from core.api.requests import actor_of
from video.queries.algorithms import algorithm_page, algorithm_shapes
from video.zone_shapes import AlgorithmList, AlgorithmPage


class AlgorithmListView(APIView):
    """What a zone can be watched for, and what each way cannot see."""

    @extend_schema(operation_id="algorithms_list", responses=AlgorithmList)
    def get(self, request: Request) -> Response:
        body = AlgorithmList(items=algorithm_shapes(language_of(request._request)))
        return Response(body.model_dump(mode="json"))


class AlgorithmView(APIView):
    """One algorithm: what it sees, its weaknesses, its model and licence, and where it is used."""

    @extend_schema(operation_id="algorithms_get", responses=AlgorithmPage)
    def get(self, request: Request, code: str) -> Response:
        body = algorithm_page(actor_of(request), code, language_of(request._request))
        return Response(body.model_dump(mode="json"))
