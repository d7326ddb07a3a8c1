"""Set-up's parts are tried in a folder of their own; nothing here needs Django or a store."""

from pathlib import Path

import pytest

from deploy.local.console import Console
from deploy.local.place import Place


@pytest.fixture
def place(tmp_path: Path) -> Place:
    there = Place(root=tmp_path, var=tmp_path / "var")
    there.make_folders()
    return there


@pytest.fixture
def console() -> Console:
    return Console()
