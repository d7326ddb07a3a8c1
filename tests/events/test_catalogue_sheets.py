"""The catalogue in Excel: out and in again without loss, previewed before it is written, and bad files told apart."""

from collections.abc import Callable
from io import BytesIO
from time import process_time
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from core.actor import SYSTEM
from events.actions.catalogue import load
from events.actions.catalogue_import import Preview, apply_import, preview_import
from events.catalogue_files import read_files
from events.errors import PreviewOutdated, SheetUnreadable
from events.models import EventType
from events.queries.event_types import content_of, in_order, last_versions, unit_names
from events.sheets.columns import COLUMNS
from events.sheets.reading import MERGED, MOST_ROWS
from events.sheets.writing import workbook_of
from tests.events.stage import new_version_of
from tests.factories import OrgUnitFactory

FILES = read_files()
FEW = FILES.model_copy(
    update={"types": tuple(one for one in FILES.types if one[1].code in {"street_vending", "dead_animal"})}
)
"""Enough for most questions; the whole set goes out and in again in two tests."""
PLACES = {column.key: index for index, column in enumerate(COLUMNS, start=1)}
USUAL: dict[str, Any] = {
    "code": "night_market",
    "category": "事件",
    "main_class": "街面秩序",
    "sub_code": 99,
    "name": "夜市占道",
    "report_group": "行政执法",
    "default_unit_code": "chengguan",
    "text": "夜市摊位占用车行道",
    "limit_amount": 2,
    "limit_type": "紧急工作时",
    "closing_standard": "摊位离开",
}
Edit = Callable[[Worksheet], object]


@pytest.fixture
def departments(db: None) -> None:
    for code in {entry.unit for _, entry in FILES.types}:
        OrgUnitFactory.create(code=code, name=f"{code}局")


@pytest.fixture
def catalogue(departments: None) -> None:
    load(FEW)


@pytest.fixture
def whole_catalogue(departments: None) -> None:
    load(FILES)


def exported() -> bytes:
    return workbook_of(in_order(last_versions().values()), unit_names(), "zh")


