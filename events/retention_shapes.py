"""What the API of keeping and holding recordings gives out."""

from datetime import datetime

from accounts.setting_shapes import BoundShape, SettingShape
from events.shapes import Shape


class RetentionRow(SettingShape):
    """A kind of recordings and how many days it is kept, counted as `counted` says."""

    code: str
    name: str
    counted: str
    days: int
    usual_days: int


class RetentionBook(Shape):
    items: list[RetentionRow]
    bound: BoundShape
    may_edit: bool


class Erased(Shape):
    """`bytes` is null where the rows do not know how large their files are."""

    count: int
    bytes: int | None


class RetentionTrial(Shape):
    """What an erasing would take at this moment: by the days in force, and by those that were asked about."""

    days: int
    now: Erased
    then: Erased


class EvidenceHoldRow(Shape):
    """封存 of an event (with its number) or of an alert; in force while `released_at` is null."""

    id: int
    event_id: int | None
    event_number: str
    alert_id: int | None
    title: str
    reason: str
    held_at: datetime
    held_by: str
    released_at: datetime | None
    released_by: str


class EvidenceHoldBook(Shape):
    """Those in force first, then the newest that were released."""

    items: list[EvidenceHoldRow]
    may_edit: bool
