"""A seat takes down what a caller or visitor reports, and who that is."""

from typing import Any

from django.db import transaction

from accounts.roles import ROLE_NAMES
from core.actor import Actor
from core.errors import Forbidden, Invalid
from events.actions.public_reports import Contact, add_first
from events.actions.report import Reported, report_event
from events.actions.reporters import REGISTRARS
from events.models import Reporter
from events.sources import CITIZEN_SOURCES

WRONG_CHANNEL = {
    "field": "contact_phone",
    "code": "no_caller",
    "message_zh": "该渠道没有来电、来访人，请更改渠道或不填联系方式。",
    "message_en": "Nobody calls by this channel. Choose another, or leave the contact out.",
}


@transaction.atomic(savepoint=False)
def report_of_caller(*, actor: Actor, contact: Contact, **told: Any) -> tuple[Reported, Reporter | None]:
    """Report an event; with a contact, its first reporter is kept as one of the public is: masked, shown to who says
    why, erased in time, told how it ends. Without a contact it is a plain report.
    """
    if not (contact.name or contact.phone):
        return report_event(actor=actor, **told), None
    if told.get("source") not in CITIZEN_SOURCES:
        raise Invalid(errors=[WRONG_CHANNEL])
    if not actor.has_role(*REGISTRARS):
        raise Forbidden(roles="、".join(ROLE_NAMES[role] for role in REGISTRARS))
    reported = report_event(actor=actor, **told)
    event = reported.event
    return reported, add_first(event, event.source, contact, event.reported_at, user_id=actor.user_id)
