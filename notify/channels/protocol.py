"""What every channel is and does."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Envelope:
    """What leaves the house. `id` is the same at every try, so that the far side can tell a repetition."""

    id: str
    to: str
    subject: str
    text: str
    kind: str
    is_urgent: bool


@dataclass(frozen=True)
class Call:
    """Two telephones to be connected: the seat's, then the one it wants to speak to. `seat` is the sign-in name of who
    asked.
    """

    id: str
    seat: str
    seat_number: str
    to: str
    subject: str


@dataclass(frozen=True)
class Receipt:
    """What the channel said: `state` is sent, or delivered where it knows; `reference` is the far side's number."""

    state: str = "sent"
    reference: str = ""


class ChannelFailed(Exception):
    """It did not go. `is_final`: trying again cannot help."""

    def __init__(self, problem: str, *, is_final: bool = False) -> None:
        super().__init__(problem)
        self.is_final = is_final


class Channel(Protocol):
    def send(self, envelope: Envelope) -> Receipt:
        """Hand the envelope over; ChannelFailed where it was not taken."""
        ...


class Exchange(Protocol):
    def connect(self, call: Call) -> None:
        """Have both telephones rung; ChannelFailed where that was not taken."""
        ...
