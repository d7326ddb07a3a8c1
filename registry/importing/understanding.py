"""From a batch of texts to rows of the register, column by column: a row with a fault is left out and told.

Fifty thousand rows a second are read on one core, so nothing here is done row by row that can be done for a column.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grids.rules.datums import Datum, to_wgs84
from registry.importing.columns import BY_KEY, STATE_WORDS
from registry.importing.faults import Fault
from registry.importing.ground import Ground
from registry.importing.tables import Batch
from registry.rules.place_keys import place_keys

NULL = "\\N"
STAGED = (
    "row_number", "code", "place_key", "type_id", "state", "district_id", "street_id", "community_id", "grid_id",
    "unit_grid",
    "department_id", "owner_unit_id", "owner", "maintainer_unit_id", "maintainer", "address", "source",
    "inspection_due", "lng", "lat",
)  # fmt: skip
"""Columns of the staging table, in the order in which rows are sent."""
Floats = NDArray[np.float64]


@dataclass
class Understood:
    """Rows that can be written, as lines of COPY's text form; codes as numbers, to find those that come twice."""

    lines: str
    count: int
    codes: NDArray[np.int64]
    row_numbers: NDArray[np.int64]
    faults: list[Fault]


class _Faults:
    """Which rows are out, and why; each row has its first fault."""

    def __init__(self, batch: Batch, titles: dict[str, str]) -> None:
        self.good: NDArray[np.bool_] = np.ones(len(batch.rows), dtype=np.bool_)
        self.found = list(batch.faults)
        self._batch, self._titles = batch, titles

    def refuse(
        self, places: Sequence[int], key: str, code: str, values: Sequence[str] | None = None, detail: str = ""
    ) -> None:
        for at in places:
            if self.good[at]:
                self.good[at] = False
                value = values[at][:80] if values is not None else ""
                self.found.append(Fault(self._batch.rows[at], self._titles.get(key, key), code, value, detail))

    def refuse_each(self, key: str, told: dict[int, tuple[str, str, str]]) -> None:
        """Per place in the batch: code, value and detail."""
        for at, (code, value, detail) in told.items():
            if self.good[at]:
                self.good[at] = False
                self.found.append(Fault(self._batch.rows[at], self._titles.get(key, key), code, value[:80], detail))


def understand(batch: Batch, ground: Ground, *, datum: str, titles: dict[str, str]) -> Understood:
    """What of the batch can be written, and what is wrong with the rest."""
    size = len(batch.rows)
    faults = _Faults(batch, titles)
    texts = {key: list(map(str.strip, values)) for key, values in batch.texts.items()}
    codes = texts.get("code", [""] * size)
    length = ground.form.length
    if not _all_fit(codes, length):
        fits = ground.form.fits
        wrong = [at for at, code in enumerate(codes) if not fits(code)]
        faults.refuse(wrong, "code", "code_malformed", codes, str(length))
    lng, lat = _places(batch, texts, faults, datum)
    areas = _areas(ground, lng, lat, faults)
    _check_district(ground, codes, areas, faults)
    types = _types(ground, codes, texts.get("type"), faults)
    states = _mapped(texts.get("state"), STATE_WORDS, "state", "unknown_state", faults, fold=str.lower)
    departments = _mapped(texts.get("department"), ground.units, "department", "unknown_department", faults)
    owner_units, owners = _parties(ground, texts.get("owner"), "owner", faults)
    maintainer_units, maintainers = _parties(ground, texts.get("maintainer"), "maintainer", faults)
    words = [_words(texts.get(key), key, faults) for key in ("address", "source")]
    due = _days(texts.get("inspection_due"), faults)

    faults.found.sort(key=lambda fault: fault.row)
    kept = np.flatnonzero(faults.good)
    if not len(kept):
        return Understood("", 0, np.empty(0, np.int64), np.empty(0, np.int64), faults.found)
    keys = ground.keys[areas[kept]]
    places = place_keys(lng[kept], lat[kept])
    rows = np.array(batch.rows, dtype=np.int64)[kept]
    chosen = kept.tolist() if len(kept) < size else None
    columns: list[Sequence[str]] = [
        list(map(str, rows.tolist())),
        _chosen(codes, chosen),
        list(map(str, places.tolist())),
        _chosen(types, chosen),
        _chosen(states, chosen, len(kept)),
        *(_keys(keys[:, level]) for level in range(4)),
        [code or NULL for code in ground.cells_at(lng[kept], lat[kept]) or [""] * len(kept)],
        _chosen(departments, chosen, len(kept)),
        _chosen(owner_units, chosen, len(kept)),
        _escaped(_chosen(owners, chosen, len(kept))),
        _chosen(maintainer_units, chosen, len(kept)),
        _escaped(_chosen(maintainers, chosen, len(kept))),
        *(_escaped(_chosen(column, chosen, len(kept))) for column in words),
        _chosen(due, chosen, len(kept)),
        list(map(repr, lng[kept].tolist())),
        list(map(repr, lat[kept].tolist())),
    ]
    lines = "\n".join(map("\t".join, zip(*columns, strict=True))) + "\n"
    return Understood(lines, len(kept), _numbers(columns[1], length), rows, faults.found)


