"""What the public is shown: nothing of the inside, no names, no numbers of others' reports."""

from datetime import datetime
from typing import Literal

from events.shapes import AttachmentShape, Shape
from notify.shapes import DeliveryRow

PublicStage = Literal["reported", "filed", "dispatched", "handling", "handled", "closed"]
PublicEnd = Literal["suspended", "rejected", "cancelled"]
HeldReason = Literal[
    "no_place", "no_kind", "trapped", "too_fast", "many_from_one_network", "same_text", "many_at_one_place"
]


class PublicCamera(Shape):
    center: list[float]
    zoom: float


class PublicKind(Shape):
    code: str
    name: str
    main_class: str
    category: Literal["part", "event", "governance"]


class UrgentWords(Shape):
    number: str
    words: list[str]


class Challenge(Shape):
    """Find a `nonce` so that SHA-256 of "challenge:nonce" begins with `bits` zero bits."""

    challenge: str
    bits: int


class PublicSite(Shape):
    """What the report page needs before it is filled in."""

    district: str
    center_name: str
    bounds: list[float]
    camera: PublicCamera | None
    kinds: list[PublicKind]
    urgent: list[UrgentWords]
    window_days: int
    near_metres: int
    max_photo_bytes: int
    challenge: Challenge


class PublicUpload(Shape):
    token: str
    width: int
    height: int


class NearReport(Shape):
    token: str
    kind: str
    distance_m: int
    stage: PublicStage | PublicEnd
    reported_at: datetime


class NearReports(Shape):
    items: list[NearReport]


class KindSuggestion(Shape):
    code: str
    name: str
    main_class: str
    confidence: float


class KindSuggestions(Shape):
    """`preselect` is the one that is sure enough to be chosen by itself, empty where none is."""

    items: list[KindSuggestion]
    preselect: str


class PublicReceipt(Shape):
    """`url` is the page that shows how far it is; whoever has it may look."""

    receipt: str
    url: str


class StageTime(Shape):
    code: PublicStage
    at: datetime | None


class PublicProgress(Shape):
    receipt: str
    number: str
    kind: str
    address: str
    area: str
    reported_at: datetime
    stage: PublicStage | PublicEnd
    stages: list[StageTime]
    is_merged: bool
    suspended_until: str | None
    answer: str
    run: int
    rating: int | None
    may_rate: bool
    may_reopen: bool
    window_ends: datetime | None


class ReporterRow(Shape):
    """A reporter for the desks: name and phone are masked."""

    id: int
    channel: str
    is_first: bool
    created_at: datetime
    name: str
    phone: str
    erased: bool
    rating: int | None
    rating_note: str
    rated_at: datetime | None
    deliveries: list[DeliveryRow]


class ReporterList(Shape):
    items: list[ReporterRow]
    may_see_contact: bool


class RegisteredReporter(ReporterRow):
    """One that a seat has noted just now; the receipt is read out to the caller."""

    receipt: str


class ReporterContact(Shape):
    id: int
    name: str
    phone: str


class HeldReportRow(Shape):
    """Name and phone are masked, and told to those alone who may decide about the report."""

    id: int
    state: Literal["waiting", "accepted", "rejected"]
    reasons: list[HeldReason]
    type_code: str
    type_name: str
    description: str
    address: str
    area_path: str
    area_label: str
    lng: float | None
    lat: float | None
    has_contact: bool
    contact_name: str
    contact_phone: str
    may_see_contact: bool
    photos: list[AttachmentShape]
    created_at: datetime


class HeldReportPage(Shape):
    items: list[HeldReportRow]
    next: str | None


class HeldReportDecision(Shape):
    id: int
    state: Literal["waiting", "accepted", "rejected"]
    event_id: int | None
