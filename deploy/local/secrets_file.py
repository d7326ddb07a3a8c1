"""Random secrets of this installation, made once and kept in a file that only its owner may read."""

import os
import secrets
from pathlib import Path


def secret(folder: Path, name: str, length: int = 32) -> str:
    """The secret of that name; made at the first call."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    path = folder / name
    if not path.is_file() or not path.read_text().strip():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(length) + "\n")
    return path.read_text().strip()
