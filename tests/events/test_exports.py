"""Lists as files: written in the background, with progress, by the rights of who asked."""

import csv
import logging
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from openpyxl import load_workbook
from pypdf import PdfReader
from rest_framework.test import APIClient

from accounts.models import User
from accounts.roles import Role
from core.clock import as_of, now
from core.history.record import of_subject
from core.models import OutboxMessage
from events.actions import run_export as running
from events.actions.alert_decisions import confirm_alert, dismiss_alert
from events.actions.exports import ask_export, erase_old_exports, take_up_exports
from events.actions.run_export import run_export
from events.exporting.csv_file import CsvWriter
from events.exporting.pdf_file import fitted
from events.models import Alert, ExportJob
from events.shapes import ExportList, ExportRow
from events.tasks import erase_old_files_task
from tests.events.stage import OTHER_STREET, STREET, Stage, browser
from tests.factories import person_with

PATH = "/api/v1/exports"
OPEN_OF_THE_STREET: dict[str, Any] = {"street": STREET, "open": True, "order": "due"}


@pytest.fixture(autouse=True)
def media(tmp_path: Path, settings: Any) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def asked(user: User, format: str = "csv", kind: str = "events", **filters: Any) -> ExportJob:  # noqa: A002
    return ask_export(actor=user.as_actor(), kind=kind, format=format, filters=filters)


def written(job: ExportJob) -> Path:
    assert run_export(job.pk)
    job.refresh_from_db()
    return Path(settings.MEDIA_ROOT) / job.path


def lines_of(file: Path) -> list[list[str]]:
    return list(csv.reader(file.open(encoding="utf-8-sig", newline="")))


def numbers_in(file: Path) -> list[str]:
    return [line[0] for line in lines_of(file)[1:]]


def told(job: ExportJob) -> list[dict[str, Any]]:
    sent = OutboxMessage.objects.filter(type="export.changed", subject_id=job.pk).order_by("id")
    assert {tuple(message.after) for message in sent} == {(f"user:{job.owner_id}",)}
    return [message.payload for message in sent]


# --- the forms


def test_a_workbook_holds_the_list_and_what_looks_like_a_formula_stays_text(stage: Stage) -> None:
    event = stage.report(title="=1+1 \x07店铺")
    file = written(asked(stage.acceptor, "xlsx", open=True))
    book = load_workbook(file)
    sheet = book["案件清单"]
    heading, row = list(sheet.iter_rows(values_only=True))
    assert (heading[0], row[0], row[1]) == ("案件编号", event.number, "=1+1 店铺")
    assert (sheet["B2"].data_type, sheet["J2"].is_date) == ("s", True)
    assert [str(line[0]).split("：")[0] for line in book["说明"].iter_rows(values_only=True)] == [
        "案件清单",
        "筛选",
        "导出",
    ]


def test_a_printed_list_has_title_filters_and_numbered_pages(stage: Stage) -> None:
    event = stage.report()
    for _ in range(24):
        stage.report()
    file = written(asked(stage.acceptor, "pdf", **OPEN_OF_THE_STREET))
    assert file.read_bytes().startswith(b"%PDF-")
    first, second = PdfReader(file).pages
    text = first.extract_text()
    assert all(word in text for word in ("案件清单", "街道：望江街道；办理：未结", "李受理", event.number, "案件编号"))
    assert "案件编号" in second.extract_text()
    assert second.extract_text().split()[-3:] == ["2", "/", "2"]
    assert float(first.mediabox.width) > float(first.mediabox.height)


def test_a_csv_opens_in_a_spreadsheet_and_runs_nothing(stage: Stage) -> None:
    stage.report(title="@SUM(A1)")
    file = written(asked(stage.acceptor, "csv"))
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    assert lines_of(file)[1][1] == "'@SUM(A1)"


def test_orders_are_exported_in_the_words_of_the_asker(stage: Stage) -> None:
    event = stage.event_in("handling")
    job = ask_export(
        actor=stage.desk.as_actor(), kind="orders", format="csv", filters={"box": "handling"}, language="en"
    )
    heading, row = lines_of(written(job))
    assert (heading[0], row[0], row[4], row[7]) == ("Event", event.number, "城市管理局", "signed")


def test_a_cell_without_room_ends_with_an_ellipsis() -> None:
    assert fitted("望江东路" * 20, 80)[1].endswith("…")
    assert fitted("望江", 80) == ["望江"]


# --- what is in it


