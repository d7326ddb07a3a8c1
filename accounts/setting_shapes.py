"""What every API of site settings gives out."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict


class SettingShape(BaseModel):
    """Version 0: nobody has set it yet."""

    model_config = ConfigDict(extra="forbid")

    version: int
    set_at: datetime | None
    set_by: str


class BoundShape(BaseModel):
    model_config = ConfigDict(extra="forbid")

    field: str
    usual: int
    least: int
    most: int


class FieldChange(BaseModel):
    """What a field held and holds now; `before` is null where nobody had set it."""

    model_config = ConfigDict(extra="forbid")

    field: str
    before: Any
    after: Any


class SettingChange(BaseModel):
    """`name` is empty where the site has only one of its kind."""

    model_config = ConfigDict(extra="forbid")

    at: datetime
    by: str
    name: str
    fields: list[FieldChange]


class SettingHistory(BaseModel):
    model_config = ConfigDict(extra="forbid")

    items: list[SettingChange]
