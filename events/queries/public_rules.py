"""What the site allows the public."""

from typing import Any

from events.models import PublicRules
from events.rules.urgent_words import USUAL


def public_rules() -> PublicRules:
    """The site's rules, or the usual ones: one statement."""
    return PublicRules.objects.order_by("pk").first() or PublicRules()


def urgent_lists(rules: PublicRules) -> list[dict[str, Any]]:
    return list(rules.urgent_words or USUAL)
