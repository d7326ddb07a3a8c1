"""Who looks at an event, and who was telephoned about it."""

from datetime import datetime

from events.shapes.base import CallOutcome, Shape


class Viewer(Shape):
    """Somebody who has the event open; `until` is when that is no longer so unless it is said again."""

    id: int
    name: str
    until: datetime


class Presence(Shape):
    """Everybody who has the event open now. The newest replaces the one before."""

    event_id: int
    people: list[Viewer]


class CallMade(Shape):
    """The whole number of who is called. `connecting`: the exchange rings both telephones; else the caller dials."""

    name: str
    number: str
    outcome: CallOutcome
