"""The benchmark's own type of update."""

from core.live.publish import LiveUpdate


class Measured(LiveUpdate):
    """Carries the moment at which it was sent (monotonic seconds, the same clock for every process of a machine)."""

    type = "bench.measured"
    subject_kind = "bench"

    sent: float
