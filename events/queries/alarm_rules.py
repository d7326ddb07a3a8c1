"""How alarms behave at this site."""

from typing import Any

from events.models import AlarmRules


def alarm_rules() -> AlarmRules:
    """The site's rules, or the usual ones: one statement."""
    return AlarmRules.objects.order_by("pk").first() or AlarmRules()


def alarm_rules_shape(rules: AlarmRules) -> dict[str, Any]:
    return {
        "shelf_longest_minutes": rules.shelf_longest_minutes,
        "recovered_leaves_minutes": rules.recovered_leaves_minutes,
        "review_days": rules.review_days,
        "flood_count": rules.flood_count,
        "flood_minutes": rules.flood_minutes,
        "flood_sound_seconds": rules.flood_sound_seconds,
        "silence_seconds": rules.silence_seconds,
    }
