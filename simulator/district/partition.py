"""Cutting a convex piece of the board into smaller ones, the way a town is parcelled out."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

Vertex = tuple[float, float]
Ring = tuple[Vertex, ...]
Weight = Callable[[Vertex], float]


@dataclass(frozen=True)
class Cut:
    """The line along which a piece was cut: a road will run here."""

    start: Vertex
    end: Vertex


def bounds(ring: Ring) -> tuple[float, float, float, float]:
    """West, south, east, north of a ring."""
    us = [vertex[0] for vertex in ring]
    vs = [vertex[1] for vertex in ring]
    return min(us), min(vs), max(us), max(vs)


def area(ring: Ring) -> float:
    """Square metres inside a ring."""
    total = 0.0
    for (u1, v1), (u2, v2) in zip(ring, ring[1:] + ring[:1], strict=True):
        total += u1 * v2 - u2 * v1
    return abs(total) / 2


def centre(ring: Ring) -> Vertex:
    """The mean of the corners; good enough for convex pieces."""
    return sum(v[0] for v in ring) / len(ring), sum(v[1] for v in ring) / len(ring)


def split(ring: Ring, through: Vertex, direction: Vertex) -> tuple[Ring, Ring, Cut]:
    """Cuts a convex ring by a line; the first part lies to the left of the direction."""
    normal = (-direction[1], direction[0])
    sides = [(u - through[0]) * normal[0] + (v - through[1]) * normal[1] for u, v in ring]
    left: list[Vertex] = []
    right: list[Vertex] = []
    crossings: list[Vertex] = []
    for index, (here, side) in enumerate(zip(ring, sides, strict=True)):
        there, other = ring[(index + 1) % len(ring)], sides[(index + 1) % len(ring)]
        if side >= 0:
            left.append(here)
        if side <= 0:
            right.append(here)
        if side * other < 0:
            share = side / (side - other)
            crossing = (here[0] + share * (there[0] - here[0]), here[1] + share * (there[1] - here[1]))
            left.append(crossing)
            right.append(crossing)
            crossings.append(crossing)
        elif side == 0:
            crossings.append(here)
    return tuple(left), tuple(right), Cut(crossings[0], crossings[-1])


def parcel(
    ring: Ring, parts: int, rng: np.random.Generator, weight: Weight, skew_degrees: float = 5.0
) -> tuple[list[Ring], list[Cut]]:
    """Cuts a ring into so many parts, smaller where the weight is greater, by slightly crooked lines."""
    if parts <= 1:
        return [ring], []
    first_parts = parts // 2 if parts % 2 == 0 or rng.random() < 0.5 else parts // 2 + 1
    west, south, east, north = bounds(ring)
    crosswise = (east - west) >= (north - south) * rng.uniform(0.85, 1.15)
    skew = np.radians(rng.uniform(-skew_degrees, skew_degrees))
    low_weight, high_weight = _weights_of_halves(ring, crosswise, weight)
    share = first_parts / low_weight / (first_parts / low_weight + (parts - first_parts) / high_weight)
    share = float(np.clip(share + rng.uniform(-0.04, 0.04), 0.22, 0.78))
    if crosswise:
        through = (west + share * (east - west), (south + north) / 2)
        direction = (float(np.sin(skew)), float(np.cos(skew)))
    else:
        through = ((west + east) / 2, south + share * (north - south))
        direction = (-float(np.cos(skew)), float(np.sin(skew)))
    low, high, cut = split(ring, through, direction)
    rings, cuts = parcel(low, first_parts, rng, weight, skew_degrees)
    more_rings, more_cuts = parcel(high, parts - first_parts, rng, weight, skew_degrees)
    return rings + more_rings, [cut, *cuts, *more_cuts]


def _weights_of_halves(ring: Ring, crosswise: bool, weight: Weight) -> tuple[float, float]:
    west, south, east, north = bounds(ring)
    if crosswise:
        middle = (south + north) / 2
        return weight((west + (east - west) / 4, middle)), weight((east - (east - west) / 4, middle))
    middle = (west + east) / 2
    return weight((middle, south + (north - south) / 4)), weight((middle, north - (north - south) / 4))


def shares(total: int, weights: list[float]) -> list[int]:
    """Divides a whole number by weight, at least one each (largest remainders)."""
    scale = (total - len(weights)) / sum(weights)
    exact = [weight * scale for weight in weights]
    counts = [int(value) for value in exact]
    by_remainder = sorted(range(len(weights)), key=lambda i: (counts[i] - exact[i], i))
    for index in by_remainder[: total - len(weights) - sum(counts)]:
        counts[index] += 1
    return [count + 1 for count in counts]
