"""Reports from the public: an event with its reporter, or a report that a person looks at first."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.contrib.gis.geos import Point
from django.contrib.gis.measure import D
from django.db import connection, transaction

from core.actor import CITIZEN
from core.clock import now
from events.actions.report import report_event
from events.errors import PlaceOrAddressNeeded, TooManyReports
from events.models import Attachment, Event, HeldReport, PublicRules, Reporter
from events.notices import tell_held
from events.queries.catalogue import type_of
from events.queries.places import place_of_address
from events.queries.public_rules import public_rules
from events.receipts import Proof, new_receipt
from events.rules.spam import repeats
from events.rules.telephones import plain_number
from events.sources import Source
from grids.models import Area, AreaLevel
from grids.queries.locate import locate

COMPARED = 40
"""Newest reports whose text is compared."""


@dataclass(frozen=True)
class Contact:
    """Who may be called back, if somebody wishes to be; the number in its one spelling."""

    name: str = ""
    phone: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "phone", plain_number(self.phone))


@dataclass(frozen=True)
class PublicReport:
    """What somebody sent. `type_code` and the point may be missing: a person fills them in."""

    description: str
    type_code: str = ""
    address: str = ""
    lng: float | None = None
    lat: float | None = None
    attachment_ids: list[int] = field(default_factory=list)
    contact: Contact = Contact()


@dataclass(frozen=True)
class Signs:
    """What is known about how it was sent: reports from this address in ten minutes and in an hour, and whether the
    field that people cannot see was filled in.
    """

    lately: int = 0
    in_the_hour: int = 0
    trapped: bool = False


@transaction.atomic
def submit_report(*, report: PublicReport, proof: Proof, signs: Signs) -> str:
    """Take a report from the public; the receipt. The same submission sent again has the same receipt.

    Suspected ones, and those that lack a place or a kind, are held for the acceptor; the sender is not told which.
    Raises OutsideDivisionTree, UnknownEventType, PlaceOrAddressNeeded, TooManyReports.
    """
    if given := _receipt_of(proof.submission):
        return given
    rules, at = public_rules(), now()
    if report.type_code:
        type_of(report.type_code)
    if signs.in_the_hour > rules.reports_refused_above:
        raise TooManyReports()
    place, is_exact = _place(report)
    reasons = _lacks(report, is_exact) + _suspicions(report, place, rules, signs, proof.since, at)
    if reasons or place is None:
        return hold_report(report, place, reasons, proof.submission, at)
    event = open_event(report, place)
    return add_first(event, Source.SNAPSHOT, report.contact, at, submission=proof.submission).receipt


def _receipt_of(submission: str) -> str | None:
    """The receipt given to this submission; a second one on its way waits for the first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(submission[:15], 16)])
    for kept in (Reporter.objects.all(), HeldReport.objects.all()):
        if found := kept.filter(submission=submission).values_list("receipt", flat=True).first():
            return found
    return None


def _place(report: PublicReport) -> tuple[Point | None, bool]:
    """The point and whether it is sure enough to send somebody there."""
    if report.lng is not None and report.lat is not None:
        locate(report.lng, report.lat)
        return Point(report.lng, report.lat, srid=4326), True
    if not report.address.strip():
        raise PlaceOrAddressNeeded()
    found = place_of_address(report.address)
    return (found.point, found.is_exact) if found else (None, False)


def _lacks(report: PublicReport, is_exact: bool) -> list[str]:
    return ([] if is_exact else ["no_place"]) + ([] if report.type_code else ["no_kind"])


def _suspicions(
    report: PublicReport, place: Point | None, rules: PublicRules, signs: Signs, since: datetime, at: datetime
) -> list[str]:
    """Why a person should look first; two statements."""
    marks = {
        "trapped": signs.trapped,
        "too_fast": at - since < timedelta(seconds=rules.minimum_seconds),
        "many_from_one_network": signs.lately > rules.reports_held_above,
        "same_text": _said_before(report.description, rules, at),
        "many_at_one_place": place is not None and _many_here(place, rules, at),
    }
    return [name for name, holds in marks.items() if holds]


def _said_before(text: str, rules: PublicRules, at: datetime) -> bool:
    since = at - timedelta(minutes=rules.same_text_minutes)
    came = Event.objects.filter(source=Source.SNAPSHOT, reported_at__gte=since).order_by("-reported_at", "-pk")
    held = HeldReport.objects.filter(created_at__gte=since).order_by("-created_at", "-pk")
    said = [
        *came.values_list("description", flat=True)[:COMPARED],
        *held.values_list("description", flat=True)[:COMPARED],
    ]
    return repeats(text, said, percent=rules.same_text_percent)


def _many_here(place: Point, rules: PublicRules, at: datetime) -> bool:
    since = at - timedelta(minutes=rules.near_minutes)
    near = Event.objects.open().filter(source=Source.SNAPSHOT, reported_at__gte=since)
    return near.filter(point__dwithin=(place, D(m=rules.near_metres))).count() >= rules.near_reports


def open_event(report: PublicReport, place: Point) -> Event:
    """The event, with the citizen's photos: the public reports it, also where somebody had to look at it first."""
    return report_event(
        actor=CITIZEN,
        type_code=report.type_code,
        lng=place.x,
        lat=place.y,
        description=report.description,
        address=report.address,
        source=Source.SNAPSHOT,
        attachment_ids=report.attachment_ids,
    ).event


def add_first(
    event: Event,
    channel: str,
    contact: Contact,
    at: datetime,
    *,
    receipt: str = "",
    submission: str | None = None,
    user_id: int | None = None,
) -> Reporter:
    """The person whose report opened the event; `user_id` is the seat that took it down, where one did."""
    return Reporter.objects.create(
        event=event,
        user_id=user_id,
        channel=channel,
        receipt=receipt or new_receipt(),
        submission=submission,
        is_first=True,
        contact_name=contact.name,
        contact_phone=contact.phone,
        created_at=at,
    )


def hold_report(report: PublicReport, place: Point | None, reasons: list[str], submission: str, at: datetime) -> str:
    """Keep it, with its photos, for the acceptor of its area; the receipt is valid at once."""
    location = locate(place.x, place.y, at) if place is not None else None
    held = HeldReport.objects.create(
        receipt=new_receipt(),
        submission=submission,
        reasons=reasons,
        channel=Source.SNAPSHOT,
        type_code=report.type_code,
        description=report.description,
        address=report.address,
        area_path=location.path if location else _whole_district(),
        area_label=location.label if location else "",
        point=place,
        attachment_ids=report.attachment_ids,
        contact_name=report.contact.name,
        contact_phone=report.contact.phone,
        created_at=at,
    )
    Attachment.objects.filter(pk__in=report.attachment_ids, event=None).update(erase_after=None)
    tell_held(held)
    return held.receipt


def _whole_district() -> str:
    """Where a report without a place belongs until somebody finds it."""
    districts = Area.objects.filter(level=AreaLevel.DISTRICT).order_by("code")
    return districts.values_list("path", flat=True).first() or ""
