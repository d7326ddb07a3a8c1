"""The process table is complete and consistent."""

from pathlib import Path

from deploy.local import processes, summary
from deploy.local.place import Place
from deploy.local.ports import Ports
from deploy.local.postgres import Cluster
from deploy.local.store_user import StoreHome


def test_names_are_unique() -> None:
    names = [process.name for process in processes.TABLE]
    assert len(set(names)) == len(names)


def test_stores_start_first_and_the_published_address_last() -> None:
    tiers = {process.name: process.tier for process in processes.TABLE}
    assert tiers["postgres"] == tiers["redis"] == min(tiers.values())
    assert tiers["front"] == max(tiers.values())


def test_every_command_can_be_filled_here(place: Place) -> None:
    ports = Ports(place.var / "ports.json")
    ports.choose(["front", "web", "live", "viewing", "rtsp", "postgres", "redis"])
    stores = {"postgres": "postgres", "postgres_data": "data", "redis": "redis-server", "redis_conf": "redis.conf"}
    values = processes.here(place, ports, nginx="nginx", **stores)
    commands = [processes.command_of(process, values) for process in processes.TABLE]
    assert not any("{" in word for command in commands for word in command)


def test_every_command_can_be_filled_in_a_container() -> None:
    commands = [processes.command_of(p, processes.CONTAINER_VALUES) for p in processes.TABLE if p.containers]
    assert not any("{" in word for command in commands for word in command)


def test_only_the_stores_give_up_roots_rights() -> None:
    assert {process.name for process in processes.TABLE if process.as_store_user} == {"postgres", "redis"}


def test_the_databases_password_stands_on_no_command_line(tmp_path: Path) -> None:
    cluster = Cluster(StoreHome(tmp_path, None), tmp_path / "secrets", tmp_path / "log", 5432)
    password = cluster.url().split(":")[2].split("@")[0]
    assert len(password) > 30
    assert (tmp_path / "secrets" / "database-password").stat().st_mode & 0o077 == 0


def test_tables_with_chinese_words_stay_aligned() -> None:
    lines = summary.table([["wall", "指挥大屏", "x"], ["desk", "受理", "y"]], indent="")
    assert summary.width_of(lines[0]) == summary.width_of(lines[1])
