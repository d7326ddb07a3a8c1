"""Unpacking a zip that somebody sent: only files of known kinds, no paths of its own, and no more than fits."""

import lzma
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from grids.importing.errors import FileRefused

KNOWN_SUFFIXES = frozenset({".shp", ".shx", ".dbf", ".prj", ".cpg", ".geojson", ".json", ".kml", ".gpkg"})
MOST_MEMBERS = 500
MOST_UNPACKED_BYTES = 1 << 30
MOST_TIMES_LARGER = 200
"""Shapes shrink to a fifth, tables to a fortieth; what grows two hundredfold is not a map."""
_PIECE_BYTES = 1 << 20
_DAMAGE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, NotImplementedError, OSError, EOFError, ValueError)
"""What the reading of an archive raises where it was cut, overwritten or packed in a way nobody knows."""


def unpack(archive: Path, folder: Path) -> list[Path]:
    """The members of known kinds, side by side in `folder`. Raises FileRefused before anything outside can be written.

    Two shapefiles in different folders of the archive keep apart: the folder becomes a part of the name.
    """
    try:
        with zipfile.ZipFile(archive) as packed:
            members = [one for one in packed.infolist() if not one.filename.endswith("/")]
            _require_harmless(members, archive.stat().st_size)
            wanted = [one for one in members if PurePosixPath(_name(one)).suffix.lower() in KNOWN_SUFFIXES]
            left = MOST_UNPACKED_BYTES
            paths = []
            for member in wanted:
                path = folder / _flat(_name(member))
                left -= _extract(packed, member, path, left)
                paths.append(path)
            return paths
    except _DAMAGE as error:
        raise FileRefused(
            "broken_zip", "压缩包已损坏，请重新打包。", "The archive is damaged. Pack it again."
        ) from error


def _require_harmless(members: list[zipfile.ZipInfo], packed_bytes: int) -> None:
    if len(members) > MOST_MEMBERS:
        raise FileRefused(
            "too_many_files",
            f"压缩包内文件超过 {MOST_MEMBERS} 个，请只保留边界文件。",
            f"The archive holds more than {MOST_MEMBERS} files. Keep only the boundaries.",
        )
    for member in members:
        path = PurePosixPath(member.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in "".join(path.parts[:1]):
            raise FileRefused(
                "path_outside",
                "压缩包内含有指向包外的路径，已拒绝。请重新打包。",
                "The archive holds a path that leads out of it and was refused. Pack it again.",
            )
        if member.flag_bits & 1:
            raise FileRefused(
                "encrypted", "压缩包有密码，请去掉密码后上传。", "The archive has a password. Remove it and send again."
            )
    unpacked = sum(member.file_size for member in members)
    if unpacked > MOST_UNPACKED_BYTES or unpacked > max(packed_bytes, 1 << 20) * MOST_TIMES_LARGER:
        raise _bomb()


def _extract(packed: zipfile.ZipFile, member: zipfile.ZipInfo, path: Path, left: int) -> int:
    """Bytes written. What the directory of an archive says of sizes can be a lie, so they are counted."""
    size = 0
    with packed.open(member) as source, path.open("xb") as target:
        while piece := source.read(_PIECE_BYTES):
            size += len(piece)
            if size > left:
                raise _bomb()
            target.write(piece)
    return size


def _bomb() -> FileRefused:
    return FileRefused(
        "unpacks_too_large",
        f"压缩包解开后过大（上限 {MOST_UNPACKED_BYTES >> 20} MB 或 {MOST_TIMES_LARGER} 倍），已拒绝。",
        f"Unpacked, the archive is too large (at most {MOST_UNPACKED_BYTES >> 20} MB or {MOST_TIMES_LARGER} times).",
    )


def _name(member: zipfile.ZipInfo) -> str:
    """The name as it was meant: archives made on Chinese Windows have names in GBK without saying so."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return member.filename


def _flat(name: str) -> str:
    path = PurePosixPath(name.replace("\\", "/"))
    return "__".join(path.parts[:-1] + (path.stem,))[-120:] + path.suffix.lower()
