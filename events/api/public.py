"""The public's API: no session, no cookie, own limits. What it answers is in `events.public_shapes`."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.parsers import MultiPartParser
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.queries.site import site
from core.actor import CITIZEN
from core.api.throttles import AddressThrottle, address_digest, count
from core.errors import Invalid, NotFound
from events.actions.public_reports import Contact, PublicReport, Signs, submit_report
from events.actions.reporters import ask_again, me_too, rate
from events.actions.uploads import require_size, store_photo
from events.api.answers import inputs
from events.api.event_inputs import UploadInput
from events.api.media import FORM_OVERHEAD
from events.api.public_inputs import (
    AskAgainInput,
    ChallengeQuery,
    MeTooInput,
    PointQuery,
    PublicReportInput,
    RatingInput,
    SuggestionQuery,
)
from events.notices import link_of
from events.public_shapes import (
    Challenge,
    KindSuggestions,
    NearReports,
    PublicProgress,
    PublicReceipt,
    PublicSite,
    PublicUpload,
)
from events.queries.catalogue import catalogue
from events.queries.public_near import near_public
from events.queries.public_rules import public_rules, urgent_lists
from events.queries.public_track import track, window
from events.queries.suggestions import suggest
from events.receipts import (
    event_of_token,
    new_challenge,
    plain_receipt,
    proof_of,
    shown_receipt,
    upload_token,
    uploads_of,
)


class Looking(AddressThrottle):
    scope, most, within = "public-look", 120, timedelta(minutes=1)


class Writing(AddressThrottle):
    scope, most, within = "public-write", 60, timedelta(minutes=10)


class Uploading(AddressThrottle):
    scope, most, within = "public-upload", 60, timedelta(minutes=10)


class Tracking(AddressThrottle):
    """Slow enough that nobody finds a receipt by trying."""

    scope, most, within = "public-track", 60, timedelta(minutes=1)


class PublicView(APIView):
    authentication_classes: list[Any] = []
    permission_classes = [AllowAny]
    throttle_classes = [Looking]


class PublicWriteView(PublicView):
    throttle_classes = [Writing]


def _challenge(previous: str = "") -> dict[str, Any]:
    return {"challenge": new_challenge(previous), "bits": public_rules().proof_bits}


class PublicSiteView(PublicView):
    """What the report page needs first."""

    @extend_schema(operation_id="public_site", responses=PublicSite, auth=[])
    def get(self, request: Request) -> Response:
        place, rules = site() or {}, public_rules()
        camera = place.get("camera")
        kinds = sorted(catalogue().types.values(), key=lambda kind: (kind.category, kind.main_class, kind.code))
        return Response(
            {
                "district": place.get("name", ""),
                "center_name": place.get("center_name", ""),
                "bounds": place.get("bounds", []),
                "camera": {"center": camera["center"], "zoom": camera["zoom"]} if camera else None,
                "kinds": [
                    {"code": row.code, "name": row.name, "main_class": row.main_class, "category": row.category}
                    for row in kinds
                ],
                "urgent": urgent_lists(rules),
                "window_days": window().days,
                "near_metres": rules.show_near_metres,
                "max_photo_bytes": settings.UPLOAD_MAX_BYTES,
                "challenge": {"challenge": new_challenge(), "bits": rules.proof_bits},
            }
        )


class ChallengeView(PublicView):
    """Another challenge, where the first has run out."""

    @extend_schema(operation_id="public_challenge", parameters=[ChallengeQuery], responses=Challenge, auth=[])
    def get(self, request: Request) -> Response:
        return Response(_challenge(inputs(ChallengeQuery, request.query_params).get("after", "")))


class SuggestView(PublicView):
    """Which kind the words may mean: at most three, a person chooses."""

    @extend_schema(operation_id="public_suggest", parameters=[SuggestionQuery], responses=KindSuggestions, auth=[])
    def get(self, request: Request) -> Response:
        found = suggest(inputs(SuggestionQuery, request.query_params)["text"])
        return Response({"items": found["items"], "preselect": found["preselect"]})


class PublicUploadView(PublicView):
    """A photo, drawn anew so that nothing hidden stays in it; the token names it for two hours."""

    parser_classes = [MultiPartParser]
    throttle_classes = [Uploading]

    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        """A body that is too large is refused before it is read."""
        super().initial(request, *args, **kwargs)
        require_size(int(request.META.get("CONTENT_LENGTH") or 0) - FORM_OVERHEAD)

    @extend_schema(
        operation_id="public_upload",
        request={"multipart/form-data": UploadInput},
        responses={201: PublicUpload},
        auth=[],
    )
    def post(self, request: Request) -> Response:
        file = request.FILES.get("file")
        if file is None or isinstance(file, list):
            words = {"message_zh": "请选择一张照片。", "message_en": "Choose a photo."}
            raise Invalid(errors=[{"field": "file", "code": "required", **words}])
        photo = store_photo(file=file, size=file.size or 0, actor=CITIZEN)
        body = {"token": upload_token(photo.pk), "width": photo.width, "height": photo.height}
        return Response(body, status=status.HTTP_201_CREATED)


class NearView(PublicView):
    """Open reports around a point: perhaps it is one of them."""

    @extend_schema(operation_id="public_near", parameters=[PointQuery], responses=NearReports, auth=[])
    def get(self, request: Request) -> Response:
        return Response({"items": near_public(**inputs(PointQuery, request.query_params))})


def _receipt(receipt: str) -> Response:
    body = {"receipt": shown_receipt(receipt), "url": link_of(receipt)}
    return Response(body, status=status.HTTP_201_CREATED)


def _contact(told: dict[str, Any]) -> Contact:
    return Contact(told.get("contact_name", ""), told.get("contact_phone", ""))


class PublicReportView(PublicWriteView):
    """Report what is wrong. The receipt is the answer, and the key to the progress page."""

    @extend_schema(operation_id="public_report", request=PublicReportInput, responses={201: PublicReceipt}, auth=[])
    def post(self, request: Request) -> Response:
        told = inputs(PublicReportInput, request.data)
        proof = proof_of(told["challenge"], told["nonce"], public_rules().proof_bits)
        who = address_digest(request._request)
        signs = Signs(
            lately=count("public-reports", who, timedelta(minutes=10)),
            in_the_hour=count("public-reports", who, timedelta(hours=1)),
            trapped=bool(told.get("website")),
        )
        report = PublicReport(
            description=told["description"],
            type_code=told.get("type_code", ""),
            address=told.get("address", ""),
            lng=told.get("lng"),
            lat=told.get("lat"),
            attachment_ids=uploads_of(told.get("upload_tokens", [])),
            contact=_contact(told),
        )
        return _receipt(submit_report(report=report, proof=proof, signs=signs))


class MeTooView(PublicWriteView):
    """我也遇到: join a report nearby instead of making another."""

    @extend_schema(operation_id="public_me_too", request=MeTooInput, responses={201: PublicReceipt}, auth=[])
    def post(self, request: Request) -> Response:
        told = inputs(MeTooInput, request.data)
        proof = proof_of(told["challenge"], told["nonce"], public_rules().proof_bits)
        event_id = event_of_token(told["token"])
        if event_id is None:
            raise NotFound()
        return _receipt(me_too(event_id=event_id, contact=_contact(told), proof=proof))


class TrackView(PublicView):
    """How far it is: six stages, and the answer."""

    throttle_classes = [Tracking]

    @extend_schema(operation_id="public_track", responses=PublicProgress, auth=[])
    def get(self, request: Request, receipt: str) -> Response:
        return Response(track(plain_receipt(receipt)), headers={"Cache-Control": "no-store"})


class RatingView(PublicView):
    """How satisfied somebody is with the way it was settled."""

    throttle_classes = [Tracking]

    @extend_schema(operation_id="public_rate", request=RatingInput, responses=PublicProgress, auth=[])
    def post(self, request: Request, receipt: str) -> Response:
        plain = plain_receipt(receipt)
        track(plain)
        rate(receipt=plain, **inputs(RatingInput, request.data))
        return Response(track(plain))


class AskAgainView(PublicView):
    """It is not settled after all: the case is taken up again."""

    throttle_classes = [Tracking]

    @extend_schema(operation_id="public_reopen", request=AskAgainInput, responses=PublicProgress, auth=[])
    def post(self, request: Request, receipt: str) -> Response:
        plain = plain_receipt(receipt)
        track(plain)
        ask_again(receipt=plain, **inputs(AskAgainInput, request.data))
        return Response(track(plain))
