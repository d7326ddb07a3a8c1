"""Files of boundaries that a worker reads: they wait, are read with progress, refused in words, begun anew."""

from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import LazySettings
from django.test import Client

from core.models import HistoryRow
from grids.actions.boundary_reading import MOST_ATTEMPTS, READ_TASK, read_file, take_up_files
from grids.importing.file_contents import FileContents, contents_of
from grids.models import BoundaryImport, ImportedShape
from tests.grids import map_files
from tests.grids.test_boundary_imports import ADDRESS, communities, place, rows, taken
from tests.grids.town import Town


@pytest.fixture(autouse=True)
def every_file_is_large(settings: LazySettings, tmp_path: Path) -> None:
    settings.BOUNDARY_READ_AT_ONCE_BYTES = 0
    settings.MEDIA_ROOT = tmp_path / "media"


def kept_files(settings: LazySettings) -> list[Path]:
    return list((Path(settings.MEDIA_ROOT) / "imports").glob("*"))


def test_a_large_file_waits_is_read_by_a_worker_and_goes_on_like_any_other(
    town: Town, grid_admin: Client, settings: LazySettings, django_capture_on_commit_callbacks: Any
):
    with (
        patch("grids.actions.boundary_reading.current_app.send_task") as asked,
        django_capture_on_commit_callbacks(execute=True),
    ):
        told = taken(grid_admin, map_files.geojson(communities()))
    asked.assert_called_once_with(READ_TASK, args=[told["id"]])
    assert (told["state"], told["layers"], told["total"], len(kept_files(settings))) == ("received", [], None, 1)
    with django_capture_on_commit_callbacks(execute=True):
        assert read_file(told["id"])
    read = grid_admin.get(f"{ADDRESS}/{told['id']}").json()
    assert (read["state"], read["read"], read["total"], read["format"]) == ("read", 4, 4, "geojson")
    assert kept_files(settings) == []
    assert rows(grid_admin, place(grid_admin, read))["counts"]["rows"] == 4
    moves = HistoryRow.objects.filter(subject_kind="boundary_import").order_by("seq").values_list("move", flat=True)
    assert list(moves) == ["receive", "begin", "read", "place"]


def test_nothing_is_asked_of_a_file_that_is_not_read_yet(town: Town, grid_admin: Client):
    told = taken(grid_admin, map_files.geojson(communities()))
    placing = {"version": 1, "layer": "a", "datum": "cgcs2000"}
    refused = [
        grid_admin.get(f"{ADDRESS}/{told['id']}/rows"),
        grid_admin.get(f"{ADDRESS}/{told['id']}/placing", {"layer": "a"}),
        grid_admin.get(f"{ADDRESS}/{told['id']}/preview", {"layer": "a", "datum": "cgcs2000"}),
        grid_admin.put(f"{ADDRESS}/{told['id']}/placing", placing, content_type="application/json"),
    ]
    assert [(answer.status_code, answer.json()["code"]) for answer in refused] == [(409, "import_not_read")] * 4


def test_a_file_is_read_once(town: Town, grid_admin: Client):
    told = taken(grid_admin, map_files.geojson(communities()))
    assert [read_file(told["id"]), read_file(told["id"])] == [True, False]
    assert ImportedShape.objects.count() == 4


def test_what_cannot_be_read_says_why_and_may_be_dropped(
    town: Town, grid_admin: Client, settings: LazySettings, django_capture_on_commit_callbacks: Any
):
    told = taken(grid_admin, b"no map at all")
    with django_capture_on_commit_callbacks(execute=True):
        read_file(told["id"])
    refused = grid_admin.get(f"{ADDRESS}/{told['id']}").json()
    assert (refused["state"], bool(refused["problem_zh"]), bool(refused["problem_en"])) == ("refused", True, True)
    assert kept_files(settings) == []
    assert grid_admin.delete(f"{ADDRESS}/{told['id']}?version={refused['version']}").status_code == 204


def test_a_file_that_is_dropped_while_it_waits_is_not_read(
    town: Town, grid_admin: Client, settings: LazySettings, django_capture_on_commit_callbacks: Any
):
    told = taken(grid_admin, map_files.geojson(communities()))
    with django_capture_on_commit_callbacks(execute=True):
        assert grid_admin.delete(f"{ADDRESS}/{told['id']}?version=1").status_code == 204
    assert (read_file(told["id"]), kept_files(settings)) == (False, [])


def test_a_file_that_is_dropped_while_it_is_read_leaves_nothing(town: Town, grid_admin: Client):
    told = taken(grid_admin, map_files.geojson(communities()))

    def dropped_meanwhile(path: Path) -> FileContents:
        contents = contents_of(path)
        assert grid_admin.delete(f"{ADDRESS}/{told['id']}?version=1").status_code == 204
        return contents

    with patch("grids.actions.boundary_reading.contents_of", side_effect=dropped_meanwhile):
        read_file(told["id"])
    assert (BoundaryImport.objects.get().state, ImportedShape.objects.count()) == ("dropped", 0)


def test_one_that_was_killed_is_begun_anew_and_not_read_twice(town: Town, grid_admin: Client):
    told = taken(grid_admin, map_files.geojson(communities()))
    source = BoundaryImport.objects.get(pk=told["id"])
    ImportedShape.objects.create(source=source, layer="half", number=1, wkb=b"")
    BoundaryImport.objects.filter(pk=source.pk).update(state="reading", attempt=1, read=1)
    assert read_file(source.pk)
    source.refresh_from_db()
    assert (source.state, source.attempt, ImportedShape.objects.count()) == ("read", 2, 4)


def test_one_that_is_killed_every_time_is_given_up_in_words(town: Town, grid_admin: Client):
    told = taken(grid_admin, map_files.geojson(communities()))
    BoundaryImport.objects.filter(pk=told["id"]).update(state="reading", attempt=MOST_ATTEMPTS)
    assert not read_file(told["id"])
    given_up = grid_admin.get(f"{ADDRESS}/{told['id']}").json()
    assert (given_up["state"], "中断" in given_up["problem_zh"]) == ("refused", True)


def test_a_fault_of_the_reader_is_tried_again_and_then_told(town: Town, grid_admin: Client):
    told = taken(grid_admin, map_files.geojson(communities()))
    with patch("grids.actions.boundary_reading.contents_of", side_effect=MemoryError):
        for _ in range(MOST_ATTEMPTS - 1):
            with pytest.raises(MemoryError):
                read_file(told["id"])
        assert read_file(told["id"])
    assert BoundaryImport.objects.get(pk=told["id"]).state == "refused"


def test_files_whose_turn_nobody_noticed_are_sent_again(town: Town, grid_admin: Client):
    waiting = taken(grid_admin, map_files.geojson(communities()))
    read = taken(grid_admin, map_files.geojson(communities()))
    read_file(read["id"])
    with patch("grids.actions.boundary_reading.current_app.send_task") as asked:
        assert take_up_files() == 1
    asked.assert_called_once_with(READ_TASK, args=[waiting["id"]])