def test_the_file_holds_what_the_list_shows_in_its_order(stage: Stage) -> None:
    stage.report()
    stage.event_in("closed")
    stage.report()
    page = browser(stage.acceptor).get("/api/v1/events", {"open": "true", "order": "due"}).json()
    file = written(asked(stage.acceptor, open=True, order="due"))
    assert numbers_in(file) == [row["number"] for row in page["items"]]
    assert len(numbers_in(file)) == 2


def test_a_stranger_takes_nothing_away(stage: Stage) -> None:
    stage.event_in("handling")
    stranger = person_with(Role.ACCEPTOR, area=stage.town[OTHER_STREET])
    assert numbers_in(written(asked(stranger))) == []
    assert numbers_in(written(asked(stranger, kind="orders"))) == []


def test_rights_that_ended_before_the_run_count(stage: Stage) -> None:
    stage.report()
    job = asked(stage.operator)
    stage.operator.grants.all().delete()
    assert numbers_in(written(job)) == []


def test_orders_are_found_by_words_of_their_event(stage: Stage) -> None:
    event = stage.event_in("handling")
    stage.event_in("handling")
    rows = browser(stage.desk).get("/api/v1/orders", {"q": event.number}).json()["items"]
    assert [row["event_number"] for row in rows] == [event.number]
    assert numbers_in(written(asked(stage.desk, kind="orders", q=event.number))) == [event.number]


def test_beyond_the_limit_the_file_says_so(stage: Stage) -> None:
    for _ in range(3):
        stage.report()
    job = asked(stage.acceptor)
    ExportJob.objects.update(most=2)
    lines = lines_of(written(job))
    assert (job.total, job.written, job.is_truncated, len(lines)) == (3, 2, True, 4)
    assert lines[-1] == ["共 3 条，本文件只含前 2 条。请缩小筛选范围后分次导出。"]


# --- its life


def test_the_owner_is_told_how_far_it_is_and_history_keeps_who_took_what(stage: Stage, monkeypatch: Any) -> None:
    monkeypatch.setattr(running, "LOOKS_EVERY", 1)
    monkeypatch.setattr(running, "TOLD_EVERY", timedelta(0))
    for _ in range(2):
        stage.report()
    job = asked(stage.acceptor)
    written(job)
    rows = told(job)
    assert [(row["change"], row["row"]["written"]) for row in rows] == [
        ("ask", 0), ("start", 0), ("progress", 0), ("progress", 1), ("progress", 2), ("progress", 2), ("finish", 2),
    ]  # fmt: skip
    assert [row["version"] for row in rows] == list(range(1, 8))
    assert [(row.move, row.facts["rows"]) for row in of_subject("export", job.pk)] == [
        ("ask", 0), ("start", 0), ("finish", 2),
    ]  # fmt: skip


def test_a_second_message_writes_nothing(stage: Stage) -> None:
    job = asked(stage.acceptor)
    written(job)
    assert not run_export(job.pk)
    assert not run_export(10**9)


