"""How large text must be to be read from the farthest seat. Pure.

NUREG-0700 asks for at least 16 minutes of arc at the farthest seat, ISO 9241-3 prefers 20 to 22; Chinese body text
wants 22, figures that carry the room 60.
"""

from math import pi, tan

LEAST_ARCMIN = 16.0
BODY_ARCMIN = 22.0
FIGURE_ARCMIN = 60.0
PICTURE_LINES = 1080
"""Sizes are those of a picture of 1,080 lines, whatever the wall's resolution."""
SMALLEST_DRAWN = 17.0
"""The smallest text of the standard arrangement, in px of 1,080."""
LARGEST_ZOOM = 1.35
"""Beyond this the standard arrangement loses rows faster than it gains size: the far one takes over."""


def pixels(*, height_m: float, farthest_m: float, arcmin: float) -> float:
    """Text of `arcmin` minutes of arc at `farthest_m` metres on a wall `height_m` metres high, in px of 1,080 lines."""
    return farthest_m * tan(arcmin / 60 * pi / 180) / (height_m / PICTURE_LINES)


def smallest_needed(*, height_m: float, farthest_m: float) -> float:
    return pixels(height_m=height_m, farthest_m=farthest_m, arcmin=LEAST_ARCMIN)


def zoom_of(smallest_px: float) -> float:
    """By how much panels enlarge their text so that the smallest is `smallest_px`; never below 1."""
    return max(1.0, round(smallest_px / SMALLEST_DRAWN, 3))


def needs_far_layout(smallest_px: float) -> bool:
    return zoom_of(smallest_px) > LARGEST_ZOOM
