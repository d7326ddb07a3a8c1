"""Reading vector tiles of points, as far as tests need it (Mapbox Vector Tile 2.1, protocol buffers)."""

from typing import Any


def _number(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at


def _fields(data: bytes) -> list[tuple[int, Any]]:
    found, at = [], 0
    while at < len(data):
        key, at = _number(data, at)
        value: Any
        if key & 7 == 0:
            value, at = _number(data, at)
        else:
            size, at = (8, at) if key & 7 == 1 else (4, at) if key & 7 == 5 else _number(data, at)
            value, at = data[at : at + size], at + size
        found.append((key >> 3, value))
    return found


def _numbers(data: bytes) -> list[int]:
    found, at = [], 0
    while at < len(data):
        value, at = _number(data, at)
        found.append(value)
    return found


def _value(data: bytes) -> Any:
    ((kind, value),) = _fields(data)
    return {1: lambda: value.decode(), 4: lambda: value, 5: lambda: value, 6: lambda: _signed(value)}[kind]()


def _signed(value: int) -> int:
    return (value >> 1) ^ -(value & 1)


def features(tile: bytes, layer: str) -> list[dict[str, Any]]:
    """The points of one layer: place in the tile and tags."""
    layers = [_fields(data) for number, data in _fields(tile) if number == 3]
    told = [fields for fields in layers if (1, layer.encode()) in fields]
    found = []
    for fields in told:
        keys = [value.decode() for number, value in fields if number == 3]
        values = [_value(value) for number, value in fields if number == 4]
        for feature in (dict(_fields(value)) for number, value in fields if number == 2):
            tags = _numbers(feature.get(2, b""))
            _, x, y, *_ = _numbers(feature[4])
            pairs = zip(tags[::2], tags[1::2], strict=True)
            found.append({"tags": {keys[k]: values[v] for k, v in pairs}, "at": (_signed(x), _signed(y))})
    return found
