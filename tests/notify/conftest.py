"""Kinds of messages that only the tests know, and channels that write to a folder of their own."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from notify.kinds import Kind, _kinds, register_kinds

NEWS, ALARM, PUBLIC = "test_news", "test_alarm", "test_public"


@pytest.fixture(autouse=True)
def kinds() -> Iterator[None]:
    register_kinds(
        [
            Kind(NEWS, "新闻", "News", "{what}来了", "{what} has come", channels=("in_app", "smtp")),
            Kind(ALARM, "警报", "Alarm", "{what}！", "{what}!", channels=("in_app", "sms")),
            Kind(PUBLIC, "告知", "Told", "您好，{what}", "Hello, {what}", channels=("sms",), is_public=True),
        ]
    )
    yield
    for code in (NEWS, ALARM, PUBLIC):
        _kinds.pop(code)


@pytest.fixture
def outbox(settings: Any, tmp_path: Path) -> Path:
    """Every channel writes files here."""
    settings.VAR_DIR = tmp_path
    settings.NOTIFY_CHANNELS = {"smtp": "file", "sms": "file", "phone": "file"}
    return tmp_path / "outbox"
