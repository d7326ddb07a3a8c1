"""Recordings of alerts and events, by kind: what is past its time, and that it goes with its files."""

from functools import partial
from pathlib import Path

from events.actions.retention import erase_attachments
from events.models import Attachment
from events.queries.retention import of_alerts, of_ended_events
from events.retention_kinds import RetentionKind, register_kinds

_FILE = Path(__file__).parent / "reference_data" / "retention.yaml"
_STILL, _CLIP = Attachment.Kind.STILL, Attachment.Kind.CLIP
_OF_PEOPLE = (Attachment.Kind.PHOTO, Attachment.Kind.DOCUMENT)


def register() -> None:
    register_kinds(
        _FILE,
        *(
            RetentionKind(code, due, erase_attachments, size_field="size")
            for code, due in (
                ("still_of_alert", partial(of_alerts, _STILL)),
                ("clip_of_alert", partial(of_alerts, _CLIP)),
                ("still_of_event", partial(of_ended_events, kind=_STILL)),
                ("clip_of_event", partial(of_ended_events, kind=_CLIP)),
                ("photo_of_citizen", partial(of_ended_events, kind__in=_OF_PEOPLE, uploader=None)),
                ("photo_of_staff", partial(of_ended_events, kind__in=_OF_PEOPLE, uploader__isnull=False)),
            )
        ),
    )
