"""The shapes of lists that are taken away as files."""

from datetime import datetime
from typing import Literal

from events.shapes.base import Shape


class ExportRow(Shape):
    """A list that becomes a file: `total` rows were found, of which `most` at the most are written; `problem` says why
    there is no file.
    """

    id: int
    version: int
    kind: Literal["events", "orders", "alerts"]
    format: Literal["xlsx", "pdf", "csv"]
    filters: dict[str, str | bool]
    state: Literal["queued", "running", "done", "failed", "cancelled"]
    total: int | None
    written: int
    most: int
    truncated: bool
    size: int | None
    problem: Literal["", "not_allowed", "no_room", "interrupted", "fault"]
    file_name: str
    created_at: datetime
    ended_at: datetime | None
    expires_at: datetime


class ExportList(Shape):
    items: list[ExportRow]
    as_of: str
    epoch: str
