"""The standard texts of the starting set."""

from pathlib import Path

import yaml
from django.db import transaction

from events.models import ReplyTemplate

FILE = Path(__file__).resolve().parent.parent / "reference_data" / "reply_templates.yaml"


@transaction.atomic
def load_templates(path: Path = FILE) -> int:
    """Adds the texts that are missing, in the order of the file: how many. What a site changed or dropped stays."""
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))["templates"]
    added = 0
    for rank, entry in enumerate(entries, start=1):
        _, new = ReplyTemplate.objects.get_or_create(
            move=entry["move"],
            type_code=entry.get("type_code", ""),
            name=entry["name"],
            defaults={"text": entry["text"], "rank": rank * 10},
        )
        added += new
    return added
