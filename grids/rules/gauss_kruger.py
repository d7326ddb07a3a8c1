"""Plane coordinates of CGCS2000: Gauss–Krüger strips of three and of six degrees (GB 22021), by EPSG code."""

from dataclasses import dataclass

_FALSE_EASTING = 500_000.0


@dataclass(frozen=True)
class Strip:
    """A strip around a central meridian; with `numbered`, its number stands before the easting."""

    epsg: int
    width_degrees: int
    number: int
    meridian: int
    numbered: bool

    @property
    def name(self) -> str:
        written = "，坐标含带号" if self.numbered else ""
        return f"CGCS2000 {self.width_degrees}° {self.number} 带（中央经线 {self.meridian}°E{written}）"


def _strips() -> list[Strip]:
    six = [(number, 6 * number - 3) for number in range(13, 24)]
    three = [(number, 3 * number) for number in range(25, 46)]
    return [
        *(Strip(4491 + at, 6, number, meridian, True) for at, (number, meridian) in enumerate(six)),
        *(Strip(4502 + at, 6, number, meridian, False) for at, (number, meridian) in enumerate(six)),
        *(Strip(4513 + at, 3, number, meridian, True) for at, (number, meridian) in enumerate(three)),
        *(Strip(4534 + at, 3, number, meridian, False) for at, (number, meridian) in enumerate(three)),
    ]


STRIPS: dict[int, Strip] = {strip.epsg: strip for strip in _strips()}


def likely_strips(west: float, east: float, longitude: float | None) -> list[Strip]:
    """The strips whose numbers these eastings (metres) can be, likeliest first.

    With its number before it an easting names the strip, except that 13–23 are of six degrees and 25–45 of three.
    Without one only the longitude of the place (degrees) tells.
    """
    middle = (west + east) / 2
    number = int(middle // 1_000_000)
    if number:
        return [strip for strip in STRIPS.values() if strip.numbered and strip.number == number]
    if longitude is None or abs(middle - _FALSE_EASTING) > 400_000:
        return []
    unnumbered = [strip for strip in STRIPS.values() if not strip.numbered]
    near = [strip for strip in unnumbered if abs(strip.meridian - longitude) <= strip.width_degrees / 2]
    return sorted(near, key=lambda strip: strip.width_degrees)
