"""Main classes over HTTP: each answer is the whole catalogue, because its types change with them."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api.idempotency import idempotent
from core.api.requests import actor_of
from events.actions.main_classes import create_main_class, rename_main_class, restore_main_class, retire_main_class
from events.api.answers import inputs
from events.api.catalogue_inputs import (
    CatalogueRestoreInput,
    CatalogueRetireInput,
    MainClassInput,
    RenameMainClassInput,
)
from events.catalogue_policies import may_edit
from events.catalogue_shapes import CatalogueList
from events.queries.event_types import type_list


def _whole(request: Request) -> dict[str, Any]:
    return {**type_list(), "may_edit": may_edit(actor_of(request))}


class MainClassListView(APIView):
    """A main class that the catalogue did not have."""

    @extend_schema(operation_id="main_classes_create", request=MainClassInput, responses={201: CatalogueList})
    @idempotent
    def post(self, request: Request) -> Response:
        create_main_class(actor=actor_of(request), **inputs(MainClassInput, request.data))
        return Response(_whole(request), status=status.HTTP_201_CREATED)


class MainClassView(APIView):
    """Another name, for the class and for every type in it."""

    @extend_schema(operation_id="main_classes_rename", request=RenameMainClassInput, responses=CatalogueList)
    @idempotent
    def put(self, request: Request, category: str, code: str) -> Response:
        told = inputs(RenameMainClassInput, request.data)
        rename_main_class(category=category, code=code, actor=actor_of(request), **told)
        return Response(_whole(request))


class MainClassRetireView(APIView):
    """Out of force: no type can be put into it any more."""

    @extend_schema(operation_id="main_classes_retire", request=CatalogueRetireInput, responses=CatalogueList)
    @idempotent
    def post(self, request: Request, category: str, code: str) -> Response:
        told = inputs(CatalogueRetireInput, request.data)
        retire_main_class(category=category, code=code, actor=actor_of(request), **told)
        return Response(_whole(request))


class MainClassRestoreView(APIView):
    """A retired main class comes back as it was."""

    @extend_schema(operation_id="main_classes_restore", request=CatalogueRestoreInput, responses=CatalogueList)
    @idempotent
    def post(self, request: Request, category: str, code: str) -> Response:
        told = inputs(CatalogueRestoreInput, request.data)
        restore_main_class(category=category, code=code, actor=actor_of(request), **told)
        return Response(_whole(request))
