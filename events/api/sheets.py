"""Sheets over HTTP: sent as a file, and taken in whole or not at all."""

from django.http import HttpResponse
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.views import APIView

from events.errors import FileTooLarge
from events.sheets.books import CONTENT_TYPE
from events.sheets.reading import MEBIBYTE, MOST_BYTES

FORM_OVERHEAD = 64 * 1024


def workbook_answer(content: bytes, name: str) -> HttpResponse:
    """A workbook to be saved under this name, as it stands now."""
    answer = HttpResponse(content, content_type=CONTENT_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer


class ImportView(APIView):
    """A sheet of at most 5,000 rows and 4 MB is read within the request: no job, no waiting."""

    parser_classes = [MultiPartParser]

    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        """A body that is too large is refused before it is read."""
        super().initial(request, *args, **kwargs)
        if int(request.META.get("CONTENT_LENGTH") or 0) - FORM_OVERHEAD > MOST_BYTES:
            raise FileTooLarge(limit_mb=MOST_BYTES // MEBIBYTE)