def test_one_export_runs_at_a_time_and_the_next_is_sent_after_it(
    stage: Stage, sent: list[int], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        first, second = asked(stage.acceptor), asked(stage.chief)
    ExportJob.objects.filter(pk=first.pk).update(state="running", attempt=1, seen_at=now())
    assert not run_export(second.pk)
    ExportJob.objects.filter(pk=first.pk).update(state="queued")
    sent.clear()
    with django_capture_on_commit_callbacks(execute=True):
        assert run_export(first.pk)
    assert sent == [second.pk]


def test_a_cancelled_run_stops_and_leaves_no_file(stage: Stage, media: Path, monkeypatch: Any) -> None:
    stage.report()
    job = asked(stage.acceptor)
    cancel = browser(stage.acceptor)
    interrupted_by(monkeypatch, lambda: cancel.post(f"{PATH}/{job.pk}/cancel"))
    assert not run_export(job.pk)
    job.refresh_from_db()
    assert (job.state, job.path, list((media / "exports").iterdir())) == ("cancelled", "", [])


def test_a_fault_is_told_as_failed_in_words(stage: Stage, media: Path, monkeypatch: Any, caplog: Any) -> None:
    stage.report()
    job = asked(stage.acceptor)
    interrupted_by(monkeypatch, raising(OSError(28, "No space left on device")))
    caplog.set_level(logging.CRITICAL)
    assert not run_export(job.pk)
    job.refresh_from_db()
    assert (job.state, job.problem, list((media / "exports").iterdir())) == ("failed", "no_room", [])


def test_a_killed_workers_export_is_taken_up_again_and_finished(
    stage: Stage, media: Path, sent: list[int], monkeypatch: Any, django_capture_on_commit_callbacks: Any
) -> None:
    event = stage.report()
    job = asked(stage.acceptor)
    with monkeypatch.context() as patched:
        interrupted_by(patched, raising(SystemExit()))
        patched.setattr(Path, "unlink", lambda *_, **__: None)
        patched.setattr(running, "send_next", lambda: None)
        pytest.raises(SystemExit, run_export, job.pk)
    assert [path.name for path in (media / "exports").iterdir()] == [f"{job.pk}-1.csv.part"]
    assert not run_export(job.pk)
    with django_capture_on_commit_callbacks(execute=True):
        assert not take_up_exports()
    with as_of(now() + timedelta(minutes=4)), django_capture_on_commit_callbacks(execute=True):
        assert take_up_exports()
    assert sent == [job.pk]
    assert numbers_in(written(job)) == [event.number]
    assert [path.name for path in (media / "exports").iterdir()] == [f"{job.pk}-2.csv"]


def test_after_the_last_attempt_it_is_told_as_failed(stage: Stage) -> None:
    job = asked(stage.acceptor)
    ExportJob.objects.update(state="running", attempt=3, seen_at=now() - timedelta(hours=1))
    take_up_exports()
    job.refresh_from_db()
    assert (job.state, job.problem) == ("failed", "interrupted")


def test_a_run_that_was_thought_dead_writes_nothing_more(stage: Stage, monkeypatch: Any) -> None:
    stage.report()
    job = asked(stage.acceptor)
    interrupted_by(monkeypatch, lambda: ExportJob.objects.filter(pk=job.pk).update(attempt=2))
    assert not run_export(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempt, job.path) == ("running", 2, "")


def test_an_account_that_was_closed_takes_nothing_away(stage: Stage) -> None:
    job = asked(stage.acceptor)
    User.objects.filter(pk=stage.acceptor.pk).update(is_active=False)
    assert not run_export(job.pk)
    job.refresh_from_db()
    assert (job.state, job.problem) == ("failed", "not_allowed")


def test_old_files_are_erased_by_the_hourly_task(stage: Stage) -> None:
    file = written(asked(stage.acceptor))
    assert erase_old_exports() == 0
    with as_of(now() + timedelta(days=8)):
        assert erase_old_files_task() == 1
    assert (file.exists(), ExportJob.objects.count()) == (False, 0)


# --- over HTTP


def test_an_export_is_asked_for_watched_and_downloaded(stage: Stage, django_assert_max_num_queries: Any) -> None:
    stage.report()
    acceptor = browser(stage.acceptor)
    acceptor.get(PATH)
    with django_assert_max_num_queries(13):
        answer = ask(acceptor, "xlsx", filters=OPEN_OF_THE_STREET)
    job = ExportRow.model_validate(answer.json())
    assert (answer.status_code, job.state, job.filters) == (201, "queued", OPEN_OF_THE_STREET | {"mine": False})
    assert acceptor.get(f"{PATH}/{job.id}/file").json()["code"] == "export_not_ready"
    run_export(job.id)
    for _ in range(5):
        written(asked(stage.acceptor))
    with django_assert_max_num_queries(3):
        listed = ExportList.model_validate(acceptor.get(PATH).json()).items
    assert (len(listed), listed[-1].state, listed[-1].written) == (6, "done", 1)
    file: Any = acceptor.get(f"{PATH}/{job.id}/file")
    assert b"".join(file.streaming_content).startswith(b"PK")
    assert file["Content-Disposition"].startswith("attachment; filename*=utf-8''%E6%A1%88")
    assert file["Cache-Control"] == "private, no-store"


def test_the_front_sends_the_file_where_there_is_one(stage: Stage, settings: Any) -> None:
    job = asked(stage.acceptor)
    written(job)
    settings.FRONT_ACCEL = True
    answer = browser(stage.acceptor).get(f"{PATH}/{job.pk}/file")
    assert answer["X-Accel-Redirect"] == f"/_media/exports/{job.pk}-1.csv"


def test_nobody_else_sees_it_whatever_the_post(stage: Stage) -> None:
    job = asked(stage.acceptor)
    written(job)
    chief = browser(stage.chief)
    asking: list[Any] = [chief.get(f"{PATH}/{job.pk}"), chief.get(f"{PATH}/{job.pk}/file")]
    asking.append(chief.post(f"{PATH}/{job.pk}/cancel"))
    assert [answer.status_code for answer in asking] == [404, 404, 404]
    assert chief.get(PATH).json()["items"] == []


@pytest.mark.django_db
def test_a_visitor_asks_for_nothing() -> None:
    assert ask(APIClient(), "csv").status_code == 401
    assert APIClient().get(PATH).status_code == 401


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"kind": "people", "format": "csv"}, "kind"),
        ({"kind": "events", "format": "doc"}, "format"),
        ({"kind": "events", "format": "csv", "filters": {"state": "lost"}}, "filters.state"),
        ({"kind": "events", "format": "csv", "filters": {"box": "done"}}, "filters.box"),
        ({"kind": "orders", "format": "csv", "filters": {"box": "nowhere"}}, "filters.box"),
        ({"kind": "orders", "format": "csv", "filters": ["box"]}, "filters"),
    ],
)
def test_what_the_list_would_refuse_is_invalid(stage: Stage, body: dict[str, Any], field: str) -> None:
    answer = browser(stage.acceptor).post(PATH, body, format="json")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, field)


