"""What holds for a person: own wishes, else the site's, else what the kind says."""

from collections.abc import Collection
from typing import Any

from django.db.models import Q

from notify.channels import open_channels
from notify.kinds import CHANNELS, IN_APP, Kind, staff_kinds
from notify.models import Mode, Preference

Wishes = dict[tuple[int | None, str, str], str]
"""(user, kind, channel) → mode."""


def wishes_of(user_ids: Collection[int]) -> Wishes:
    """Own wishes of these people and the site's defaults: one statement."""
    rows = Preference.objects.filter(Q(user_id__in=user_ids) | Q(user=None))
    return {
        (user_id, kind, channel): mode
        for user_id, kind, channel, mode in rows.values_list("user_id", "kind", "channel", "mode")
    }


def mode_for(wishes: Wishes, user_id: int | None, kind: Kind, channel: str) -> str:
    own, site = wishes.get((user_id, kind.code, channel)), wishes.get((None, kind.code, channel))
    return own or site or usual_mode(kind, channel)


def usual_mode(kind: Kind, channel: str) -> str:
    if channel not in kind.channels:
        return Mode.OFF
    return Mode.AT_ONCE if channel == IN_APP or kind.is_public or kind.is_prompt else Mode.DIGEST


def preferences_of(user_id: int) -> dict[str, Any]:
    wishes = wishes_of([user_id])
    return {
        "items": [
            {
                "kind": kind.code,
                "zh": kind.zh,
                "en": kind.en,
                "channel": channel,
                "mode": mode_for(wishes, user_id, kind, channel),
                "is_own": (user_id, kind.code, channel) in wishes,
            }
            for kind in staff_kinds()
            for channel in CHANNELS
        ],
        "channels": [channel for channel in CHANNELS if channel in open_channels()],
    }
