import pytest
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory

from accounts.models import OrgUnit
from core.api.pages import page_of
from core.errors import InvalidCursor


def ask(**query: str) -> Request:
    return Request(APIRequestFactory().get("/", query))


def codes(rows: list[OrgUnit]) -> list[str]:
    return [row.code for row in rows]


@pytest.fixture
def units(db: None) -> None:
    OrgUnit.objects.bulk_create(OrgUnit(code=f"u{n}", name="同名", short_name="同", kind="team") for n in range(7))


def test_pages_follow_each_other_without_gap_or_repeat(units: None) -> None:
    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        request = ask(limit="3", **({"cursor": cursor} if cursor else {}))
        page = page_of(OrgUnit.objects.all(), request, order=("name", "-code"), shape=codes)
        seen, cursor = seen + page.items, page.next
    assert seen == [f"u{n}" for n in reversed(range(7))]


@pytest.mark.parametrize("cursor", ["!", "W10", "bnVsbA", "WzEsMiwzXQ", "W3siYSI6MX0sMV0"])
def test_a_cursor_that_was_tampered_with_is_refused(units: None, cursor: str) -> None:
    with pytest.raises(InvalidCursor):
        page_of(OrgUnit.objects.all(), ask(cursor=cursor), order=("name", "-code"), shape=codes)