def _places(batch: Batch, texts: dict[str, list[str]], faults: _Faults, datum: str) -> tuple[Floats, Floats]:
    if batch.lng is not None and batch.lat is not None:
        lng, lat = batch.lng, batch.lat
    else:
        lng, lat = _floats(texts["lng"]), _floats(texts["lat"])
    wrong = ~((np.abs(lng) <= 180) & (np.abs(lat) <= 90))
    swapped = wrong & (np.abs(lng) <= 90) & (np.abs(lat) <= 180)
    values = texts.get("lng")
    faults.refuse(np.flatnonzero(swapped).tolist(), "lng", "places_swapped", values)
    faults.refuse(np.flatnonzero(wrong).tolist(), "lng", "not_a_place", values)
    lng, lat = np.where(wrong, 0.0, lng), np.where(wrong, 0.0, lat)
    if datum in {Datum.GCJ02, Datum.BD09} and len(lng):
        moved = to_wgs84(datum, np.column_stack([lng, lat]))
        lng, lat = np.round(moved[:, 0], 7), np.round(moved[:, 1], 7)
    return lng, lat


def _floats(values: list[str]) -> Floats:
    try:
        return np.fromiter(map(float, values), dtype=np.float64, count=len(values))
    except ValueError:
        return np.fromiter(map(_float, values), dtype=np.float64, count=len(values))


def _float(value: str) -> float:
    try:
        return float(value)
    except ValueError:
        return float("nan")


def _areas(ground: Ground, lng: Floats, lat: Floats, faults: _Faults) -> NDArray[np.int64]:
    areas = ground.locate(lng, lat)
    outside = np.flatnonzero((areas < 0) & faults.good)
    if len(outside):
        turned = ground.locate(lat[outside], lng[outside]) >= 0
        faults.refuse(outside[turned].tolist(), "lng", "places_swapped")
        faults.refuse(outside[~turned].tolist(), "lng", "outside")
    beyond = np.flatnonzero((areas >= 0) & ~ground.may[areas]) if len(ground.may) else np.empty(0, np.int64)
    faults.refuse(beyond.tolist(), "lng", "out_of_reach")
    return areas


def _check_district(ground: Ground, codes: list[str], areas: NDArray[np.int64], faults: _Faults) -> None:
    """The code begins with the digits of the district in which the point lies."""
    width = ground.form.district
    expected = ground.district_codes
    told = {
        at: ("code_of_other_district", code, expected[area])
        for at, (code, area) in enumerate(zip(codes, areas.tolist(), strict=True))
        if area >= 0 and code[:width] != expected[area] and expected[area]
    }
    faults.refuse_each("code", told)


def _types(ground: Ground, codes: list[str], given: list[str] | None, faults: _Faults) -> list[str]:
    """The type that the file names, or that the code holds; both must agree."""
    part = ground.form.classes
    if given is None:
        found = [ground.by_number.get(code[part]) for code in codes]
        missing = [at for at, kind in enumerate(found) if kind is None]
        faults.refuse(missing, "code", "unknown_type", codes)
        return [str(kind) for kind in found]
    unknown: tuple[int | None, str] = (None, "")
    named: list[tuple[int | None, str]] = [ground.types.get(value, unknown) for value in given]
    by_code = {
        at: (ground.by_number.get(codes[at][part]), codes[at][part]) for at, value in enumerate(given) if not value
    }
    for at, pair in by_code.items():
        named[at] = pair
    faults.refuse([at for at, (kind, _) in enumerate(named) if kind is None], "type", "unknown_type", given)
    told = {
        at: ("code_of_other_type", code, code[part])
        for at, (code, (_, number)) in enumerate(zip(codes, named, strict=True))
        if number and code[part] != number
    }
    faults.refuse_each("code", told)
    return [str(kind) for kind, _ in named]


