"""Follows things from picture to picture, so that "the same one stays" can be said. It knows boxes, nobody's identity.

In the manner of ByteTrack: sure detections are matched first, then the unsure ones to what is left, so that a person
half hidden keeps its number. Boxes are widened before they are compared because at a few pictures a second a walker
leaves its own box. A track that ends is never found again under its old number.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from video.detectors.boxes import overlap_matrix
from video.detectors.protocol import Detections, kind_of


@dataclass(slots=True)
class Track:
    """One followed thing. `box` is where it was last seen, in fractions; `hits` how often; times in stream seconds."""

    number: int
    label: str
    score: float
    box: NDArray[np.float32]
    first_seen: float
    last_seen: float
    velocity: NDArray[np.float32] = field(default_factory=lambda: np.zeros(4, np.float32))
    hits: int = 1

    def expected(self, at: float) -> NDArray[np.float32]:
        """Where it should be at stream second `at`, moving on as before (for at most one second)."""
        return self.box + self.velocity * min(at - self.last_seen, 1.0)


@dataclass(slots=True)
class Tracker:
    """Call `update` once per analysed picture, with growing times.

    A track is lost when it was looked for and not seen for `lost_after_seconds`; where nobody looked (nothing moved, or
    the camera sends few key frames), that is no absence, for at most `unseen_at_most_seconds`.
    """

    sure: float = 0.4
    least_overlap: float = 0.15
    widen: float = 0.3
    lost_after_seconds: float = 2.0
    hits_to_count: int = 2
    unseen_at_most_seconds: float = 15.0
    _tracks: list[Track] = field(default_factory=list, init=False)
    _next: int = field(default=1, init=False)
    _looked: float = field(default=float("-inf"), init=False)

    def update(self, at: float, found: Detections) -> list[Track]:
        """Tracks seen in this picture, confirmed ones only (`hits_to_count` sightings)."""
        waited = at - self._looked
        patience = max(self.lost_after_seconds, waited if waited <= self.unseen_at_most_seconds else 0.0)
        self._looked = at
        tracks = [track for track in self._tracks if at - track.last_seen <= patience]
        sure = np.nonzero(found.scores >= self.sure)[0]
        unsure = np.nonzero(found.scores < self.sure)[0]
        left, new = self._match(at, tracks, found, sure)
        self._match(at, left, found, unsure)
        for row in new:
            tracks.append(
                Track(self._next, found.labels[row], float(found.scores[row]), found.boxes[row].copy(), at, at)
            )
            self._next += 1
        self._tracks = tracks
        return [track for track in tracks if track.last_seen == at and track.hits >= self.hits_to_count]

    def _match(
        self, at: float, tracks: list[Track], found: Detections, rows: NDArray[np.intp]
    ) -> tuple[list[Track], list[int]]:
        """Gives detections to tracks, best overlap first; returns what stayed without a partner on both sides."""
        if not tracks or not len(rows):
            return tracks, [int(row) for row in rows]
        expected = np.stack([track.expected(at) for track in tracks])
        overlaps = overlap_matrix(_widened(expected, self.widen), _widened(found.boxes[rows], self.widen))
        same_kind = np.array([[_alike(track.label, found.labels[row]) for row in rows] for track in tracks])
        overlaps[~same_kind] = 0.0
        free_tracks, free_rows = set(range(len(tracks))), set(range(len(rows)))
        for pair in np.argsort(-overlaps, axis=None, kind="stable"):
            track, column = divmod(int(pair), len(rows))
            if overlaps[track, column] < self.least_overlap:
                break
            if track in free_tracks and column in free_rows:
                free_tracks.discard(track)
                free_rows.discard(column)
                _move(tracks[track], at, found, int(rows[column]))
        return [tracks[index] for index in sorted(free_tracks)], [int(rows[index]) for index in sorted(free_rows)]


def _alike(left: str, right: str) -> bool:
    return kind_of(left) == kind_of(right)


def _widened(boxes: NDArray[np.float32], by: float) -> NDArray[np.float32]:
    margin = (boxes[:, 2:] - boxes[:, :2]) * (by / 2)
    return np.concatenate([boxes[:, :2] - margin, boxes[:, 2:] + margin], axis=1)


def _move(track: Track, at: float, found: Detections, row: int) -> None:
    elapsed = max(at - track.last_seen, 1e-3)
    step = (found.boxes[row] - track.box) / elapsed
    track.velocity = 0.5 * track.velocity + 0.5 * step
    track.box = found.boxes[row].copy()
    track.score = float(found.scores[row])
    track.label = found.labels[row]
    track.last_seen = at
    track.hits += 1
