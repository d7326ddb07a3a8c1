"""What is asked of who watches live, how long a ticket and the log of it last, and how many tiles a layout has."""

from datetime import timedelta
from typing import Final

PURPOSE_ASKED: Final = frozenset({"police", "school", "property"})
"""Sources that are watched on account of something: an event in hand, or a purpose in words."""
TICKET_LASTS: Final = timedelta(seconds=60)
OVER_AFTER: Final = timedelta(seconds=90)
"""A viewing that was not prolonged for so long has ended, even if the page comes back: no time unseen is claimed."""
LOG_KEPT: Final = timedelta(days=180)

TILES: Final = {"1": 1, "4": 4, "1+5": 6, "9": 9, "16": 16}
MOST_PRESETS: Final = 20

HEAD_HELD: Final = timedelta(seconds=10)
"""So long after the last step nobody else turns the camera."""
MOVES_FOR: Final = timedelta(seconds=1.5)
"""A head that nobody tells to go on stops after this."""
STOP_TRIED_FOR: Final = timedelta(seconds=60)
"""A platform that could not be told to stop is told again for so long."""
