"""Reading PMTiles archives, version 3: one file with all tiles of a map, found by directories of varints.

Source: PMTiles Version 3 Specification. Pure: the caller hands over a function that reads a range of bytes.
"""

import gzip
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass

HEADER_BYTES = 127
MOST_DEPTH = 4
NO_COMPRESSION, GZIP = 1, 2
CONTENT_TYPES = {
    1: "application/vnd.mapbox-vector-tile",
    2: "image/png",
    3: "image/jpeg",
    4: "image/webp",
    5: "image/avif",
}
Read = Callable[[int, int], bytes]
"""(offset, length) → bytes."""


class NotAnArchive(ValueError):
    """The file is no PMTiles archive of version 3, or is damaged."""


@dataclass(frozen=True)
class Header:
    """Where the parts of an archive lie, in bytes, and what its tiles are."""

    root: tuple[int, int]
    leaves_at: int
    tiles_at: int
    directories: int
    tiles: int
    kind: int
    min_zoom: int
    max_zoom: int

    @property
    def content_type(self) -> str:
        return CONTENT_TYPES.get(self.kind, "application/octet-stream")


@dataclass(frozen=True)
class Entry:
    """`run` tiles from `tile_id` on have the bytes at `offset`; a run of 0 is a directory below."""

    tile_id: int
    offset: int
    length: int
    run: int


def read_header(read: Read) -> Header:
    data = read(0, HEADER_BYTES)
    if len(data) < HEADER_BYTES or data[:7] != b"PMTiles" or data[7] != 3:
        raise NotAnArchive("no PMTiles archive of version 3")

    def number(at: int) -> int:
        return int.from_bytes(data[at : at + 8], "little")

    return Header(
        root=(number(8), number(16)),
        leaves_at=number(40),
        tiles_at=number(56),
        directories=data[97],
        tiles=data[98],
        kind=data[99],
        min_zoom=data[100],
        max_zoom=data[101],
    )


def find_tile(read: Read, header: Header, z: int, x: int, y: int) -> bytes | None:
    """The bytes of a tile as they are kept (`header.tiles` says how they are packed); None where there is none."""
    wanted = tile_id(z, x, y)
    offset, length = header.root
    for _ in range(MOST_DEPTH):
        entries = read_directory(_unpacked(read(offset, length), header.directories))
        place = bisect_right([entry.tile_id for entry in entries], wanted) - 1
        if place < 0:
            return None
        entry = entries[place]
        if entry.run:
            within = wanted < entry.tile_id + entry.run
            return read(header.tiles_at + entry.offset, entry.length) if within else None
        offset, length = header.leaves_at + entry.offset, entry.length
    raise NotAnArchive("directories too deep")


def tile_id(z: int, x: int, y: int) -> int:
    """The number of a tile: those of smaller zooms first, then along the Hilbert curve."""
    number, side = ((1 << 2 * z) - 1) // 3, 1 << z
    step = side >> 1
    while step:
        right, below = int(bool(x & step)), int(bool(y & step))
        number += step * step * ((3 * right) ^ below)
        if not below:
            if right:
                x, y = side - 1 - x, side - 1 - y
            x, y = y, x
        step >>= 1
    return number


def read_directory(data: bytes) -> list[Entry]:
    """Counts, then all ids (as differences), runs, lengths and offsets (0: right behind the one before)."""
    position = 0

    def varint() -> int:
        nonlocal position
        value = shift = 0
        while True:
            if position >= len(data) or shift > 63:
                raise NotAnArchive("a directory breaks off")
            byte = data[position]
            position, value, shift = position + 1, value | (byte & 0x7F) << shift, shift + 7
            if byte < 0x80:
                return value

    count = varint()
    ids: list[int] = []
    for _ in range(count):
        ids.append((ids[-1] if ids else 0) + varint())
    runs = [varint() for _ in range(count)]
    lengths = [varint() for _ in range(count)]
    offsets: list[int] = []
    for number in range(count):
        told = varint()
        offsets.append(offsets[-1] + lengths[number - 1] if told == 0 and number else told - 1)
    return [Entry(*values) for values in zip(ids, offsets, lengths, runs, strict=True)]


def _unpacked(data: bytes, packing: int) -> bytes:
    if packing == NO_COMPRESSION:
        return data
    if packing != GZIP:
        raise NotAnArchive("directories are packed in a way that is not known here")
    try:
        return gzip.decompress(data)
    except (OSError, EOFError) as error:
        raise NotAnArchive("a directory is damaged") from error
