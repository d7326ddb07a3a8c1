"""Numbers that were typed before there was one spelling get it: in batches, once, and as new ones are spelt."""

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from core.clock import now
from events.models import HeldReport, Reporter
from events.queries.board import event_list
from events.rules.telephones import plain_number
from tests.events.stage import Stage

migration: Any = import_module("events.migrations.0036_telephone_numbers_have_one_spelling")
OLD = ("+86 138-0000-0001", "138 0000 0001", "025-8300 1234", "+852 2123 4567", "0086 13800000001", "--", "")


@pytest.fixture
def typed(stage: Stage) -> list[Reporter]:
    event = stage.report(title="井盖缺失")
    rows = [
        Reporter(event=event, channel="inspection", receipt=f"R{place:011}", contact_phone=phone, created_at=now())
        for place, phone in enumerate(OLD)
    ]
    held = {"channel": "snapshot", "description": "井盖", "area_path": event.area_path, "created_at": now()}
    HeldReport.objects.create(receipt="H" * 12, contact_phone=OLD[0], **held)
    return Reporter.objects.bulk_create(rows)


def test_an_older_number_is_found_as_a_new_one_is(
    stage: Stage, typed: list[Reporter], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migration, "BATCH", 2)
    assert not event_list(stage.acceptor.as_actor(), q="02583001234").exists()
    with connection.schema_editor() as editor:
        migration.spell(apps, editor)
        migration.spell(apps, editor)
    kept = [Reporter.objects.get(pk=row.pk).contact_phone for row in typed]
    assert kept == ["13800000001", "13800000001", "02583001234", "+85221234567", "13800000001", "--", ""]
    assert HeldReport.objects.get().contact_phone == "13800000001"
    assert [event.title for event in event_list(stage.acceptor.as_actor(), q="02583001234")] == ["井盖缺失"]


@given(st.from_regex(r"\A\+?[0-9][0-9 -]{4,18}\Z"))
def test_the_migration_spells_as_the_rule_does(written: str) -> None:
    assert migration.plain(written) == plain_number(written)
