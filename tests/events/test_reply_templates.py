"""Standard texts for replies."""

from typing import Any

import pytest
from rest_framework.test import APIClient

from events.actions.reply_templates import load_templates
from events.models import ReplyTemplate
from events.shapes import ReplyTemplateList
from tests.events.stage import Stage, browser

PATH = "/api/v1/reply-templates"


def test_the_starting_set_is_added_once_and_what_a_site_changed_stays(stage: Stage) -> None:
    assert load_templates() > 10
    changed = ReplyTemplate.objects.first()
    assert changed is not None
    ReplyTemplate.objects.filter(pk=changed.pk).update(text="按本区口径", is_active=False)
    assert load_templates() == 0
    changed.refresh_from_db()
    assert (changed.text, changed.is_active) == ("按本区口径", False)


def test_a_desk_reads_the_texts_that_are_in_use_in_their_order(
    stage: Stage, django_assert_max_num_queries: Any
) -> None:
    first = ReplyTemplate.objects.create(move="finish", name="后", text="已处置", rank=2)
    ReplyTemplate.objects.create(move="finish", name="停用", text="旧", is_active=False)
    second = ReplyTemplate.objects.create(move="finish", name="先", text="{部门}已处置", rank=1)
    desk = browser(stage.desk)
    with django_assert_max_num_queries(3):
        answer = desk.get(PATH)
    assert [one.id for one in ReplyTemplateList.model_validate(answer.json()).items] == [second.pk, first.pk]


@pytest.mark.django_db
def test_a_visitor_reads_none() -> None:
    assert APIClient().get(PATH).status_code == 401
