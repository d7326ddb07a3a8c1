"""One place: where the same kind of case came again and again. No raster, whose lines could run through it. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heapreplace
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from grids.rules.metres import metres_per_degree

CHUNK = 4096
"""So many circles are looked into at once: what lies in all of them together need not fit into memory."""


class Spot(NamedTuple):
    """A point, EPSG:4326, and how many `cases` were reported at exactly it: what a camera finds lies at its."""

    lng: float
    lat: float
    cases: int = 1


@dataclass(frozen=True)
class Place:
    """`centre` and `members` are positions in the list of spots; `count` is how many cases lie at the members."""

    centre: int
    members: tuple[int, ...]
    count: int


def places_of(spots: Sequence[Spot], *, metres: float, at_least: int) -> list[Place]:
    """The places with `at_least` cases within `metres` of one spot, those with most cases first.

    The fullest circle is a place, then the fullest one of what is left, until none is full enough. What then remains of
    the circles that had been full enough joins the nearest centre. So every case with enough others around it is in
    exactly one place, no line divides two that are near each other, and a place does not grow along a street: no case
    is farther than three times `metres` from its centre.
    """
    if not spots:
        return []
    ground = _Ground(spots, metres)
    is_crowded = ground.crowd >= at_least
    told = is_crowded.copy()
    for _, others in ground.circles(np.flatnonzero(is_crowded)):
        told[others] = True
    left, owner = told.copy(), np.full(len(spots), -1)
    for centre, taken in _fullest_first(ground, np.flatnonzero(is_crowded), left, at_least):
        owner[taken], left[taken] = centre, False
    rest, centres = np.flatnonzero(left), np.unique(owner[owner >= 0])
    if rest.size:
        owner[rest] = centres[shapely.STRtree(ground.points[centres]).nearest(ground.points[rest])]
    found = [_place(int(centre), np.flatnonzero(owner == centre), ground.counts) for centre in centres]
    return sorted(found, key=lambda place: (-place.count, place.centre))


class _Ground:
    """The spots on the plane at their middle, in metres, and how many cases lie in the circle around each."""

    def __init__(self, spots: Sequence[Spot], metres: float) -> None:
        degrees = np.array([(spot.lng, spot.lat) for spot in spots])
        middle = (degrees.min(axis=0) + degrees.max(axis=0)) / 2
        self.points = shapely.points((degrees - middle) * np.array(metres_per_degree(float(middle[1]))))
        self.counts = np.array([spot.cases for spot in spots])
        self.tree, self.metres = shapely.STRtree(self.points), metres
        self.crowd = np.zeros(len(spots), dtype=np.int64)
        for ones, others in self.circles(np.arange(len(spots))):
            np.add.at(self.crowd, ones, self.counts[others])

    def circles(self, spots: NDArray[np.int64]) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
        """Pairs of a spot and one in its circle, itself among them, a part of them at a time."""
        for begin in range(0, len(spots), CHUNK):
            part = spots[begin : begin + CHUNK]
            ones, others = self.tree.query(self.points[part], predicate="dwithin", distance=self.metres)
            yield part[ones], others

    def around(self, spot: int) -> NDArray[np.int64]:
        found: NDArray[np.int64] = self.tree.query(self.points[spot], predicate="dwithin", distance=self.metres)
        return found


def _fullest_first(
    ground: _Ground, crowded: NDArray[np.int64], left: NDArray[np.bool_], at_least: int
) -> Iterator[tuple[int, NDArray[np.int64]]]:
    """The next centre with what is left in its circle; the caller takes it out of `left` before it asks again.

    A circle only ever loses cases, so the one that is still as full as it was last seen is the fullest.
    """
    queue = [(-int(ground.crowd[spot]), int(spot)) for spot in crowded]
    heapify(queue)
    while queue:
        seen, centre = queue[0]
        if not left[centre]:
            heappop(queue)
            continue
        inside = ground.around(centre)
        inside = inside[left[inside]]
        still = int(ground.counts[inside].sum())
        if still < at_least:
            heappop(queue)
        elif still < -seen:
            heapreplace(queue, (-still, centre))
        else:
            heappop(queue)
            yield centre, inside


def _place(centre: int, members: NDArray[np.int64], counts: NDArray[np.int64]) -> Place:
    return Place(centre, tuple(int(spot) for spot in members), int(counts[members].sum()))
