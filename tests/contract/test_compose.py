"""The containers run what the process table says. No container engine is needed to know that."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from config.env import VARIABLES
from deploy.local import front, processes
from deploy.local.place import ROOT

STORES = {"postgres", "redis"}
IN_CONTAINERS = [process for process in processes.TABLE if process.containers]


@pytest.fixture(scope="module")
def repository() -> Path:
    return ROOT


@pytest.fixture(scope="module")
def compose(repository: Path) -> dict[str, Any]:
    described: dict[str, Any] = yaml.safe_load((repository / "docker-compose.yml").read_text())
    return described


@pytest.fixture(scope="module")
def dockerfile(repository: Path) -> str:
    return (repository / "Dockerfile").read_text()


def test_every_process_is_a_service_and_nothing_else_is(compose: dict[str, Any]) -> None:
    assert set(compose["services"]) == {process.name for process in IN_CONTAINERS} | STORES | {"set-up"}


@pytest.mark.parametrize("process", IN_CONTAINERS, ids=lambda process: process.name)
def test_a_service_runs_the_tables_command(compose: dict[str, Any], process: processes.Process) -> None:
    command = compose["services"][process.name]["command"]
    assert command == processes.command_of(process, processes.CONTAINER_VALUES)


def test_every_setting_of_a_service_is_known_to_the_platform(compose: dict[str, Any]) -> None:
    known = {variable.name for variable in VARIABLES}
    ours = {name: service for name, service in compose["services"].items() if name not in STORES | {"front"}}
    unknown = {key for service in ours.values() for key in service["environment"]} - known
    assert unknown == set()


def test_every_required_setting_is_given_to_every_service(compose: dict[str, Any]) -> None:
    required = {variable.name for variable in VARIABLES if variable.default is None}
    ours = {name: service for name, service in compose["services"].items() if name not in STORES | {"front"}}
    lacking = {name: required - set(service["environment"]) for name, service in ours.items()}
    assert lacking == {name: set() for name in ours}


def test_each_service_says_who_it_is_on_the_health_page(compose: dict[str, Any]) -> None:
    names = {
        p.name: compose["services"][p.name]["environment"]["PROCESS_NAME"] for p in IN_CONTAINERS if p.name != "front"
    }
    assert all(name == said for name, said in names.items())


def test_only_the_published_address_opens_a_port(compose: dict[str, Any]) -> None:
    assert [name for name, service in compose["services"].items() if "ports" in service] == ["front"]


def test_images_are_pinned_to_a_version(compose: dict[str, Any], dockerfile: str) -> None:
    images = {service["image"] for service in compose["services"].values()}
    images |= {name for name in re.findall(r"^FROM (\S+)", dockerfile, re.M) if ":" in name or "/" in name}
    assert all(re.search(r":\d+\.?\d*", image) for image in images), images
    assert not any(image.endswith(":latest") for image in images)


def test_every_build_target_exists(compose: dict[str, Any], dockerfile: str) -> None:
    stages = set(re.findall(r"^FROM \S+ AS (\S+)", dockerfile, re.M))
    targets = {service["build"]["target"] for service in compose["services"].values() if "build" in service}
    assert targets <= stages


def test_every_file_the_image_copies_exists(repository: Path, dockerfile: str) -> None:
    lines = re.findall(r"^COPY (?!--from)(.+)$", dockerfile, re.M)
    sources = [word for line in lines for word in line.split()[:-1]]
    assert [source for source in sources if not (repository / source).exists()] == []


def test_named_volumes_and_networks_are_declared(compose: dict[str, Any]) -> None:
    mounts = {mount.split(":")[0] for service in compose["services"].values() for mount in service.get("volumes", [])}
    joined = {network for service in compose["services"].values() for network in service["networks"]}
    assert mounts == set(compose["volumes"])
    assert joined == set(compose["networks"])


def test_no_secret_has_a_default(repository: Path) -> None:
    text = (repository / "docker-compose.yml").read_text()
    uses = re.findall(r"\$\{(\w*(?:PASSWORD|SECRET)\w*)(.)", text)
    assert uses
    assert {mark for _, mark in uses} == {":"}
    assert not re.search(r"\$\{\w*(PASSWORD|SECRET)\w*:-", text)


def test_every_variable_of_the_compose_file_is_in_the_example(repository: Path) -> None:
    used = set(re.findall(r"\$\{(\w+)", (repository / "docker-compose.yml").read_text()))
    example = (repository / "deploy" / "compose" / "env.example").read_text()
    assert used == set(re.findall(r"^(\w+)=", example, re.M))


def test_redis_refuses_rather_than_evicts_and_keeps_what_it_has(compose: dict[str, Any]) -> None:
    command = " ".join(compose["services"]["redis"]["command"])
    assert "--maxmemory-policy noeviction" in command
    assert "--appendonly yes" in command


def test_the_published_address_reaches_the_services_by_the_tables_ports() -> None:
    values = processes.CONTAINER_VALUES
    assert front.CONTAINER["web"] == f"web:{values['web_port']}"
    assert front.CONTAINER["live"] == f"live:{values['live_port']}"
    assert front.CONTAINER["viewing"] == f"viewing:{values['viewing_port']}"