def test_a_fourth_that_waits_is_refused(stage: Stage) -> None:
    acceptor = browser(stage.acceptor)
    codes = [ask(acceptor, "csv").status_code for _ in range(4)]
    assert codes == [201, 201, 201, 409]
    assert ask(acceptor, "csv").json()["code"] == "too_many_exports"
    assert ask(browser(stage.chief), "csv").status_code == 201


def test_what_has_ended_is_not_cancelled(stage: Stage) -> None:
    job = asked(stage.acceptor)
    acceptor = browser(stage.acceptor)
    assert acceptor.post(f"{PATH}/{job.pk}/cancel").json()["state"] == "cancelled"
    assert acceptor.post(f"{PATH}/{job.pk}/cancel").json()["code"] == "move_not_allowed"


# --- arranging


def ask(client: APIClient, format: str, **more: Any) -> Any:  # noqa: A002
    return client.post(PATH, {"kind": "events", "format": format, **more}, format="json")


def raising(error: BaseException) -> Callable[[], None]:
    def happen() -> None:
        raise error

    return happen


def interrupted_by(monkeypatch: Any, happening: Callable[[], Any]) -> None:
    """Something happens while the first row is written."""
    add = CsvWriter.add

    def interrupted(writer: CsvWriter, values: Any) -> None:
        add(writer, values)
        happening()

    monkeypatch.setattr(CsvWriter, "add", interrupted)


@pytest.fixture
def sent(monkeypatch: Any) -> Iterator[list[int]]:
    """The exports that went to a worker."""
    ids: list[int] = []
    monkeypatch.setattr("events.actions.exports.current_app.send_task", lambda name, args: ids.extend(args))
    yield ids


def test_alerts_are_exported_with_what_was_decided_about_them(stage: Stage) -> None:
    seen, wrong = stage.alert(subject_id=1), stage.alert(subject_id=2, title="误报的一条")
    assert seen is not None and wrong is not None
    confirm_alert(alert_id=seen.pk, actor=stage.operator.as_actor(), version=seen.version)
    dismiss_alert(alert_id=wrong.pk, actor=stage.operator.as_actor(), version=wrong.version, reason="bad_picture")
    seen.refresh_from_db()
    heading, *lines = lines_of(written(asked(stage.operator, kind="alerts")))
    rows = {line[0]: dict(zip(heading, line, strict=True)) for line in lines}
    assert len(rows) == 2
    assert seen.event is not None
    assert (rows[seen.title]["状态"], rows[seen.title]["案件编号"]) == ("属实", seen.event.number)
    assert (rows["误报的一条"]["判定理由"], rows["误报的一条"]["来源"]) == ("画面模糊、遮挡或反光", "视频")


def test_alerts_are_exported_as_filtered_and_within_ones_areas(stage: Stage) -> None:
    stage.alert(subject_id=1)
    open_one = stage.alert(subject_id=2)
    assert open_one is not None
    first = Alert.objects.order_by("id")[0]
    dismiss_alert(alert_id=first.pk, actor=stage.operator.as_actor(), version=first.version, reason="test")
    stranger = person_with(Role.WALL_OPERATOR, area=stage.town[OTHER_STREET])
    assert len(lines_of(written(asked(stage.operator, kind="alerts", state="open", area=STREET)))) == 2
    assert len(lines_of(written(asked(stranger, kind="alerts")))) == 1


@pytest.mark.parametrize("format", ["xlsx", "pdf"])
def test_alerts_have_every_form(stage: Stage, format: str) -> None:  # noqa: A002
    stage.alert()
    assert written(asked(stage.operator, format, "alerts", state="open")).stat().st_size > 500
