import re
from typing import Any

from django.db import migrations

BATCH = 2000
NO_DIGIT = re.compile(r"\D")
HOME = re.compile(r"(?:00)?86(?=1[3-9]\d{9}$|0?[1-9]\d{8,10}$)")


def plain(written: str) -> str:
    """The spelling that numbers have had since they are looked for: written down here as it was then."""
    digits = NO_DIGIT.sub("", written)
    at_home = HOME.sub("", digits, count=1) if written.strip().startswith(("+", "00", "86")) else digits
    return f"+{digits}" if written.strip().startswith("+") and at_home == digits and digits else at_home


def spell(apps: Any, schema_editor: Any) -> None:
    """Numbers that were typed before there was one spelling are found again; what holds no digit stays as it is."""
    for name in ("Reporter", "HeldReport"):
        rows = apps.get_model("events", name).objects.using(schema_editor.connection.alias).exclude(contact_phone="")
        last = 0
        while batch := list(rows.filter(pk__gt=last).order_by("pk").only("contact_phone")[:BATCH]):
            last = batch[-1].pk
            changed = []
            for row in batch:
                spelt = plain(row.contact_phone)
                if spelt and spelt != row.contact_phone:
                    row.contact_phone = spelt
                    changed.append(row)
            rows.bulk_update(changed, ["contact_phone"])


class Migration(migrations.Migration):
    """Batch by batch, each kept for itself: what was spelt stays so where it breaks off, and is passed over again."""

    atomic = False

    dependencies = [
        ("events", "0035_points_of_a_procedure_are_ticked_off"),
    ]

    operations = [migrations.RunPython(spell, migrations.RunPython.noop)]
