"""Looking for events by what a person remembers of them: the number, a telephone number, or some words."""

import re
from typing import Any

from django.db.models import BooleanField, Q, QuerySet
from django.db.models.expressions import RawSQL

from accounts.roles import Role
from core.actor import Actor
from core.clock import local, now
from events.models import EventText, Reporter
from events.rules.search_terms import query_text
from events.rules.telephones import plain_number

NUMBER = re.compile(r"\d{8}-\d{1,12}$")
TODAYS = re.compile(r"#?\d{1,6}$")
PHONE = re.compile(r"[\d\s+-]{7,20}$")
SHOWN_CONTACTS = (Role.ACCEPTOR, Role.DUTY_CHIEF)
"""Posts that may know who called, and so may look for an event by the caller's number."""


def asked_for(question: str, actor: Actor) -> Q:
    """The condition on events for what was typed: a whole number, the end of one of today's, a phone number, or words.

    The scope is that of the queryset it is applied to.
    """
    question = question.strip()
    if NUMBER.match(question):
        return Q(number=question)
    if TODAYS.match(question):
        return Q(number=f"{local(now()):%Y%m%d}-{question.lstrip('#').zfill(6)}")
    if PHONE.match(question) and actor.has_role(*SHOWN_CONTACTS):
        callers = Reporter.objects.filter(contact_phone=plain_number(question)).values("event_id")
        return Q(pk__in=callers.union(_with_words(question)))
    return Q(pk__in=_with_words(question))


def _with_words(question: str) -> QuerySet[EventText, Any]:
    asked = query_text(question)
    if not asked:
        return EventText.objects.none().values("event_id")
    found = RawSQL("words @@ %s::tsquery", [asked], output_field=BooleanField())
    return EventText.objects.filter(found).values("event_id")
