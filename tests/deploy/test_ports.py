"""Ports are chosen once, remembered, and never stolen."""

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.local.failures import StepFailed
from deploy.local.ports import Ports, is_free


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


def test_chosen_ports_are_the_same_at_the_next_start(tmp_path: Path) -> None:
    first = Ports(tmp_path / "ports.json")
    first.choose(["front", "web", "postgres"])
    second = Ports(tmp_path / "ports.json")
    second.choose(["front", "web", "postgres"])
    assert second.as_values() == first.as_values()


def test_no_two_processes_share_a_port(tmp_path: Path) -> None:
    ports = Ports(tmp_path / "ports.json")
    ports.choose(["front", "web", "live", "rtsp", "postgres", "redis"])
    assert len(set(ports.as_values().values())) == 6


def test_a_taken_port_is_seen_as_taken(taken_port: int) -> None:
    assert not is_free(taken_port)


def test_an_inner_port_taken_meanwhile_is_changed(tmp_path: Path, taken_port: int) -> None:
    (tmp_path / "ports.json").write_text(json.dumps({"postgres": taken_port}))
    ports = Ports(tmp_path / "ports.json")
    ports.choose(["postgres"])
    assert ports["postgres"] != taken_port


@pytest.fixture
def neighbour(tmp_path: Path) -> Iterator[int]:
    """The port that another process has chosen and does not listen on yet."""
    chooses = (
        "import sys; from pathlib import Path; from deploy.local.ports import Ports\n"
        f"ports = Ports(Path({str(tmp_path / 'neighbour.json')!r})); ports.choose(['web'])\n"
        "print(ports['web'], flush=True); sys.stdin.read()"
    )
    with subprocess.Popen([sys.executable, "-c", chooses], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        yield int(other.stdout.readline())
        other.communicate()


def test_two_that_start_in_the_same_moment_choose_different_ports(tmp_path: Path, neighbour: int) -> None:
    (tmp_path / "ports.json").write_text(json.dumps({"web": neighbour}))
    ports = Ports(tmp_path / "ports.json")
    ports.choose(["web"])
    assert (is_free(neighbour), ports["web"] != neighbour) == (True, True)


def test_the_published_port_is_never_changed_behind_the_persons_back(tmp_path: Path, taken_port: int) -> None:
    (tmp_path / "ports.json").write_text(json.dumps({"front": taken_port}))
    with pytest.raises(StepFailed) as failure:
        Ports(tmp_path / "ports.json").choose(["front"])
    assert f"FRONT_PORT={taken_port + 1}" in failure.value.remedy


def test_a_damaged_memory_of_ports_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "ports.json").write_text("{")
    ports = Ports(tmp_path / "ports.json")
    ports.choose(["redis"])
    assert json.loads((tmp_path / "ports.json").read_text())["redis"] == ports["redis"]
