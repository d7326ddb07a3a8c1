"""Is it dark? By where the sun stands over the camera, or by how bright its picture is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from math import asin, cos, degrees, radians, sin

_EPOCH = datetime(2000, 1, 1, 12, tzinfo=UTC)
DUSK_DEGREES = -4.0
"""The sun this far below the horizon: street lamps are on and an unlit picture has gone dark."""
DARK_BELOW, LIGHT_ABOVE = 55.0, 75.0
"""Mean brightness of a picture, 0 to 255; between the two it stays what it was."""
_FOLLOW_SECONDS = 60.0


def sun_altitude(lng: float, lat: float, at: datetime) -> float:
    """Degrees of the sun above the horizon (negative below); good to about 0.1° in this century.

    Low-precision formulas of the Astronomical Almanac, without refraction.
    """
    days = (at.astimezone(UTC) - _EPOCH) / timedelta(days=1)
    mean_longitude = 280.460 + 0.9856474 * days
    anomaly = radians(357.528 + 0.9856003 * days)
    longitude = radians(mean_longitude + 1.915 * sin(anomaly) + 0.020 * sin(2 * anomaly))
    tilt = radians(23.439 - 0.0000004 * days)
    declination = asin(sin(tilt) * sin(longitude))
    # Right ascension by the usual series, so that no quadrant has to be guessed.
    ascension = longitude - radians(2.466) * sin(2 * longitude) + radians(0.053) * sin(4 * longitude)
    sidereal = radians(280.46062 + 360.98564737 * days + lng)
    hour_angle = sidereal - ascension
    latitude = radians(lat)
    return degrees(asin(sin(latitude) * sin(declination) + cos(latitude) * cos(declination) * cos(hour_angle)))


def is_night_by_sun(lng: float, lat: float, at: datetime) -> bool:
    return sun_altitude(lng, lat, at) < DUSK_DEGREES


@dataclass(slots=True)
class PictureLight:
    """Whether a camera's picture is a dark one: its brightness followed over about a minute, and slow to change its
    mind, so that a passing headlight makes no day."""

    _mean: float | None = field(default=None, init=False)
    _last: float = field(default=0.0, init=False)
    _dark: bool = field(default=False, init=False)

    def is_dark(self, at: float, brightness: float) -> bool:
        """`brightness` is the picture's mean, 0 to 255, at stream second `at`."""
        if self._mean is None:
            self._mean, self._dark = brightness, brightness < (DARK_BELOW + LIGHT_ABOVE) / 2
        share = min(1.0, max(0.0, at - self._last) / _FOLLOW_SECONDS)
        self._mean += share * (brightness - self._mean)
        self._last = at
        if self._mean < DARK_BELOW:
            self._dark = True
        elif self._mean > LIGHT_ABOVE:
            self._dark = False
        return self._dark