def _mapped(
    values: list[str] | None,
    known: dict[str, Any],
    key: str,
    code: str,
    faults: _Faults,
    fold: Callable[[str], str] = str,
) -> list[str] | None:
    """Words as what they stand for; an empty one is none. Each different word is looked up once."""
    if values is None:
        return None
    meaning = {word: known.get(fold(word)) for word in set(values) if word}
    meaning[""] = NULL
    unknown = {word for word, found in meaning.items() if found is None}
    if unknown:
        faults.refuse([at for at, word in enumerate(values) if word in unknown], key, code, values)
    plain = {word: str(found) for word, found in meaning.items()}
    return [plain[word] for word in values]


def _parties(
    ground: Ground, values: list[str] | None, key: str, faults: _Faults
) -> tuple[list[str] | None, list[str] | None]:
    """A unit of the platform where it is known by code or name, else the name as it stands there."""
    if values is None:
        return None, None
    names = _words(values, key, faults) or []
    units = {word: str(ground.units[word]) for word in set(values) if word in ground.units}
    if not units:
        return None, names
    return [units.get(word, NULL) for word in values], [
        NULL if word in units else name for word, name in zip(values, names, strict=True)
    ]


def _words(values: list[str] | None, key: str, faults: _Faults) -> list[str] | None:
    if values is None:
        return None
    longest = BY_KEY[key].longest
    if max(map(len, values), default=0) > longest:
        faults.refuse([at for at, v in enumerate(values) if len(v) > longest], key, "too_long", values, str(longest))
    return [value or NULL for value in values]


def _days(values: list[str] | None, faults: _Faults) -> list[str] | None:
    if values is None:
        return None
    meaning = {word: _day(word) for word in set(values) if word}
    wrong = {word for word, found in meaning.items() if found is None}
    if wrong:
        faults.refuse([at for at, v in enumerate(values) if v in wrong], "inspection_due", "not_a_date", values)
    plain = {word: found or NULL for word, found in meaning.items()} | {"": NULL}
    return [plain[word] for word in values]


def _day(word: str) -> str | None:
    """2026-12-01, 2026/12/1, 2026.12.1 or 20261201."""
    parts = word.split(" ")[0].replace("/", "-").replace(".", "-").split("-")
    if len(parts) == 1 and len(word) == 8 and word.isdigit():
        parts = [word[:4], word[4:6], word[6:]]
    try:
        year, month, day = map(int, parts)
        return date(year, month, day).isoformat() if 1990 <= year <= 2200 else None
    except ValueError:
        return None


def _chosen(values: Sequence[str] | None, chosen: list[int] | None, count: int = 0) -> Sequence[str]:
    if values is None:
        return [NULL] * count
    return values if chosen is None else [values[at] for at in chosen]


def _keys(values: NDArray[np.int64]) -> list[str]:
    """Keys of areas; few different ones stand in a batch."""
    words = {key: str(key) if key else NULL for key in np.unique(values).tolist()}
    return [words[key] for key in values.tolist()]


def _all_fit(codes: list[str], length: int) -> bool:
    """One look at all codes together."""
    joined = "".join(codes)
    return joined.isascii() and joined.isdigit() and set(map(len, codes)) == {length}


_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def _escaped(values: Sequence[str]) -> Sequence[str]:
    """Free words as COPY takes them. Most columns hold nothing that needs it, which one look at all of them tells."""
    joined = "".join(values)
    if not any(sign in joined for sign in "\t\n\r\x00") and joined.count("\\") == values.count(NULL):
        return values
    return [value if value == NULL else value.translate(_ESCAPES).replace("\x00", "") for value in values]


def _numbers(codes: Sequence[str], length: int) -> NDArray[np.int64]:
    if length <= 18:
        return np.fromiter(map(int, codes), dtype=np.int64, count=len(codes))
    return np.fromiter(map(hash, codes), dtype=np.int64, count=len(codes))
