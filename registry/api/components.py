"""Components over HTTP: lists, one in full, its history, what stands near, and the writes."""

from typing import Any

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.actor import Actor
from core.api.idempotency import idempotent
from core.api.pages import page_of
from core.api.requests import actor_of
from core.clock import local, now
from registry.actions.components import (
    change_component_state,
    edit_component,
    register_component,
    relocate_component,
)
from registry.api.inputs import (
    ComponentCreateInput,
    ComponentEditInput,
    ComponentListQuery,
    ComponentRelocateInput,
    ComponentStateInput,
    DueQuery,
    NearQuery,
)
from registry.component_policies import is_steward
from registry.component_shapes import (
    ComponentDetail,
    ComponentHistory,
    ComponentList,
    ComponentTypeList,
    ComponentTypeRow,
    NearComponents,
)
from registry.models import Component, ComponentType
from registry.queries.components import detail_of, history_of, listed, near, rows_of, visible_component


def checked(serializer: type[serializers.Serializer[Any]], data: Any) -> dict[str, Any]:
    given = serializer(data=data)
    given.is_valid(raise_exception=True)
    return dict(given.validated_data)


def _answer(component: Component, actor: Actor) -> Response:
    return Response(detail_of(component, actor).model_dump(mode="json"))


class ComponentTypesView(APIView):
    """The kinds of components there are."""

    @extend_schema(operation_id="component_types", responses=ComponentTypeList)
    def get(self, request: Request) -> Response:
        kinds = ComponentType.objects.current()
        items = [
            ComponentTypeRow.model_validate({n: getattr(k, n) for n in ComponentTypeRow.model_fields}) for k in kinds
        ]
        told = ComponentTypeList(
            items=items, code_split=settings.COMPONENT_CODE_SPLIT, may_edit=is_steward(actor_of(request))
        )
        return Response(told.model_dump(mode="json"))


class ComponentListView(APIView):
    @extend_schema(operation_id="components_list", parameters=[ComponentListQuery], responses=ComponentList)
    def get(self, request: Request) -> Response:
        query = checked(ComponentListQuery, request.query_params)
        narrowed = {key: value for key, value in query.items() if key not in {"cursor", "limit"}}
        page = page_of(listed(actor_of(request), **narrowed), request, order=("code",), shape=rows_of)
        return Response(ComponentList(items=page.items, next=page.next).model_dump(mode="json"))

    @extend_schema(operation_id="components_register", request=ComponentCreateInput, responses={201: ComponentDetail})
    @idempotent
    def post(self, request: Request) -> Response:
        actor = actor_of(request)
        answer = _answer(register_component(actor=actor, **checked(ComponentCreateInput, request.data)), actor)
        answer.status_code = status.HTTP_201_CREATED
        return answer


class ComponentsDueView(APIView):
    """Whose inspection is due, the longest due first."""

    @extend_schema(operation_id="components_due", parameters=[DueQuery], responses=ComponentList)
    def get(self, request: Request) -> Response:
        query = checked(DueQuery, request.query_params)
        until = query.get("until") or local(now()).date()
        rows = listed(actor_of(request), area_path=query.get("area_path", ""), due_by=until)
        page = page_of(rows, request, order=("inspection_due", "code"), shape=rows_of)
        return Response(ComponentList(items=page.items, next=page.next).model_dump(mode="json"))


class ComponentsNearView(APIView):
    """What stands near a point, nearest first: a report proposes it."""

    @extend_schema(operation_id="components_near", parameters=[NearQuery], responses=NearComponents)
    def get(self, request: Request) -> Response:
        items = near(actor_of(request), **checked(NearQuery, request.query_params))
        return Response(NearComponents(items=items).model_dump(mode="json"))


class ComponentView(APIView):
    @extend_schema(operation_id="components_get", responses=ComponentDetail)
    def get(self, request: Request, component_id: int) -> Response:
        actor = actor_of(request)
        return _answer(visible_component(actor, component_id), actor)

    @extend_schema(operation_id="components_edit", request=ComponentEditInput, responses=ComponentDetail)
    @idempotent
    def put(self, request: Request, component_id: int) -> Response:
        actor = actor_of(request)
        visible_component(actor, component_id)
        values = checked(ComponentEditInput, request.data)
        return _answer(edit_component(component_id=component_id, actor=actor, **values), actor)


class ComponentRelocateView(APIView):
    @extend_schema(operation_id="components_relocate", request=ComponentRelocateInput, responses=ComponentDetail)
    @idempotent
    def post(self, request: Request, component_id: int) -> Response:
        actor = actor_of(request)
        visible_component(actor, component_id)
        values = checked(ComponentRelocateInput, request.data)
        return _answer(relocate_component(component_id=component_id, actor=actor, **values), actor)


class ComponentStateView(APIView):
    @extend_schema(operation_id="components_change_state", request=ComponentStateInput, responses=ComponentDetail)
    @idempotent
    def post(self, request: Request, component_id: int) -> Response:
        actor = actor_of(request)
        visible_component(actor, component_id)
        values = checked(ComponentStateInput, request.data)
        return _answer(change_component_state(component_id=component_id, actor=actor, **values), actor)


class ComponentHistoryView(APIView):
    """Everything that was ever done to it, oldest first."""

    @extend_schema(operation_id="components_history", responses=ComponentHistory)
    def get(self, request: Request, component_id: int) -> Response:
        component = visible_component(actor_of(request), component_id)
        return Response(ComponentHistory(items=history_of(component)).model_dump(mode="json"))
