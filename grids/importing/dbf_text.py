"""In which encoding the table of a shapefile is written. The format hardly says; old Chinese programs wrote GBK."""

from dataclasses import dataclass
from pathlib import Path

_LANGUAGE_BYTE = 29
_HEADER_BYTES, _FIELD_BYTES = 32, 32
_CHECKED_BYTES = 8 << 20
_NAMED = {"UTF-8": "utf-8", "UTF8": "utf-8", "65001": "utf-8", "GBK": "gb18030", "936": "gb18030", "GB2312": "gb18030",
          "CP936": "gb18030", "GB18030": "gb18030", "54936": "gb18030", "950": "big5", "BIG5": "big5"}  # fmt: skip


@dataclass(frozen=True)
class TextEncoding:
    """`said` is true where the file named it, false where it was found by trying."""

    name: str
    said: bool


def settle_encoding(dbf: Path) -> TextEncoding:
    """The encoding of the table; after this the files no longer claim one, so that it is read with exactly this."""
    cpg = next((path for path in dbf.parent.glob(dbf.stem + ".*") if path.suffix.lower() == ".cpg"), None)
    named = _NAMED.get(cpg.read_text("ascii", "replace").strip().upper()) if cpg else None
    with dbf.open("r+b") as file:
        text = _text_of(file.read(_CHECKED_BYTES))
        file.seek(_LANGUAGE_BYTE)
        file.write(b"\0")
    if cpg:
        cpg.unlink()
    if named and _reads(text, named):
        return TextEncoding(named, said=True)
    found = next((name for name in ("utf-8", "gb18030", "big5") if _reads(text, name)), "latin-1")
    return TextEncoding(found, said=False)


def _text_of(table: bytes) -> list[bytes]:
    """Field names and text values; a character cut in half at the end of a value does not speak against an encoding."""
    header, record = int.from_bytes(table[8:10], "little"), int.from_bytes(table[10:12], "little")
    fields, at, start = [], 1, _HEADER_BYTES
    while start + _FIELD_BYTES <= min(header, len(table)) and table[start] != 0x0D:
        name, kind, length = (
            table[start : start + 11].split(b"\0")[0],
            table[start + 11 : start + 12],
            table[start + 16],
        )
        fields.append((name, kind, at, length))
        at, start = at + length, start + _FIELD_BYTES
    found = [name for name, *_ in fields]
    if record <= 0:
        return found
    for begin in range(header, len(table) - record + 1, record):
        row = table[begin : begin + record]
        found += [row[at : at + length].strip() for _, kind, at, length in fields if kind == b"C"]
    return [value for value in found if not value.isascii()]


def _reads(values: list[bytes], encoding: str) -> bool:
    return all(_readable(value, encoding) for value in values)


def _readable(value: bytes, encoding: str) -> bool:
    for cut in range(4):
        try:
            value[: len(value) - cut].decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False
