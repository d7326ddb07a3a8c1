"""Standard texts over HTTP: for whoever writes them every day."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from events.models import ReplyTemplate
from events.shapes import ReplyTemplateList, ReplyTemplateShape


class ReplyTemplateListView(APIView):
    """All texts in use, in the order they are offered; the page picks those that fit the move and the type."""

    @extend_schema(operation_id="reply_templates_list", responses=ReplyTemplateList)
    def get(self, request: Request) -> Response:
        rows = ReplyTemplate.objects.filter(is_active=True).values("id", "move", "type_code", "name", "text")
        items = [ReplyTemplateShape.model_validate(row) for row in rows]
        return Response(ReplyTemplateList(items=items).model_dump(mode="json"))
