"""A step is done again exactly when one of its inputs changes."""

from pathlib import Path

from deploy.local.place import Place
from deploy.local.stamps import Stamps, digest_of_files


def test_a_stamp_matches_only_its_own_key(place: Place) -> None:
    stamps = Stamps(place)
    stamps.write("migrate", "one")
    assert stamps.matches("migrate", "one")
    assert not stamps.matches("migrate", "two")


def test_a_step_never_done_has_no_stamp(place: Place) -> None:
    assert not Stamps(place).matches("migrate", "one")


def test_a_changed_file_changes_the_digest(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("old")
    before = digest_of_files(tmp_path, ["**/*.txt"])
    (tmp_path / "a.txt").write_text("new")
    assert digest_of_files(tmp_path, ["**/*.txt"]) != before


def test_a_renamed_file_changes_the_digest(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("same")
    before = digest_of_files(tmp_path, ["**/*.txt"])
    (tmp_path / "a.txt").rename(tmp_path / "b.txt")
    assert digest_of_files(tmp_path, ["**/*.txt"]) != before


def test_files_in_left_out_folders_do_not_count(tmp_path: Path) -> None:
    before = digest_of_files(tmp_path, ["**/*.txt"], leave_out=("node_modules",))
    (tmp_path / "node_modules").mkdir()
    (tmp_path / "node_modules" / "a.txt").write_text("big")
    assert digest_of_files(tmp_path, ["**/*.txt"], leave_out=("node_modules",)) == before
