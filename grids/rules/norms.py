"""Norms that a governance grid is drawn by. Pure."""

from typing import Final

from accounts.rules.site_settings import Bound

HOUSEHOLDS: Final = Bound("households_per_worker", 300, 30, 5000)
"""Households for each full worker: about 300 is usual in towns; villages and towers set their own. Below 30 nearly
every grid would be called too large, above 5,000 none.
"""


def is_over(households: int, workers: int, norm: int) -> bool:
    """Whether a grid is too large for who works in it; one without anybody is measured as for one worker."""
    return households > norm * max(workers, 1)
