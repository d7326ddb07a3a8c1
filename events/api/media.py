"""Uploading, and serving attachments through their owner's scope."""

from io import SEEK_END
from typing import IO

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api.idempotency import idempotent
from core.api.requests import actor_of
from core.errors import Invalid, NotFound
from core.files import below_media, open_file, store
from events.actions.uploads import require_size, store_photo
from events.api.event_inputs import UploadInput
from events.api.ranges import ranged
from events.models import Attachment
from events.queries.rows import attachment_shape
from events.shapes import Upload

FORM_OVERHEAD = 64 * 1024
ACCEL_PREFIX = "/_media/"


class UploadView(APIView):
    """A photo, before it belongs to anything."""

    parser_classes = [MultiPartParser]

    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        """A body that is too large is refused before it is read."""
        super().initial(request, *args, **kwargs)
        require_size(int(request.META.get("CONTENT_LENGTH") or 0) - FORM_OVERHEAD)

    @extend_schema(
        operation_id="uploads_create",
        request={"multipart/form-data": UploadInput},
        responses={201: Upload},
    )
    @idempotent
    def post(self, request: Request) -> Response:
        file = request.FILES.get("file")
        if file is None or isinstance(file, list):
            problem = {
                "field": "file",
                "code": "required",
                "message_zh": "请选择一张照片。",
                "message_en": "Choose a photo.",
            }
            raise Invalid(errors=[problem])
        photo = store_photo(file=file, size=file.size or 0, actor=actor_of(request))
        shape = attachment_shape(photo)
        body = {"id": photo.pk, "url": shape["url"], "thumb_url": shape["thumb_url"]}
        picture = {"width": photo.width, "height": photo.height, "sha256": photo.sha256}
        return Response({**body, **picture}, status=status.HTTP_201_CREATED)


@extend_schema(exclude=True)
class MediaView(APIView):
    """The file of an attachment, or its thumbnail; hidden ones are not found."""

    def get(self, request: Request, attachment_id: int, thumb: bool = False) -> HttpResponseBase:
        found = Attachment.objects.visible_to(actor_of(request)).filter(pk=attachment_id).first()
        path = (found.thumb_path if thumb else found.path) if found else ""
        if found is None or not path:
            raise NotFound()
        content_type = "image/jpeg" if thumb else found.content_type
        return send_file(request._request, path, content_type)


def send_file(request: HttpRequest, path: str, content_type: str, *, save_as: str = "") -> HttpResponseBase:
    """A file below the media folder: sent by the front where there is one, else by Django with ranges. One that lies
    in the site's store comes from there through Django, so that nobody is ever given an address of the store. With a
    name it is for saving, not for looking at.
    """
    response: HttpResponseBase
    if settings.FRONT_ACCEL and (store() is None or below_media(path)):
        response = HttpResponse(content_type=content_type)
        response["X-Accel-Redirect"] = ACCEL_PREFIX + path
    else:
        file = open_file(path)
        if file is None:
            raise NotFound()
        response = _sent(request, file, content_type)
    response["Cache-Control"] = "private, max-age=3600"
    response["Content-Disposition"] = content_disposition_header(bool(save_as), save_as) or "inline"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _sent(request: HttpRequest, file: IO[bytes], content_type: str) -> HttpResponseBase:
    response: HttpResponseBase | None = ranged(request, file, content_type)
    if response is not None:
        file.close()
    else:
        size = file.seek(0, SEEK_END)
        file.seek(0)
        response = FileResponse(file, content_type=content_type, headers={"Content-Length": size})
    response["Accept-Ranges"] = "bytes"
    return response
