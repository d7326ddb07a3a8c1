"""What may happen without a person, over HTTP: figures, limits, the switch, and a rehearsal on the past."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api.idempotency import idempotent
from core.api.requests import actor_of
from core.errors import NotFound
from events.actions.automation import AutomationContent, switch_automation, write_automation
from events.api import automation_inputs as i
from events.api.answers import inputs
from events.automation_shapes import AutomationList, AutomationPreview, AutomationShape
from events.models import Alert
from events.queries.automation_list import automation_list, one_automation
from events.queries.rehearsal import preview
from events.routing_policies import require_reader

LIMITS = ("min_precision", "min_sample", "window_days", "audit_percent")


class AutomationListView(APIView):
    """Every source × rule with its measured precision, and whether and why not it may be automatic."""

    @extend_schema(operation_id="automation_list", responses=AutomationList)
    def get(self, request: Request) -> Response:
        actor = actor_of(request)
        require_reader(actor)
        return Response(automation_list(actor))


class AutomationView(APIView):
    @extend_schema(operation_id="automation_get", responses=AutomationShape)
    def get(self, request: Request, source: str, rule: str) -> Response:
        actor = actor_of(request)
        require_reader(actor)
        return Response(one_automation(source, rule, actor))

    @extend_schema(operation_id="automation_write", request=i.AutomationInput, responses=AutomationShape)
    @idempotent
    def put(self, request: Request, source: str, rule: str) -> Response:
        actor, values = actor_of(request), inputs(i.AutomationInput, request.data)
        version = values.pop("version")
        content = AutomationContent(**values)
        write_automation(source=_known(source), rule=rule, actor=actor, version=version, content=content)
        return Response(one_automation(source, rule, actor))


class AutomationSwitchView(APIView):
    @extend_schema(operation_id="automation_switch", request=i.SwitchAutomationInput, responses=AutomationShape)
    @idempotent
    def post(self, request: Request, source: str, rule: str) -> Response:
        actor = actor_of(request)
        switch_automation(source=source, rule=rule, actor=actor, **inputs(i.SwitchAutomationInput, request.data))
        return Response(one_automation(source, rule, actor))


class AutomationPreviewView(APIView):
    """What would have been automatic in the last days, and how much of it people dismissed."""

    @extend_schema(operation_id="automation_preview", parameters=[i.PreviewQuery], responses=AutomationPreview)
    def get(self, request: Request, source: str, rule: str) -> Response:
        actor = actor_of(request)
        require_reader(actor)
        asked = inputs(i.PreviewQuery, request.query_params)
        saved = one_automation(_known(source), rule, actor)
        limits = {name: asked.get(name, saved[name]) for name in LIMITS}
        return Response(preview(source=source, rule=rule, actor=actor, days=asked["days"], **limits))


def _known(source: str) -> str:
    """Only machines raise alerts."""
    if source not in Alert.Source.values:
        raise NotFound()
    return source