def sheet_of(*rows: dict[str, Any], edit: Edit | None = None) -> bytes:
    """A new workbook with the usual headings and these rows."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.append([column.zh for column in COLUMNS])
    for row in rows:
        sheet.append([row.get(column.key) for column in COLUMNS])
    if edit is not None:
        edit(sheet)
    return saved(book)


def saved(book: Workbook) -> bytes:
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def changed_export(edit: Edit) -> bytes:
    book = load_workbook(BytesIO(exported()))
    edit(book.worksheets[0])
    return saved(book)


def put(sheet: Worksheet, row: int, **values: Any) -> None:
    for key, value in values.items():
        sheet.cell(row, PLACES[key]).value = value


def rows_of(sheet: Worksheet, code: str) -> list[int]:
    return [row for row in range(2, sheet.max_row + 1) if sheet.cell(row, PLACES["code"]).value == code]


def row_of(sheet: Worksheet, code: str) -> int:
    return rows_of(sheet, code)[0]


def without(code: str) -> bytes:
    """The export with the state of one type set to retired."""

    def retire(sheet: Worksheet) -> None:
        for row in rows_of(sheet, code):
            put(sheet, row, state="停用")

    return changed_export(retire)


def preview(content: bytes, **options: Any) -> Preview:
    return preview_import(file=BytesIO(content), size=len(content), actor=SYSTEM, **options)


def apply(content: bytes, fingerprint: str, **options: Any) -> Preview:
    return apply_import(file=BytesIO(content), size=len(content), fingerprint=fingerprint, actor=SYSTEM, **options)


def faults(content: bytes) -> list[tuple[int, str, str]]:
    return [(fault.row, fault.column, fault.code) for fault in preview(content).faults]


# --- out and in


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_was_exported_comes_back_unchanged(whole_catalogue: None, language: Any) -> None:
    content = workbook_of(in_order(last_versions().values()), unit_names(), language)
    told = preview(content)
    assert (told.faults, told.differences, told.unchanged) == ([], [], len(FILES.types))


def test_the_workbook_says_that_it_holds_a_starting_set(catalogue: None) -> None:
    book = load_workbook(BytesIO(exported()))
    assert book.worksheets[0].cell(2, PLACES["origin"]).value == "起始目录"
    assert "起始目录" in str(book.worksheets[1].cell(1, 2).value)


def test_a_name_that_looks_like_a_formula_goes_out_and_comes_in_as_text(catalogue: None) -> None:
    content = changed_export(lambda sheet: None)
    kind = EventType.objects.get(code="street_vending", is_current=True)
    EventType.objects.filter(pk=kind.pk).update(name="=1+1 占道")
    told = preview(exported())
    assert (told.faults, told.differences) == ([], [])
    assert [one.changes[0].after for one in preview(content).differences] == ["违规占道经营"]


def test_a_change_is_previewed_field_by_field_and_becomes_a_version(catalogue: None) -> None:
    def edit(sheet: Worksheet) -> None:
        row = row_of(sheet, "street_vending")
        put(sheet, row, limit_amount=1.5, closing_standard="摊点离开，地面干净")
        put(sheet, row + 1, name=None)

    content = changed_export(edit)
    told = preview(content)
    (one,) = told.differences
    assert [(change.condition, change.field, change.before, change.after) for change in one.changes] == [
        ("blocking", "closing_standard", "摊点离开，路面清理，通行恢复", "摊点离开，地面干净"),
        ("blocking", "limit_amount", "2", "1.5"),
    ]
    apply(content, told.fingerprint, note="按本区规定")
    current = EventType.objects.get(code="street_vending", is_current=True)
    assert (current.version, current.is_starting_set, current.note) == (2, False, "按本区规定")
    assert preview(content).differences == []


def test_a_new_type_without_codes_gets_them(catalogue: None) -> None:
    content = sheet_of(
        USUAL | {"code": None}, {"text": "夜市摊位占用人行道", "limit_amount": "4", "limit_type": "工作时"}
    )
    told = preview(content)
    apply(content, told.fingerprint)
    made = EventType.objects.get(name="夜市占道")
    assert (made.code, made.number, [c.code for c in made.conditions.all()]) == ("event_0599", "0599", ["c1", "c2"])
    assert preview(content).unchanged == 1


def test_a_row_without_code_is_known_by_its_number_and_its_condition_by_its_text(catalogue: None) -> None:
    row = USUAL | {
        "code": None,
        "sub_code": "01",
        "name": "违规占道经营",
        "text": "占用主干道或阻塞交通",
        "limit_amount": 3,
    }
    (one,) = preview(sheet_of(row)).differences
    assert (one.kind, one.content.code, one.content.conditions[0].code) == ("changed", "street_vending", "blocking")


def test_columns_that_are_left_out_leave_their_fields_as_they_were(catalogue: None) -> None:
    def drop(sheet: Worksheet) -> None:
        sheet.delete_cols(PLACES["filing_standard"])

    assert preview(changed_export(drop)).differences == []


def test_a_department_may_be_named_in_full(catalogue: None) -> None:
    (one,) = preview(sheet_of(USUAL | {"default_unit_code": "chengguan局"})).differences
    assert one.content.default_unit_code == "chengguan"


def test_retiring_is_a_word_in_a_column(catalogue: None) -> None:
    content = without("dead_animal")
    told = preview(content)
    assert [(one.kind, one.content.code) for one in told.differences] == [("retired", "dead_animal")]
    apply(content, told.fingerprint)
    assert not EventType.objects.current().filter(code="dead_animal").exists()
    assert preview(exported()).differences == []


def test_a_retired_type_comes_back_by_its_row(catalogue: None) -> None:
    before = exported()
    gone = without("dead_animal")
    apply(gone, preview(gone).fingerprint)
    told = preview(before)
    assert [one.kind for one in told.differences] == ["restored"]
    apply(before, told.fingerprint)
    assert EventType.objects.get(code="dead_animal", is_current=True).version == 2


def test_types_that_the_sheet_leaves_out_stay_unless_retiring_them_is_asked_for(catalogue: None) -> None:
    content = changed_export(lambda sheet: sheet.delete_rows(row_of(sheet, "dead_animal"), 2))
    assert preview(content).differences == []
    assert [one.content.code for one in preview(content, retire_missing=True).differences] == ["dead_animal"]


def test_a_type_that_a_scenario_names_is_not_retired(catalogue: None) -> None:
    told = preview(without("street_vending"))
    assert [fault.code for fault in told.faults] == ["still_named"]
    assert told.fingerprint == ""


# --- nothing but what was previewed


def test_another_file_than_the_previewed_one_is_not_applied(catalogue: None) -> None:
    fingerprint = preview(sheet_of(USUAL)).fingerprint
    with pytest.raises(PreviewOutdated):
        apply(sheet_of(USUAL | {"limit_amount": 3}), fingerprint)
    assert not EventType.objects.filter(code="night_market").exists()


def test_a_type_that_somebody_changed_since_the_preview_is_not_overwritten(catalogue: None) -> None:
    content = changed_export(lambda sheet: put(sheet, row_of(sheet, "street_vending"), limit_amount=9))
    fingerprint = preview(content).fingerprint
    new_version_of(EventType.objects.get(code="street_vending", is_current=True))
    with pytest.raises(PreviewOutdated):
        apply(content, fingerprint)
    assert EventType.objects.filter(code="street_vending").count() == 2


def test_a_file_with_one_fault_writes_nothing(catalogue: None) -> None:
    content = sheet_of(USUAL, USUAL | {"code": "other_market", "sub_code": 98, "limit_amount": 0})
    told = preview(content)
    assert (told.fingerprint, [one.content.code for one in told.differences]) == ("", ["night_market"])
    with pytest.raises(PreviewOutdated):
        apply(content, "")
    assert not EventType.objects.filter(code="night_market").exists()


# --- faults of cells, each with its place


@pytest.mark.parametrize(
    ("values", "place"),
    [
        ({"limit_amount": 0}, (2, "U", "limit_not_positive")),
        ({"limit_amount": -2}, (2, "U", "limit_not_positive")),
        ({"limit_amount": "两小时"}, (2, "U", "invalid_number")),
        ({"limit_amount": 99999}, (2, "U", "limit_out_of_range")),
        ({"limit_type": "星期"}, (2, "V", "unknown_measure")),
        ({"default_unit_code": "gremlins"}, (2, "I", "unknown_unit")),
        ({"main_class": "海上秩序"}, (2, "C", "unknown_main_class")),
        ({"sub_code": "0"}, (2, "D", "invalid_number")),
        ({"sub_code": 1}, (2, "D", "double_number")),
        ({"category": "天象"}, (2, "B", "invalid_choice")),
        ({"name": None}, (2, "E", "missing")),
        ({"code": "Night Market"}, (2, "A", "invalid_code")),
        ({"text": "占道"}, (2, "T", "length")),
        ({"scenario_code": "unheard_of"}, (2, "J", "unknown_scenario")),
        ({"state": "停用"}, (2, "R", "retired_unknown")),
        ({"position": "-1"}, (2, "Q", "invalid_number")),
    ],
)
def test_a_wrong_cell_is_told_with_its_place(catalogue: None, values: Any, place: tuple[int, str, str]) -> None:
    assert faults(sheet_of(USUAL | values)) == [place]


def test_rows_of_one_type_must_agree(catalogue: None) -> None:
    rows = (USUAL, USUAL | {"text": "夜市摊位占用人行道", "name": "夜市"})
    assert faults(sheet_of(*rows)) == [(3, "E", "contradiction")]


def test_a_condition_that_stands_there_twice_is_a_fault(catalogue: None) -> None:
    assert faults(sheet_of(USUAL, USUAL)) == [(3, "T", "double_condition")]
    twice = (USUAL | {"condition_code": "a1"}, USUAL | {"condition_code": "a1", "text": "夜市摊位占用人行道"})
    assert faults(sheet_of(*twice)) == [(3, "S", "double_code")]


def test_a_type_that_comes_again_further_down_is_a_fault(catalogue: None) -> None:
    other = USUAL | {"code": "other_market", "sub_code": 98, "name": "早市占道"}
    assert faults(sheet_of(USUAL, other, USUAL | {"text": "夜市摊位占用人行道"})) == [(4, "A", "rows_apart")]


def test_two_new_types_cannot_share_a_number(catalogue: None) -> None:
    assert faults(sheet_of(USUAL, USUAL | {"code": "other_market"})) == [(3, "D", "double_number")]


def test_formulas_are_refused_and_never_computed(catalogue: None) -> None:
    assert faults(sheet_of(USUAL | {"limit_amount": "=1+1"})) == [(2, "U", "formula")]


def test_everything_that_is_wrong_is_told_at_once(catalogue: None) -> None:
    other = USUAL | {"code": "other_market", "sub_code": 98, "default_unit_code": "gremlins", "limit_amount": 0}
    content = sheet_of(USUAL | {"closing_standard": "=A1"}, other)
    assert faults(content) == [(2, "W", "formula"), (3, "I", "unknown_unit"), (3, "U", "limit_not_positive")]


def test_merged_cells_are_refused_with_their_range(catalogue: None) -> None:
    content = sheet_of(USUAL, USUAL, edit=lambda sheet: sheet.merge_cells("A2:A3"))
    told = preview(content)
    assert [(fault.row, fault.column, fault.code) for fault in told.faults] == [(2, "A", "merged_cells")]
    assert "A2:A3" in told.faults[0].zh


def test_merged_cells_are_found_however_the_file_quotes_them() -> None:
    parts = (b'<mergeCell ref="A2:B2"/>', b"<x:mergeCell ref='A2:B2'/>")
    assert [MERGED.findall(part) for part in parts] == [[b"A2:B2"]] * 2


def test_wrong_headings_are_told_by_name(catalogue: None) -> None:
    content = sheet_of(USUAL, edit=lambda sheet: put(sheet, 1, limit_amount="期限", name="小类代码"))
    told = preview(content)
    assert {fault.code for fault in told.faults} == {"missing_heading", "double_heading"}
    assert any("处置时限" in fault.zh for fault in told.faults)


def test_columns_nobody_knows_are_passed_over_and_named(catalogue: None) -> None:
    told = preview(sheet_of(USUAL, edit=lambda sheet: sheet.cell(1, len(COLUMNS) + 1, "备注")))
    assert (told.ignored, told.faults) == (("备注",), [])


def test_an_empty_sheet_changes_nothing(catalogue: None) -> None:
    told = preview(sheet_of())
    assert (told.differences, told.unchanged, told.faults) == ([], 0, [])


# --- files that are none


def old_office() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def packed(**parts: bytes) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"), content)
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (old_office(), "另存为 .xlsx"),
        ("类型代码,类别".encode(), "不是 Excel 工作簿"),
        (b"", "不是 Excel 工作簿"),
        (packed(word__document_xml=b"<w/>"), "不是 Excel 工作簿"),
        (packed(xl__workbook_xml=b"<workbook", xl__worksheets__sheet1_xml=b"<"), "已损坏"),
        (packed(xl__workbook_xml=b"", xl__vbaProject_bin=b""), "带有宏"),
        (packed(xl__workbook_xml=b"", xl__worksheets__sheet1_xml=bytes(60_000_000)), "内容过多"),
        (b"PK\x03\x04 and then nothing", "已损坏"),
        (bytes(5_000_000), "超过 4 MB"),
    ],
    ids=lambda value: value if isinstance(value, str) else "a file",  # what is packed holds the time of its packing
)
def test_a_file_of_another_kind_is_refused_with_the_way_out(catalogue: None, content: bytes, says: str) -> None:
    with pytest.raises(SheetUnreadable) as refusal:
        preview(content)
    assert says in refusal.value.detail("zh")


def test_a_hundred_thousand_rows_are_refused_quickly(catalogue: None) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append([column.zh for column in COLUMNS])
    for number in range(100_000):
        sheet.append([f"t{number}"])
    content = saved(book)
    begins = process_time()
    with pytest.raises(SheetUnreadable) as refusal:
        preview(content)
    assert str(MOST_ROWS) in refusal.value.detail("zh")
    assert process_time() - begins < 5


def test_a_cell_at_the_far_edge_costs_little(catalogue: None) -> None:
    content = sheet_of(USUAL, edit=lambda sheet: sheet.cell(1_048_576, 16_384, "x"))
    begins = process_time()
    assert preview(content).faults == []
    assert process_time() - begins < 3


def test_as_many_rows_as_fit_are_read_within_a_request(catalogue: None) -> None:
    rows = [USUAL | {"text": f"夜市摊位占用第 {number} 段车行道"} for number in range(20)]
    many = [row | {"code": f"market_{kind}", "sub_code": 99} for kind in range(MOST_ROWS // 20) for row in rows]
    begins = process_time()
    told = preview(sheet_of(*many))
    assert {fault.code for fault in told.faults} == {"double_number"}
    assert process_time() - begins < 8


def test_the_stored_catalogue_says_the_same_as_the_files(whole_catalogue: None) -> None:
    stored = {code: content_of(row) for code, row in last_versions().items()}
    assert stored == {entry.code: entry.content(category) for category, entry in FILES.types}
