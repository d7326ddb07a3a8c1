"""Setting what the site allows the public."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from accounts.actions.site_settings import keep, lock_settings, refuse, require_seen
from accounts.site_policies import setter_role
from core.actor import Actor
from events.models import PublicRules
from events.queries.public_rules import NUMBERS, plain_rules
from events.rules.public_rules import public_faults

PUBLIC_RULES_KIND = "public_rules"


@transaction.atomic
def set_public_rules(*, actor: Actor, version: int, values: Mapping[str, Any]) -> PublicRules:
    """What holds for every report from now on; reports that wait for a person already wait on. `version` is the one
    the administrator looked at (0: nobody has set them yet).
    """
    role = setter_role(actor)
    lock_settings()
    row = PublicRules.objects.order_by("pk").first()
    require_seen(version, row)
    refuse(public_faults(values))
    before = plain_rules(row) if row else plain_rules(PublicRules())
    row = row or PublicRules()
    for name in NUMBERS:
        setattr(row, name, values[name])
    row.urgent_words = [
        {"number": one["number"], "words": [word.strip() for word in one["words"]]} for one in values["urgent_words"]
    ]
    keep(row, kind=PUBLIC_RULES_KIND, name="", actor=actor, role=role, before=before, after=plain_rules(row))
    return row
